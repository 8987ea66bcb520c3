/** The mailbox of a seeded profile, opened as the app opens it while nobody else has it. */
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { diskFiles, type Files } from '../../src-main/storage/files'
import type { Mailbox } from '../../src-main/storage/mailbox'
import { openConnection, type Connection } from '../../src-main/storage/open'
import { openVaults } from '../../src-main/storage/vault'
import { derive, vaultCost, type Cost } from './cost'

/** Enough for the inner pages of every index of a million letters. */
const cacheKiB = 384 * 1024
/** A page that is written again and again reaches the file once in so many. */
const logPages = 50_000
/** More than any one transaction writes. */
const all = 1_000_000

const unlock = async (profileDir: string, accountId: string, password: string, cost: Cost, files: Files = diskFiles) => {
  const vaults = openVaults({ folder: join(profileDir, 'mailboxes'), derive, cost: vaultCost(cost), random: (count) => randomBytes(count), now: () => Date.now(), files })
  const opened = await vaults.unlock(accountId, password)
  if (opened === null) throw new Error('This password does not open the mailbox.')
  return { vaults, key: opened.key }
}

/**
 * Inside one transaction, new entries only queue for the index of words (as those from before the index did), and come into it together
 * at its end: it takes a thousand at once several times faster than one by one.
 */
const wordsAtTheEnd = (connection: Connection, mailbox: Mailbox, write: () => void): void => {
  const counting = connection.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'archive_counts'`).pluck().get() as string
  const queueing = counting.replace(/INSERT INTO archive_text[^;]*;/u, 'INSERT INTO archive_due (id) VALUES (NEW.id);')
  if (queueing === counting) throw new Error('archive_counts no longer brings words into the index')
  const replaceBy = (trigger: string): void => void connection.exec(`DROP TRIGGER archive_counts; ${trigger}`)
  replaceBy(queueing)
  write()
  replaceBy(counting)
  mailbox.archiveIndex.step(all)
}

/**
 * For writing much: nothing reaches the disk itself before `close`, for a profile to try things out with can be made again. A transaction
 * is still whole or not there, unless the power fails.
 */
export const openForFilling = async (profileDir: string, accountId: string, password: string, cost: Cost) => {
  const opened: Connection[] = []
  const files: Files = {
    ...diskFiles,
    openDatabase: (file) => {
      const connection = diskFiles.openDatabase(file)
      opened.push(connection)
      return connection
    }
  }
  const { vaults, key } = await unlock(profileDir, accountId, password, cost, files)
  const mailbox = vaults.open(accountId, key)
  const connection = opened.at(-1)
  if (connection === undefined) throw new Error('the mailbox was not opened')
  connection.pragma('synchronous = OFF')
  connection.pragma(`cache_size = -${cacheKiB}`)
  connection.pragma(`wal_autocheckpoint = ${logPages}`)
  return {
    mailbox,
    /** All of `write` is in the mailbox when this returns, findable by its words, or none of it. */
    fill: (write: () => void): void => mailbox.transaction(() => wordsAtTheEnd(connection, mailbox, write)),
    close: (): void => {
      connection.pragma('synchronous = FULL')
      connection.pragma('wal_checkpoint(TRUNCATE)')
      mailbox.close()
    }
  }
}

/** Makes every entry of a mailbox look as if its words had never been read: for measuring how long reading them takes. */
const forgetWords = (file: string, key: Uint8Array): void => {
  const connection = openConnection(file, { key })
  connection.exec(`INSERT INTO archive_text (archive_text) VALUES ('delete-all'); INSERT INTO archive_due (id) SELECT id FROM archive WHERE true ON CONFLICT DO NOTHING`)
  connection.exec('VACUUM')
  connection.close()
}

/** The one mailbox of a seeded profile. */
export const openSeeded = async (profileDir: string, password: string, cost: Cost, how: { readonly forgetWords?: boolean } = {}) => {
  const folder = join(profileDir, 'mailboxes')
  const accountId = readdirSync(folder).find((name) => name.endsWith('.vault'))?.slice(0, -'.vault'.length) ?? ''
  const { vaults, key } = await unlock(profileDir, accountId, password, cost)
  const file = join(folder, `${accountId}.db`)
  if (how.forgetWords === true) forgetWords(file, key)
  return { mailbox: vaults.open(accountId, key), file }
}
