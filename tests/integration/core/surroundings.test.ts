/** A full disk, a folder that cannot be written, a clock that is behind, a folder that somebody holds: with the whole core on real files. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppEvent } from '../../../src-main/contract/events'
import { diskFiles } from '../../../src-main/storage/files'
import { readOwnerName } from '../../../src-main/storage/owner-note'
import { storageCode } from '../../../src-main/storage/open'
import { createVirtualTime } from '../../support/virtual-time'
import { moody, snapshot } from '../../support/moody-disk'
import { openTestDesk, password, readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'

let folder = ''
let open: TestDesk[] = []

const scratch = { make: () => mkdtempSync(join(folder, 'scratch-')), remove: (name: string) => rmSync(name, { recursive: true, force: true }) }

const start = async (options: Parameters<typeof openTestDesk>[1] = {}): Promise<TestDesk> => {
  const desk = await openTestDesk({}, { profileDir: join(folder, 'profile'), ...options })
  open.push(desk)
  return desk
}

const states = (events: readonly AppEvent[]): readonly string[] => events.flatMap((event) => (event.type === 'surroundingsChanged' ? [event.surroundings.saving] : []))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-surroundings-'))
  open = []
})
afterEach(async () => {
  for (const desk of open) await desk.close().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

/** A profile with one letter sent, one draft and the volunteer signed out. */
const fill = async (): Promise<void> => {
  const desk = await openTestDesk({}, { profileDir: join(folder, 'profile') })
  const contact = await readyToWrite(desk)
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Dear Daniel, the garden is green.'))
  await writeDraft(desk, contact.contactId, 'Half a letter.', 'Half')
  await desk.end()
}

