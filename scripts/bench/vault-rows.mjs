/** What encryption costs at sign-in: the key derivation against argon2id alone, and the open mailbox against the same one in plain. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { hashRaw } from '@node-rs/argon2'
import { letterOf } from './core-rows.mjs'
import { median } from './statistics.mjs'

/** As the app has it (src-main/core-thread.ts). */
const cost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 }
const derive = (secret, salt, { memoryKiB, passes, lanes }) =>
  hashRaw(secret, { algorithm: 2, memoryCost: memoryKiB, timeCost: passes, parallelism: lanes, outputLen: 32, salt })

const account = 'bench'
const password = 'Lantern7oak'

async function timed(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** A mailbox as a busy volunteer has it: forty letters begun, of two pages each. */
function fill(mailbox) {
  mailbox.transaction(() => {
    for (let number = 0; number < 40; number += 1) {
      mailbox.drafts.create(`draft-${number}`, { contactId: null, subject: `Letter ${number}`, body: letterOf(4_000), prepaidReply: false }, null, number)
    }
  })
  mailbox.close()
}

function firstList(mailbox) {
  mailbox.contacts.list()
  mailbox.drafts.listOpen()
  mailbox.letters.sent(50, 0)
  mailbox.close()
}

/** @param support the bundled core; @param folder where the files may lie */
export async function vault({ openMailbox, openVaults }, folder) {
  const place = mkdtempSync(join(folder, 'vault-'))
  const vaults = openVaults({ folder: place, derive, cost, random: (count) => new Uint8Array(randomBytes(count)), now: Date.now })
  const key = await vaults.create(account, password)
  fill(vaults.open(account, key))
  const plain = join(place, 'plain.db')
  fill(openMailbox(plain, Date.now()))

  const times = { unlock: [], argon: [], sealed: [], plain: [] }
  for (let turn = 0; turn < 25; turn += 1) {
    times.argon.push(await timed(() => derive(password, new Uint8Array(randomBytes(16)), cost)))
    times.unlock.push(await timed(() => vaults.unlock(account, password)))
  }
  for (let turn = 0; turn < 60; turn += 1) {
    times.plain.push(await timed(() => firstList(openMailbox(plain, Date.now()))))
    times.sealed.push(await timed(() => firstList(vaults.open(account, key))))
  }
  const [unlock, argon, sealed, open] = [times.unlock, times.argon, times.sealed, times.plain].map((list) => median(list.slice(3)))
  return {
    derivation: { ratio: unlock / argon, figures: `${unlock.toFixed(0)} ms against ${argon.toFixed(0)} ms` },
    firstList: { ratio: sealed / open, figures: `${sealed.toFixed(1)} ms against ${open.toFixed(1)} ms, after ${unlock.toFixed(0)} ms of derivation` }
  }
}
