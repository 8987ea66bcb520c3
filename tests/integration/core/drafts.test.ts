import { cpSync, mkdtempSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestDesk, readyToWrite, sendDraft, signInAs, signUp, writeDraft, type TestDesk } from '../../support/core'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

/** Every version of a draft, newest first, read as a window reads it. */
const texts = async (at: TestDesk, draftId: string): Promise<readonly string[]> => {
  const versions = await at.must('drafts.versions', { draftId })
  return Promise.all(versions.map(async ({ versionId }) => (await at.must('drafts.version', { draftId, versionId })).body))
}

/** 540 words; no two sentences alike. */
const long = Array.from({ length: 45 }, (_, day) => `On day ${day} of this autumn we read psalm number ${day + 40} together.`).join(' ')

test('a stale save never overwrites: both texts are kept', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'written in window one' } })
  const conflict = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'written in window two' } })
  expect(conflict.outcome).toBe('conflict')
  const drafts = await desk.must('drafts.list', {})
  expect(drafts.map((one) => one.excerpt).sort()).toEqual(['written in window one', 'written in window two'])
  expect(drafts.filter((one) => one.copyOf === draft.draftId)).toHaveLength(1)
})

test('an empty text never replaces a written one unasked, and the written one stays in the history when it was asked', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'Dear Daniel' } })
  if (saved.outcome !== 'saved') throw new Error(saved.outcome)
  const empty = { draftId: draft.draftId, baseRevision: saved.draft.revision, patch: { body: '' } }
  expect((await desk.must('drafts.save', empty)).outcome).toBe('emptyRefused')
  expect((await desk.must('drafts.open', { draftId: draft.draftId })).body).toBe('Dear Daniel')
  expect((await desk.must('drafts.save', { ...empty, allowEmpty: true })).outcome).toBe('saved')
  expect((await texts(desk, draft.draftId))).toEqual(['', 'Dear Daniel'])
})

test('earlier versions: one for each minute of writing, and one before a text that shrank by half', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  let revision = 0
  const save = async (body: string): Promise<void> => {
    const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: revision, patch: { body } })
    if (saved.outcome !== 'saved') throw new Error(saved.outcome)
    revision = saved.draft.revision
  }
  await save('one')
  await save('one two')
  await desk.work(61_000)
  await save('one two three and some more words')
  await save('one')
  const bodies = (await texts(desk, draft.draftId))
  expect(bodies).toEqual(['one', 'one two three and some more words', 'one two'])
})

test('an earlier version that is brought back keeps what it replaces, however young that is', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: 'the newest words' } })
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 1, patch: { body: 'words of yesterday, and more' }, keepEarlier: true })
  expect((await texts(desk, draft.draftId))).toEqual([
    'words of yesterday, and more',
    'the newest words'
  ])
})

test('a discarded draft can be brought back; a sent one cannot be changed', async () => {
  const contact = await readyToWrite(desk)
  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel')
  await desk.must('drafts.discard', { draftId: draft.draftId })
  expect(await desk.must('drafts.list', {})).toEqual([])
  expect((await desk.must('drafts.undoDiscard', { draftId: draft.draftId })).body).toBe('Dear Daniel')
  await sendDraft(desk, draft)
  expect(await desk.call('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'x' } })).toMatchObject({
    ok: false,
    code: 'DRAFT_CLOSED'
  })
})

test('twenty thousand characters in Spanish with emoji, quotes and line breaks arrive unchanged; one more is refused with the count', async () => {
  const contact = await readyToWrite(desk)
  const piece = '“¿Cómo estás, José?” — dijo la niña…\n\tMañana será otro día. 👩‍👩‍👧‍👦🕊️ \'simple\' "doble"\n'
  const characters = [...piece.repeat(400)].slice(0, 20_000)
  const body = characters.join('').replace(/\s$/u, 'x')
  expect([...body]).toHaveLength(20_000)
  const letter = await sendDraft(desk, await writeDraft(desk, contact.contactId, body, 'Una carta — “larga”'))
  await desk.must('sync.now', {})
  const sent = await desk.must('letters.open', { letterId: letter.letterId })
  expect(sent.body).toBe(body)
  expect(sent.stamps).toBe(4)
  expect(sent.receiptNumber).not.toBeNull()
  const over = await writeDraft(desk, contact.contactId, `${body}!`)
  expect(await desk.call('letters.quote', { draftId: over.draftId, revision: over.revision })).toMatchObject({
    ok: false,
    code: 'INVALID',
    problems: { body: { code: 'BODY_TOO_LONG', params: { limit: 20_000, over: 1 } } }
  })
})