describe('a folder that cannot be written', () => {
  for (const [code, standing, refusal] of [
    ['EROFS', 'readOnly', 'READ_ONLY'],
    ['EACCES', 'readOnly', 'READ_ONLY'],
    ['ENOSPC', 'noRoom', 'DISK_FULL']
  ] as const) {
    it(`${code}: opens for reading, says so, refuses every writing command, and changes no byte`, async () => {
      await fill()
      const before = snapshot(join(folder, 'profile'))
      const { mood, files } = moody()
      mood.code = code
      const desk = await start({ files, pc: { scratch } })
      expect((await desk.must('surroundings.state', {})).saving).toBe(standing)
      await signInAs(desk)
      expect((await desk.must('drafts.list', {})).map(({ subject }) => subject)).toEqual(['Half'])
      const sent = await desk.must('letters.sent', {})
      const outbox = await desk.must('letters.outbox', {})
      const letterId = [...sent.items, ...outbox][0]?.letterId ?? ''
      expect((await desk.must('letters.open', { letterId })).body).toBe('Dear Daniel, the garden is green.')
      const draftId = (await desk.must('drafts.list', {}))[0]?.draftId ?? ''
      const refused = await Promise.all([
        desk.call('drafts.create', {}),
        desk.call('drafts.save', { draftId, baseRevision: 1, patch: { body: 'More.' } }),
        desk.call('drafts.discard', { draftId }),
        desk.call('letters.quote', { draftId, revision: 1 }),
        desk.call('contacts.add', { facilityId: 'cedar-state', number: '448215' }),
        desk.call('account.changePassword', { password, newPassword: 'Lantern8oak', confirmPassword: 'Lantern8oak' }),
        desk.call('accounts.practice', {}),
        desk.call('practice.set', { offline: true }),
        desk.call('sync.now', {})
      ])
      expect(refused.map((result) => (result.ok ? 'ok' : result.code))).toEqual(refused.map(() => refusal))
      expect((await desk.must('sync.status', {})).line).toBe('offline')
      await desk.work(6 * 60_000)
      await desk.must('accounts.signOut', {})
      expect(await desk.call('accounts.signIn', { email: 'maria@parish.org', password: 'wrong' })).toMatchObject({ ok: false, code: 'SIGN_IN_REFUSED' })
      expect(desk.bugs).toEqual([])
      await desk.end()
      expect(snapshot(join(folder, 'profile'))).toEqual(before)
    })
  }

  it('an empty one shows the door, and nobody can be let in', async () => {
    const { mood, files } = moody()
    mood.code = 'EROFS'
    const desk = await start({ files, profileDir: join(folder, 'new'), pc: { scratch } })
    expect((await desk.must('app.state', {})).accounts).toEqual([])
    expect(await desk.call('accounts.signUpStart', {})).toMatchObject({ ok: false, code: 'READ_ONLY' })
    expect(existsSync(join(folder, 'new'))).toBe(false)
  })

  it('three wrong passwords lock there too, though nothing of it can be kept', async () => {
    await fill()
    const { mood, files } = moody()
    mood.code = 'EROFS'
    const desk = await start({ files, pc: { scratch } })
    const answers = []
    for (let tries = 0; tries < 4; tries += 1) answers.push(await desk.call('accounts.signIn', { email: 'maria@parish.org', password: 'wrong' }))
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.code))).toEqual(['SIGN_IN_REFUSED', 'SIGN_IN_REFUSED', 'ACCOUNT_LOCKED', 'ACCOUNT_LOCKED'])
  })

  it('goes on by itself when there is room again and nobody is signed in: the next sign-in writes', async () => {
    await fill()
    const { mood, files } = moody()
    mood.code = 'ENOSPC'
    const desk = await start({ files, dice: 'room' })
    await desk.time.advance(10_000)
    expect(await desk.must('surroundings.state', {})).toMatchObject({ saving: 'noRoom', roomAgain: false })
    mood.code = null
    await desk.time.advance(2_000)
    expect(await desk.must('surroundings.state', {})).toMatchObject({ saving: 'ok', roomAgain: false })
    expect(states(desk.events).at(-1)).toBe('ok')
    await signInAs(desk)
    const draftId = (await desk.must('drafts.list', {}))[0]?.draftId ?? ''
    const { revision } = await desk.must('drafts.open', { draftId })
    expect(await desk.must('drafts.save', { draftId, baseRevision: revision, patch: { body: 'The other half.' } })).toMatchObject({ outcome: 'saved' })
    expect((await desk.must('sync.now', {})).line).toBe('online')
  })

  it('waits with that for whoever is signed in: told at once, written from the next sign-in on', async () => {
    await fill()
    const { mood, files } = moody()
    mood.code = 'ENOSPC'
    const desk = await start({ files, dice: 'room' })
    await signInAs(desk)
    mood.code = null
    await desk.time.advance(2_000)
    expect(await desk.must('surroundings.state', {})).toMatchObject({ saving: 'noRoom', roomAgain: true })
    expect(await desk.call('drafts.create', {})).toMatchObject({ ok: false, code: 'DISK_FULL' })
    expect((await desk.must('drafts.list', {})).map(({ subject }) => subject)).toEqual(['Half'])
    await desk.must('accounts.signOut', {})
    await signInAs(desk)
    expect(await desk.must('surroundings.state', {})).toMatchObject({ saving: 'ok', roomAgain: false })
    expect(await desk.must('drafts.create', {})).toMatchObject({ revision: 0 })
  })
})

/** A clock that can be set, as anybody can set a PC's. */
const settable = () => {
  const time = createVirtualTime()
  let skew = 0
  const now = (): number => time.clock.now() + skew
  return { time: { ...time, clock: { now } }, now, set: (at: number) => void (skew += at - now()) }
}

describe('a clock that is behind', () => {
  it('is said with both dates until it is right, or until the person says that it is', async () => {
    const { time, now, set } = settable()
    const desk = await start({ time })
    await desk.work(60_000)
    const lastSeen = now()
    expect((await desk.must('surroundings.state', {})).clock).toBeNull()
    set(lastSeen - 3 * 86_400_000)
    await desk.restart()
    const said = (await desk.must('surroundings.state', {})).clock
    expect(said?.now).toBe(lastSeen - 3 * 86_400_000)
    expect(lastSeen - (said?.lastSeen ?? 0)).toBeLessThanOrEqual(30_000)
    expect((await desk.must('surroundings.putAway', { what: 'clock' })).clock).toBeNull()
    await desk.restart()
    expect((await desk.must('surroundings.state', {})).clock).toBeNull()
  })

  it('a correction by a minute is nothing to talk about, and a clock put right takes the notice away', async () => {
    const clock = settable()
    const desk = await start({ time: clock.time })
    await desk.work(60_000)
    const now = clock.now()
    clock.set(now - 60_000)
    await desk.work(60_000)
    expect((await desk.must('surroundings.state', {})).clock).toBeNull()
    clock.set(now - 86_400_000)
    await desk.work(60_000)
    expect((await desk.must('surroundings.state', {})).clock).not.toBeNull()
    clock.set(now + 60_000)
    await desk.work(60_000)
    expect((await desk.must('surroundings.state', {})).clock).toBeNull()
  })
})

