/**
 * rel:restore. `--count` drills: a mailbox is filled by chance, a copy is made while more is saved, the mailbox goes on, and the copy is put back. Checked each
 * time: the restored file holds the copy's rows and SHA-256; nothing is sent again; the balance is the service's; the file from before is kept. Every
 * fifth drill ends on another PC: an empty folder, the copy on a stick, opened with the printed code.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { openTestDesk, password, readyToWrite, sendDraft, signInAs, stampsFree, writeDraft, type TestDesk } from '../support/core'
import { readServiceNow } from '../support/service-records'
import { folderInMemory } from './support/folders'
import { runProgram, type Program } from './support/program'
import { seededNumbers, type SeededNumbers } from './support/seeded-numbers'

/** Everything a person can see of their letters, as text: equal texts, equal mailboxes. */
const seen = async (desk: TestDesk): Promise<string> => {
  const drafts = await desk.must('drafts.list', {})
  const sent = (await desk.must('letters.sent', { pageSize: 200 })).items
  const letters = await Promise.all(sent.map(({ letterId }) => desk.must('letters.open', { letterId })))
  const open = await Promise.all(drafts.map(({ draftId }) => desk.must('drafts.open', { draftId })))
  return JSON.stringify([open, letters.map(({ letterId, subject, body, receiptNumber }) => [letterId, subject, body, receiptNumber])])
}

const fill = async (desk: TestDesk, contactId: string, chance: SeededNumbers, letters: number, name: string): Promise<void> => {
  for (let at = 0; at < letters; at += 1) {
    await sendDraft(desk, await writeDraft(desk, contactId, `${name} ${at} ${'words '.repeat(chance.below(150))}`, `${name} ${at}`))
    if (chance.below(2) === 0) await writeDraft(desk, contactId, `draft ${name} ${at}`)
  }
  await desk.must('sync.now', {})
}

const drill = async (program: Program, number: number): Promise<void> => {
  const chance = seededNumbers(program.seed + number)
  const root = folderInMemory('restore')
  const profileDir = join(root, 'profile')
  const stick = join(root, 'stick')
  mkdirSync(profileDir)
  mkdirSync(stick)
  const desk = await openTestDesk({ seed: (program.seed + number) % 1_000 }, { profileDir, dice: `restore ${program.seed} ${number}` })
  const what = (words: string): (() => string) => () => `drill ${number}: ${words}`
  try {
    const contact = await readyToWrite(desk)
    await fill(desk, contact.contactId, chance, 1 + chance.below(3), 'before')
    const elsewhere = number % 5 === 4
    let recovery = ''
    if (elsewhere) {
      recovery = (await desk.must('account.newRecoveryCode', { password })).code
      await desk.inner('backups.useFolder', { path: stick })
    }
    await desk.must('backups.make', {})
    const before = await seen(desk)
    const sums = copySums(profileDir)
    await fill(desk, contact.contactId, chance, 5, 'after')
    const balance = await stampsFree(desk)
    const mails = readServiceNow(desk.profileDir).letters.length
    let copyId = (await desk.must('restore.view', {})).copies[0]?.copyId ?? ''
    if (elsewhere) {
      await desk.must('accounts.signOut', {})
      // The stick was out when she signed out there; here is a folder with nothing of hers.
      await desk.restart(async () => {
        for (const name of readdirSync(profileDir)) if (!name.startsWith('service')) rmSync(join(profileDir, name), { recursive: true })
      })
      await signInAs(desk)
      const found = await desk.inner('restore.lookIn', { path: stick })
      copyId = found.ok ? (found.value.copies.filter(({ place }) => place === 'found').at(-1)?.copyId ?? '') : ''
    }
    const restored = await desk.must('restore.from', elsewhere ? { copyId, with: 'recoveryCode', secret: recovery } : { copyId })
    if (!elsewhere) {
      program.check((await seen(desk)) === before, what('what is seen is not what the copy held'))
      program.check(sums.every(({ said, found }) => said === found), what('a copy is not what it says it is'))
    } else program.check(restored.contents.letters > 0, what('the other PC has no letters'))
    await desk.must('sync.now', {})
    await desk.must('sync.now', {})
    program.check(readServiceNow(desk.profileDir).letters.length === mails, what('something was sent again'))
    program.check((await stampsFree(desk)) === balance, what(`the balance is ${await stampsFree(desk)}, the service's is ${balance}`))
    program.check(restored.keptAs !== null && existsSync(join(profileDir, 'mailboxes', restored.keptAs)), what('the file from before is not kept'))
    program.check(desk.bugs.length === 0, what(`bugs: ${desk.bugs.join('; ')}`))
  } finally {
    await desk.close()
    rmSync(root, { recursive: true, force: true })
  }
}

/** What each copy says of itself, and what its bytes say. */
const copySums = (profileDir: string): readonly { readonly said: string; readonly found: string }[] =>
  readdirSync(join(profileDir, 'backups')).flatMap((account) =>
    readdirSync(join(profileDir, 'backups', account)).map((name) => {
      const folder = join(profileDir, 'backups', account, name)
      const outer = JSON.parse(readFileSync(join(folder, 'copy.json'), 'utf8')) as { body: string }
      const said = (JSON.parse(outer.body) as { sha256: string }).sha256
      return { said, found: createHash('sha256').update(readFileSync(join(folder, 'mailbox.db'))).digest('hex') }
    })
  )

await runProgram('restore', { short: 5, long: 50 }, async (program) => {
  for (let number = 0; number < program.count; number += 1) await drill(program, number)
})