test('most of a long letter cut in one go: set aside and asked about, both kept whatever is answered', async () => {
  await signUp(desk)
  const draft = await writeDraft(desk, (await desk.must('contacts.add', { facilityId: 'cedar-state', number: '448213' })).contactId, long)
  const cut = { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: long.slice(0, 300), subject: 'New subject' } }
  const asked = await desk.must('drafts.save', cut)
  if (asked.outcome !== 'wordsLost') throw new Error(asked.outcome)
  expect(asked.words).toBeGreaterThan(470)
  expect(asked.words).toBeLessThan(500)
  expect(asked.earlierBody).toBe(long)
  expect(asked.current).toMatchObject({ body: long, subject: 'New subject' })
  expect(await texts(desk, draft.draftId)).toEqual([long, long.slice(0, 300)])

  // Keep: the next save goes on in the long text, and the short one becomes a version.
  const kept = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: asked.current.revision, patch: { body: `${long} Amen.` } })
  if (kept.outcome !== 'saved') throw new Error(kept.outcome)
  expect((await texts(desk, draft.draftId)).slice(0, 3)).toEqual([`${long} Amen.`, long.slice(0, 300), long])

  // Use the shorter text: the long one stays a version for ever, and typing on does not ask again.
  const again = await desk.must('drafts.save', { ...cut, baseRevision: kept.draft.revision })
  expect(again.outcome).toBe('wordsLost')
  const used = await desk.must('drafts.save', { ...cut, baseRevision: kept.draft.revision, lossAnswered: true })
  if (used.outcome !== 'saved') throw new Error(used.outcome)
  let revision = used.draft.revision
  for (const body of [`${long.slice(0, 300)} and`, long.slice(0, 290), long.slice(0, 280)]) {
    const on = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: revision, patch: { body } })
    if (on.outcome !== 'saved') throw new Error(`${on.outcome} for ${body.length}`)
    revision = on.draft.revision
  }
  const pinned = (await desk.must('drafts.versions', { draftId: draft.draftId })).filter((version) => version.pinned)
  expect(pinned.map(({ words }) => words)).toEqual([541])
})

test('other words pasted over a long letter are asked about too, and set aside words outlast a power cut', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: long } })
  const other = Array.from({ length: 45 }, (_, day) => `Dear friend, line ${day}: nothing here was in that other letter before.`).join(' ')
  const asked = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 1, patch: { body: other } })
  expect(asked).toMatchObject({ outcome: 'wordsLost', earlierBody: long })
  const after = await powerCut(desk)
  try {
    await signInAs(after)
    expect((await after.must('drafts.open', { draftId: draft.draftId })).body).toBe(long)
    expect(await texts(after, draft.draftId)).toContain(other)
    expect((await after.must('drafts.versions', { draftId: draft.draftId })).filter(({ aside }) => aside)).toHaveLength(1)
  } finally {
    await after.close()
  }
})

test('deleted little by little: asked once, when more than half is gone', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: long } })
  let revision = 1
  let left = long
  let outcome = 'saved'
  await desk.work(61_000)
  while (outcome === 'saved' && left.length > 300) {
    await desk.work(800)
    left = left.slice(0, -60)
    const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: revision, patch: { body: left } })
    outcome = saved.outcome
    if (saved.outcome === 'saved') revision = saved.draft.revision
    if (saved.outcome === 'wordsLost') expect(saved.earlierBody).toBe(long)
  }
  expect(outcome).toBe('wordsLost')
  expect(left.length).toBeLessThan(long.length / 2)
  expect(left.length).toBeGreaterThan(long.length / 2 - 120)
})

test('a timeline thins with age: all of the last hour, then ten minutes, hours, days; the first, the last and a big loss stay', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  let revision = 0
  const save = async (body: string, lossAnswered = false): Promise<void> => {
    const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: revision, patch: { body }, lossAnswered })
    if (saved.outcome !== 'saved') throw new Error(saved.outcome)
    revision = saved.draft.revision
  }
  const count = async (): Promise<number> => (await desk.must('drafts.versions', { draftId: draft.draftId })).length
  for (let minute = 0; minute < 60; minute += 1) {
    await save(`${long} ${minute}`)
    await desk.work(61_000)
  }
  expect(await count()).toBe(60)
  await save('short now', true)
  await desk.restart()
  await signInAs(desk)
  await desk.work(3 * 3_600_000)
  await desk.restart()
  await signInAs(desk)
  await desk.must('drafts.open', { draftId: draft.draftId })
  await save('short now, and on')
  const thinned = await desk.must('drafts.versions', { draftId: draft.draftId })
  expect(thinned.length).toBeLessThanOrEqual(11)
  expect(thinned.length).toBeGreaterThanOrEqual(8)
  expect(thinned[0]).toMatchObject({ present: true, words: 4 })
  expect(thinned.filter(({ pinned }) => pinned)).toHaveLength(1)
  expect((await texts(desk, draft.draftId)).includes(`${long} 59`)).toBe(true)
})