describe('where the folder lies', () => {
  it('is warned of once, and remembered as read', async () => {
    const place = { kind: 'synced', product: 'OneDrive' } as const
    const desk = await start({ pc: { place } })
    expect((await desk.must('surroundings.state', {})).placeWarning).toEqual(place)
    expect((await desk.must('surroundings.putAway', { what: 'place' })).placeWarning).toBeNull()
    await desk.restart()
    expect((await desk.must('surroundings.state', {})).placeWarning).toBeNull()
    expect((await desk.must('surroundings.report', {})).folder.place, 'it stands on the page all the same').toEqual(place)
  })
})

describe('a folder that somebody holds', () => {
  it('is left alone to the byte, and says who it is; a note that a crash left says nothing', async () => {
    await start({ pc: { owner: 'mary' } })
    const before = snapshot(join(folder, 'profile'))
    expect(readOwnerName(diskFiles, join(folder, 'profile'))).toBe('mary')
    const second = openTestDesk({}, { profileDir: join(folder, 'profile'), pc: { owner: 'peter' } })
    await expect(second).rejects.toMatchObject({ code: 'ALREADY_OPEN' })
    expect(await second.catch(storageCode)).toBe('ALREADY_OPEN')
    expect(snapshot(join(folder, 'profile'))).toEqual(before)
  })

  it('is taken over without a word after a crash', async () => {
    const desk = await start({ pc: { owner: 'mary' } })
    await desk.end()
    writeFileSync(join(folder, 'profile', 'desk.owner'), JSON.stringify({ name: 'mary', at: 1 }))
    const next = await start({ pc: { owner: 'peter' } })
    expect(readOwnerName(diskFiles, next.profileDir)).toBe('peter')
    await next.end()
    expect(existsSync(join(folder, 'profile', 'desk.owner'))).toBe(false)
  })

  it.each(['', '{', 'null', '{"name":5}', '{"name":"   "}'])('a note like %j names nobody', (text) => {
    writeFileSync(join(folder, 'desk.owner'), text)
    expect(readOwnerName(diskFiles, folder)).toBeNull()
  })
})

describe('what went wrong', () => {
  it('is written down with its count, by name alone, and outlives a restart', async () => {
    const desk = await start({ profileDir: join(folder, 'profile') })
    desk.noteTrouble('window', 'WINDOW_CRASHED')
    desk.noteTrouble('window', 'WINDOW_CRASHED')
    await desk.restart()
    const report = await desk.must('surroundings.report', {})
    expect(report.troubles).toMatchObject([{ kind: 'window', code: 'WINDOW_CRASHED', where: 'window', count: 2 }])
    expect(report).toMatchObject({ deskCheck: 'ok', mailboxes: 0, queue: null })
    expect(report.versions.sqlite).toMatch(/^3\./)
  })

  it('a full disk under a running app is said within a second, tried again, and said to be over', async () => {
    const { mood, files } = moody()
    const desk = await start({ files })
    const contact = await readyToWrite(desk)
    const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel.')
    mood.full = true
    const asked = desk.time.clock.now()
    expect(await desk.call('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'Dear Daniel, more.' } })).toMatchObject({ ok: false, code: 'DISK_FULL' })
    expect(states(desk.events)).toEqual(['full'])
    expect(desk.time.clock.now() - asked).toBeLessThan(1_000)
    await desk.time.advance(6 * 60_000)
    expect(states(desk.events)).toEqual(['full'])
    expect((await desk.must('app.state', {})).session?.locked, 'the screen locks though its line cannot be written').toBe(true)
    mood.full = false
    await desk.time.advance(2_000)
    expect(states(desk.events)).toEqual(['full', 'ok'])
    await desk.must('desk.unlock', { passcode: '4827' })
    expect(await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'Dear Daniel, more.' } })).toMatchObject({ outcome: 'saved' })
    expect((await desk.must('surroundings.report', {})).troubles.map(({ code }) => code)).toContain('DISK_FULL')
    expect(desk.bugs).toEqual([])
  })
})
