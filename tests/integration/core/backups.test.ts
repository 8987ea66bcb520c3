/** Copies of a mailbox: when they are made, what is in them, what is said when one cannot be made. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestDesk, readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'
import { createVirtualTime } from '../../support/virtual-time'

const minutes = (count: number): number => count * 60_000

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

const accountFolder = (): string => {
  const root = join(desk.profileDir, 'backups')
  const [account = ''] = readdirSync(root)
  return join(root, account)
}
const copies = (): readonly string[] => (existsSync(join(desk.profileDir, 'backups')) ? readdirSync(accountFolder()).sort() : [])

describe('a copy is made', () => {
  it('ten minutes after a change, and not while nothing changes', async () => {
    const contact = await readyToWrite(desk)
    expect(copies()).toEqual([])
    await desk.work(minutes(1))
    expect(copies()).toHaveLength(1)
    await desk.work(minutes(10))
    const first = await desk.must('backups.view', {})
    await writeDraft(desk, contact.contactId, 'Words that must not be lost.')
    await desk.work(minutes(10))
    const second = await desk.must('backups.view', {})
    expect(second.newestAt).toBeGreaterThan(first.newestAt ?? 0)
    expect(second.copies[0]?.contents).toEqual({ letters: 0, drafts: 1, replies: 0, contacts: 1 })
  })

  it('at signing out, at handing over and at closing', async () => {
    const contact = await readyToWrite(desk)
    await sendDraft(desk, await writeDraft(desk, contact.contactId, 'A letter.'))
    await desk.must('accounts.signOut', {})
    expect(copies()).toHaveLength(1)
    await signInAs(desk)
    expect((await desk.must('backups.view', {})).copies[0]?.contents.letters).toBe(1)
    await desk.must('desk.handOver', {})
    await signInAs(desk)
    await desk.restart()
    await signInAs(desk)
    const view = await desk.must('backups.view', {})
    // All on one day: the last one of the day is the one that is kept.
    expect(view.copies).toHaveLength(1)
    expect(view.copies[0]?.copyId).toMatch(/copy-000003-/u)
  })

  it('when somebody asks, and is whole and encrypted', async () => {
    const contact = await readyToWrite(desk)
    await writeDraft(desk, contact.contactId, 'PELICAN in the morning.')
    expect(await desk.must('backups.make', {})).toEqual({ made: true, trouble: null, folder: null })
    const [name = ''] = copies()
    const folder = join(accountFolder(), name)
    expect(readdirSync(folder).sort()).toEqual(['copy.json', 'mailbox.db', 'mailbox.vault'])
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes('PELICAN')).toBe(false)
    const rehearsed = await desk.must('backups.rehearse', {})
    expect(rehearsed.copy.contents.drafts).toBe(1)
    expect(rehearsed.since).toEqual({ letters: 0, replies: 0, draftsChanged: 0 })
  })
})

describe('the chosen folder', () => {
  let stick: string
  beforeEach(() => {
    stick = mkdtempSync(join(tmpdir(), 'epistle-stick-'))
  })
  afterEach(() => rmSync(stick, { recursive: true, force: true }))

  it('gets each copy too', async () => {
    await readyToWrite(desk)
    const view = await desk.inner('backups.useFolder', { path: stick })
    expect(view.ok && view.value.folder).toEqual({ path: stick, ready: true, newestAt: desk.time.clock.now(), carriedAt: desk.time.clock.now(), stale: false, trouble: null })
    const account = readdirSync(join(stick, 'Epistle copies'))
    expect(readdirSync(join(stick, 'Epistle copies', account[0] ?? ''))).toHaveLength(1)
    await desk.work(minutes(1))
    expect(await desk.must('backups.make', {})).toEqual({ made: true, trouble: null, folder: 'made' })
  })

  it('that is not there is said, and the copy on this PC is made all the same', async () => {
    await readyToWrite(desk)
    await desk.inner('backups.useFolder', { path: stick })
    renameSync(stick, `${stick}-out`)
    expect(await desk.must('backups.make', {})).toEqual({ made: true, trouble: null, folder: 'missing' })
    // Another stick at the same place is not ours.
    mkdirSync(stick)
    expect((await desk.must('backups.make', {})).folder).toBe('missing')
    expect(readdirSync(stick)).toEqual([])
    expect((await desk.must('backups.view', {})).folder).toMatchObject({ ready: false, trouble: 'missing' })
    rmSync(stick, { recursive: true })
    renameSync(`${stick}-out`, stick)
    expect((await desk.must('backups.make', {})).folder).toBe('made')
  })

  it('that was not there for a week is missed, until a copy reaches it again', async () => {
    await readyToWrite(desk)
    await desk.inner('backups.useFolder', { path: stick })
    const reached = desk.time.clock.now()
    renameSync(stick, `${stick}-out`)
    await desk.must('backups.make', {})
    expect((await desk.must('backups.view', {})).folder).toMatchObject({ ready: false, carriedAt: reached, stale: false })
    await desk.end()
    desk = await openTestDesk({}, { profileDir: desk.profileDir, dice: 'a week later', time: createVirtualTime(reached + 8 * 24 * minutes(60)) })
    await signInAs(desk)
    await desk.must('backups.make', {})
    expect(await desk.must('backups.view', {})).toMatchObject({ stale: false, folder: { ready: false, carriedAt: reached, stale: true } })
    renameSync(`${stick}-out`, stick)
    await desk.must('backups.make', {})
    expect((await desk.must('backups.view', {})).folder).toMatchObject({ ready: true, stale: false, trouble: null })
  })

  it('can be given up; what is in it stays', async () => {
    await readyToWrite(desk)
    await desk.inner('backups.useFolder', { path: stick })
    expect((await desk.must('backups.forgetFolder', {})).folder).toBeNull()
    expect(readdirSync(join(stick, 'Epistle copies'))).toHaveLength(1)
  })

  it('that cannot be used is refused', async () => {
    await readyToWrite(desk)
    const file = join(stick, 'a file')
    writeFileSync(file, '')
    expect(await desk.inner('backups.useFolder', { path: file })).toMatchObject({ ok: false, code: 'FOLDER_UNUSABLE' })
  })
})

describe('a copy that is not whole', () => {
  it('is found out by the rehearsal', async () => {
    await readyToWrite(desk)
    await desk.must('backups.make', {})
    const file = join(accountFolder(), copies()[0] ?? '', 'mailbox.db')
    const bytes = readFileSync(file)
    bytes[bytes.length - 2_000] = (bytes[bytes.length - 2_000] ?? 0) ^ 1
    writeFileSync(file, bytes)
    expect(await desk.call('backups.rehearse', {})).toMatchObject({ ok: false, code: 'COPY_DAMAGED' })
  })
})
