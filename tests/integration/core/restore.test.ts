/** The way back to a copy: what is there afterwards, what is kept, and that nothing goes out twice. */
import { cpSync, existsSync, fstatSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Contact } from '../../../src-main/contract/views'
import { openTestDesk, password, readyToWrite, sendDraft, signInAs, stampsFree, writeDraft, type TestDesk } from '../../support/core'
import { readServiceNow } from '../../support/service-records'

let desk: TestDesk
let contact: Contact
beforeEach(async () => {
  desk = await openTestDesk()
  contact = await readyToWrite(desk)
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

const write = async (count: number, name: string): Promise<void> => {
  for (let at = 0; at < count; at += 1) await sendDraft(desk, await writeDraft(desk, contact.contactId, `${name} ${at}`, `${name} ${at}`))
  await desk.must('sync.now', {})
}
/** What the service has. */
const mails = (): number => readServiceNow(desk.profileDir).letters.length
const sentSubjects = async (): Promise<readonly string[]> => (await desk.must('letters.sent', {})).items.map(({ subject }) => subject).sort()
const mailboxes = (): readonly string[] => readdirSync(join(desk.profileDir, 'mailboxes')).sort()
const mailboxFile = (): string => join(desk.profileDir, 'mailboxes', mailboxes().find((name) => name.endsWith('.db')) ?? '')
const newestCopy = async (): Promise<string> => (await desk.must('restore.view', {})).copies[0]?.copyId ?? ''
const smash = (file: string): void => {
  const bytes = readFileSync(file)
  bytes.fill(7)
  writeFileSync(file, bytes)
}

describe('going back to an earlier copy', () => {
  it('brings it back as it was, resends nothing, and the balance is the service’s', async () => {
    await write(2, 'before')
    await desk.must('backups.make', {})
    await desk.work(5_000)
    await write(5, 'after')
    await writeDraft(desk, contact.contactId, 'Not sent.')
    const balance = await stampsFree(desk)
    const view = await desk.must('restore.view', {})
    expect(view.copies[0]?.missing).toEqual({ letters: 5, replies: 0, draftsChanged: 1 })
    const restored = await desk.must('restore.from', { copyId: view.copies[0]?.copyId ?? '' })
    expect(restored.contents.letters).toBe(2)
    expect(await sentSubjects()).toEqual(['before 0', 'before 1'])
    await desk.must('sync.now', {})
    expect(mails()).toBe(7)
    expect(await stampsFree(desk)).toBe(balance)
    expect(mailboxes().filter((name) => name.includes('.db.before-restore-'))).toHaveLength(1)
    expect((await desk.must('account.exportActivity', {})).whole).toBe(true)
  })

  it('with a letter that was waiting then and has gone since: it goes once', async () => {
    await desk.must('practice.set', { offline: true })
    await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Waiting', 'Waiting'))
    await desk.must('backups.make', {})
    await desk.must('practice.set', { offline: false })
    await desk.must('sync.now', {})
    expect(mails()).toBe(1)
    const balance = await stampsFree(desk)
    await desk.must('restore.from', { copyId: await newestCopy() })
    await desk.must('sync.now', {})
    expect(mails()).toBe(1)
    expect(await sentSubjects()).toEqual(['Waiting'])
    expect(await stampsFree(desk)).toBe(balance)
  })

  it('with a letter that has gone since: without the line it cannot be taken back, for nobody here knows', async () => {
    await desk.must('practice.set', { offline: true })
    const sent = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Waiting', 'Waiting'))
    await desk.must('backups.make', {})
    await desk.must('practice.set', { offline: false })
    await desk.must('sync.now', {})
    await desk.must('practice.set', { offline: true })
    await desk.must('restore.from', { copyId: await newestCopy() })
    expect(await desk.call('letters.cancel', { letterId: sent.letterId })).toMatchObject({ ok: false, code: 'TOO_LATE_TO_CANCEL' })
    expect((await desk.must('drafts.unexpectedEnd', {})).letters).toEqual([])
    await desk.must('practice.set', { offline: false })
    await desk.must('sync.now', {})
    expect(mails()).toBe(1)
    expect(await sentSubjects()).toEqual(['Waiting'])
  })

  it('with a letter that was taken back since: it stays taken back', async () => {
    await desk.must('practice.set', { offline: true })
    const sent = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Waiting', 'Waiting'))
    await desk.must('backups.make', {})
    await desk.must('letters.cancel', { letterId: sent.letterId })
    await desk.must('restore.from', { copyId: await newestCopy() })
    await desk.must('practice.set', { offline: false })
    await desk.must('sync.now', {})
    expect(mails()).toBe(0)
    expect((await desk.must('drafts.list', {})).map(({ subject }) => subject)).toEqual(['Waiting'])
  })
})

describe('a mailbox that cannot be opened at sign-in', () => {
  beforeEach(async () => {
    await write(3, 'letter')
    await desk.must('accounts.signOut', {})
  })

  const restoreNewest = async (): Promise<void> => {
    const session = await signInAs(desk)
    expect(session.duties).toContain('openMailbox')
    const view = await desk.must('restore.view', {})
    expect(view.copies[0]?.missing).toBeNull()
    const restored = await desk.must('restore.from', { copyId: view.copies[0]?.copyId ?? '' })
    expect(restored.session.duties).toEqual([])
    expect(await sentSubjects()).toEqual(['letter 0', 'letter 1', 'letter 2'])
  }

  it('smashed: the copy takes its place, the damaged file is kept', async () => {
    const before = readFileSync(mailboxFile()).length
    smash(mailboxFile())
    await restoreNewest()
    const kept = mailboxes().find((name) => name.includes('.db.damaged-')) ?? ''
    expect(readFileSync(join(desk.profileDir, 'mailboxes', kept))).toHaveLength(before)
  })

  it('gone', async () => {
    rmSync(mailboxFile())
    await restoreNewest()
  })

  it('empty', async () => {
    writeFileSync(mailboxFile(), '')
    await restoreNewest()
  })

  it('gone with its header', async () => {
    rmSync(join(desk.profileDir, 'mailboxes'), { recursive: true })
    await desk.restart()
    await restoreNewest()
    await desk.must('accounts.signOut', {})
    expect((await signInAs(desk)).duties).toEqual([])
  })

  it('without the line', async () => {
    smash(mailboxFile())
    await desk.must('practice.set', { offline: true })
    await restoreNewest()
  })

  it('with only its header gone: the header of a copy opens it, and nobody is asked', async () => {
    for (const name of mailboxes()) if (name.includes('.vault')) rmSync(join(desk.profileDir, 'mailboxes', name))
    expect((await signInAs(desk)).duties).toEqual([])
    expect(await sentSubjects()).toHaveLength(3)
    expect(existsSync(mailboxFile().replace(/db$/u, 'vault'))).toBe(true)
  })
})

describe('another PC', () => {
  it('finds the copies on a stick and opens them with the password', async () => {
    await write(2, 'letter')
    const stick = mkdtempSync(join(tmpdir(), 'epistle-stick-'))
    await desk.inner('backups.useFolder', { path: stick })
    const recovery = await desk.must('account.newRecoveryCode', { password })
    await desk.must('backups.make', {})
    await desk.must('accounts.signOut', {})
    // The other PC: the service is the same, the rest of the folder is not there.
    await desk.restart(async () => {
      for (const part of ['mailboxes', 'backups']) rmSync(join(desk.profileDir, part), { recursive: true })
      for (const name of readdirSync(desk.profileDir)) if (name.startsWith('desk.db')) rmSync(join(desk.profileDir, name))
    })
    const session = await signInAs(desk)
    // Nothing of hers was ever here, so a new mailbox began; she goes back to the copy on the stick.
    expect(session.duties).toEqual([])
    const found = await desk.inner('restore.lookIn', { path: stick })
    const copyId = found.ok ? (found.value.copies.find(({ place }) => place === 'found')?.copyId ?? '') : ''
    expect(await desk.call('restore.from', { copyId })).toMatchObject({ ok: false, code: 'COPY_SEALED' })
    const restored = await desk.must('restore.from', { copyId, with: 'recoveryCode', secret: recovery.code })
    expect(restored.contents.letters).toBe(2)
    expect(await sentSubjects()).toEqual(['letter 0', 'letter 1'])
    rmSync(stick, { recursive: true, force: true })
  })
})

describe('damage found while the mailbox is open', () => {
  /** Smashes everything behind the first page, in the file that is open. */
  const smashOpenFile = (): void => {
    const handle = openSync(mailboxFile(), 'r+')
    const size = fstatSync(handle).size
    for (let at = 4096; at < size; at += 4096) writeSync(handle, Buffer.alloc(4096, 7), 0, 4096, at)
    // Not closed: that would drop the lock of the connection that has the file open.
  }

  it('is told in plain words, nothing is written any more, and the copy is a few clicks away', async () => {
    await write(3, 'letter')
    await desk.must('backups.make', {})
    smashOpenFile()
    // Not every page is read again at once: SQLite remembers some. A copy reads them all.
    expect(await desk.call('backups.make', {})).toMatchObject({ ok: false, code: 'COPY_NOT_MADE', params: { reason: 'mailboxDamaged' } })
    await desk.time.settle()
    const state = await desk.must('app.state', {})
    expect(state.session).toMatchObject({ mailbox: 'damaged', duties: ['openMailbox'] })
    expect(await desk.call('drafts.list', {})).toMatchObject({ ok: false, code: 'DUTY_FIRST' })
    expect(desk.events.at(-1)?.type).toBe('sessionChanged')
    const view = await desk.must('restore.view', {})
    expect(view.mailbox).toBe('damaged')
    await desk.must('restore.from', { copyId: view.copies[0]?.copyId ?? '' })
    expect(await sentSubjects()).toHaveLength(3)
  })

  it('at leaving is remembered: the next sign-in looks at every page', async () => {
    await write(3, 'letter')
    await desk.must('backups.make', {})
    smashOpenFile()
    await desk.must('accounts.signOut', {})
    expect((await signInAs(desk)).mailbox).toBe('damaged')
  })
})

describe('a damaged mailbox with newer words than the copy', () => {
  const pageBytes = 4096
  /** Two letters and a draft in the copy; three letters, one of them waiting, and words in a draft since. */
  const prepareMailbox = async (): Promise<void> => {
    await write(2, 'copied')
    const draft = await writeDraft(desk, contact.contactId, 'As in the copy.', 'A draft')
    await desk.must('backups.make', {})
    await desk.work(5_000)
    await write(2, 'since')
    await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'Newer than the copy.' } })
    await desk.must('practice.set', { offline: true })
    await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Never left.', 'Never left'))
    // The PC stops: no last copy is made, everything since lies in the file and its log.
    const parts = ['mailboxes', 'backups']
    for (const part of parts) cpSync(join(desk.profileDir, part), join(desk.profileDir, `kept ${part}`), { recursive: true })
    await desk.must('accounts.signOut', {})
    for (const part of parts) {
      rmSync(join(desk.profileDir, part), { recursive: true })
      renameSync(join(desk.profileDir, `kept ${part}`), join(desk.profileDir, part))
    }
    await desk.must('practice.set', { offline: false })
  }
  const spoil = (pages: readonly number[]): void => {
    const bytes = readFileSync(mailboxFile())
    for (const page of pages) bytes.fill(9, (page - 1) * pageBytes, page * pageBytes)
    writeFileSync(mailboxFile(), bytes)
  }

  it.each([
    ['its first page', [1]],
    ['its last page', null]
  ])('%s lost: everything comes back, what was waiting as a draft', async (_name, pages) => {
    await prepareMailbox()
    // The log is folded in, so that the damage meets what is newest.
    const size = readFileSync(mailboxFile()).length / pageBytes
    spoil(pages ?? [size])
    const session = await signInAs(desk)
    if (session.mailbox === 'open') {
      await desk.call('backups.make', {})
      await desk.time.settle()
    }
    const view = await desk.must('restore.view', {})
    expect(view).toMatchObject({ mailbox: 'damaged', canSalvage: true })
    const restored = await desk.must('restore.from', { copyId: view.copies[0]?.copyId ?? '' })
    expect(restored.salvaged).toMatchObject({ letters: 2, unsent: 1 })
    expect(await sentSubjects()).toEqual(['copied 0', 'copied 1', 'since 0', 'since 1'])
    expect(await desk.must('letters.outbox', {})).toEqual([])
    const drafts = await desk.must('drafts.list', {})
    expect(drafts.map(({ excerpt }) => excerpt).sort()).toEqual(['Never left.', 'Newer than the copy.'])
    await desk.must('sync.now', {})
    expect(mails()).toBe(4)
    expect(await stampsFree(desk)).toBe(16)
    expect((await desk.must('account.exportActivity', {})).whole).toBe(true)
  })
})