test('the versions of a sent letter are found with it', async () => {
  const contact = await readyToWrite(desk)
  const draft = await writeDraft(desk, contact.contactId, 'Dear Daniel, a first try')
  await desk.work(61_000)
  const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'Dear Daniel, a second try' } })
  if (saved.outcome !== 'saved') throw new Error(saved.outcome)
  const letter = await sendDraft(desk, saved.draft)
  expect(letter.draftId).toBe(draft.draftId)
  expect(await texts(desk, letter.draftId)).toEqual(['Dear Daniel, a second try', 'Dear Daniel, a first try'])
})

/** The folder as a power cut leaves it, opened on another PC's clock that begins anew. */
const powerCut = async (from: TestDesk, harm: (profileDir: string) => void = () => undefined): Promise<TestDesk> => {
  const profileDir = mkdtempSync(join(tmpdir(), 'epistle-cut-'))
  cpSync(from.profileDir, profileDir, { recursive: true })
  harm(profileDir)
  return openTestDesk({}, { profileDir, dice: 'after the cut' })
}

test('after an unclean end: what was open, with its last words, until somebody has looked', async () => {
  const contact = await readyToWrite(desk)
  const open = await writeDraft(desk, contact.contactId, `${long} and then the light went`)
  const left = await writeDraft(desk, contact.contactId, 'put away in time', 'Another')
  await desk.must('drafts.putDown', { draftId: left.draftId })
  await desk.must('practice.set', { offline: true })
  const letter = await sendDraft(desk, await writeDraft(desk, contact.contactId, 'Confirmed a moment before', 'On its way'))

  const after = await powerCut(desk)
  try {
    expect((await signInAs(after)).unexpectedEnd).toBe(true)
    const shown = await after.must('drafts.unexpectedEnd', {})
    expect(shown.drafts.map(({ draftId }) => draftId)).toEqual([open.draftId])
    expect(shown.drafts[0]).toMatchObject({ contactName: 'Daniel Reyes', words: 545, savedAt: open.savedAt })
    expect(shown.drafts[0]?.lastWords).toMatch(/^….*and then the light went$/)
    expect(shown.letters.map(({ letterId }) => letterId)).toEqual([letter.letterId])
    // Not looked at yet: it is still there after an orderly end.
    await after.restart()
    expect((await signInAs(after)).unexpectedEnd).toBe(true)
    await after.must('drafts.endSeen', {})
    expect((await after.must('app.state', {})).session?.unexpectedEnd).toBe(false)
    await after.restart()
    expect((await signInAs(after)).unexpectedEnd).toBe(false)
  } finally {
    await after.close()
  }
})

test('a torn end of the log is said in the visit that left it out, and in no later one', async () => {
  await signUp(desk)
  const draft = await desk.must('drafts.create', {})
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: 'All of this is there.' } })
  const after = await powerCut(desk, (profileDir) => {
    const folder = join(profileDir, 'mailboxes')
    const log = join(folder, readdirSync(folder).find((name) => name.endsWith('.db-wal')) ?? '')
    truncateSync(log, statSync(log).size - 100)
  })
  try {
    expect((await signInAs(after)).lastChangeLost).toBe(true)
    expect((await after.must('account.activity', { kind: 'security', page: 0, pageSize: 50 })).items.map(({ event }) => event)).toContain('lastChangeLost')
    await after.must('accounts.signOut', {})
    expect((await signInAs(after)).lastChangeLost).toBe(false)
  } finally {
    await after.close()
  }
})

test('an orderly end leaves nothing to show, whatever was open', async () => {
  const contact = await readyToWrite(desk)
  await writeDraft(desk, contact.contactId, 'open when she signed out')
  await desk.must('accounts.signOut', {})
  expect((await signInAs(desk)).unexpectedEnd).toBe(false)
  await desk.must('drafts.open', { draftId: (await desk.must('drafts.list', {}))[0]?.draftId ?? '' })
  await desk.restart()
  expect((await signInAs(desk)).unexpectedEnd).toBe(false)
})
