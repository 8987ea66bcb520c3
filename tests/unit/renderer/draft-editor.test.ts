import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { limits } from '@contract/limits'
import type { Photo } from '@contract/photos'
import { failure, success, type Result } from '@contract/result'
import type { Draft, DraftSaved } from '@contract/views'
import { askEmptyAfterMs, atMostMs, idleMs, type EditorPorts, type SaveCall } from '@/features/letters/autosave'
import { createDraftEditor } from '@/features/letters/draft-editor'

const draft = (over: Partial<Draft> = {}): Draft => ({
  draftId: 'd1',
  contactId: 'c1',
  subject: 'Psalm',
  body: 'Dear Daniel',
  prepaidReply: false,
  photos: [],
  revision: 3,
  createdAt: 1,
  savedAt: 1,
  copyOf: null,
  ...over
})

/** Main, small: keeps one draft, counts revisions, answers when told to. */
const desk = (stored: Draft | null = draft()) => {
  const calls: SaveCall[] = []
  const waiting: (() => void)[] = []
  const main = {
    stored,
    calls,
    created: 0,
    copied: [] as string[],
    copyFails: false,
    hold: false,
    fail: null as Result<DraftSaved> | null,
    release: (): void => waiting.splice(0).forEach((go) => go()),
    ports: {
      create: async (contactId: string | null): Promise<Result<Draft>> => {
        main.created += 1
        main.stored = draft({ draftId: `new${main.created}`, contactId, subject: '', body: '', revision: 0, savedAt: Date.now() })
        return success(main.stored)
      },
      save: async (call: SaveCall): Promise<Result<DraftSaved>> => {
        calls.push(call)
        if (main.hold) await new Promise<void>((resolve) => waiting.push(resolve))
        if (main.fail) return main.fail
        const before = main.stored
        if (!before) return failure('NOT_FOUND')
        if (call.baseRevision !== before.revision) {
          const copy = { ...before, ...call.patch, draftId: 'copy', copyOf: before.draftId, revision: 1 }
          main.stored = copy
          return success({ outcome: 'conflict', current: before, copy })
        }
        if (call.patch.body === '' && before.body !== '' && !call.allowEmpty) return success({ outcome: 'emptyRefused', current: before })
        main.stored = { ...before, ...call.patch, revision: before.revision + 1, savedAt: Date.now() }
        return success({ outcome: 'saved', draft: main.stored })
      },
      copyPhoto: async (draftId, photo): Promise<Result<readonly Photo[]>> => {
        main.copied.push(`${photo.name} into ${draftId}`)
        if (main.copyFails) return failure('DISK_FULL')
        main.stored = { ...(main.stored ?? draft()), photos: [...(main.stored?.photos ?? []), photo] }
        return success(main.stored.photos)
      },
      clock: () => Date.now(),
      setTimer: (run, ms) => setTimeout(run, ms) as unknown as number,
      clearTimer: (timer) => clearTimeout(timer)
    } satisfies EditorPorts as EditorPorts
  }
  return main
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('when a letter is saved', () => {
  it('is saved within a second of the last keystroke, and only then called saved', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    editor.edit({ body: 'Dear Daniel,' })
    expect(editor.status.value).toBe('saving')
    await vi.advanceTimersByTimeAsync(idleMs - 1)
    expect(main.calls).toHaveLength(0)
    main.hold = true
    await vi.advanceTimersByTimeAsync(1)
    expect(main.calls).toEqual([{ draftId: 'd1', baseRevision: 3, patch: { body: 'Dear Daniel,' }, allowEmpty: false, lossAnswered: false, keepEarlier: false }])
    expect(editor.status.value).toBe('saving')
    main.release()
    await vi.advanceTimersByTimeAsync(0)
    expect(editor.status.value).toBe('saved')
    expect(idleMs).toBeLessThanOrEqual(1000)
  })

  it('loses less than a second, also while somebody types on and on', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    for (let typed = 1; typed <= 100; typed += 1) {
      editor.edit({ body: 'x'.repeat(typed) })
      await vi.advanceTimersByTimeAsync(100)
      const onDisk = main.stored?.body.startsWith('x') ? main.stored.body.length : 0
      expect((typed - onDisk) * 100).toBeLessThan(1000)
    }
    expect(atMostMs).toBeLessThan(1000)
    expect(main.calls.length).toBeLessThanOrEqual(10_000 / atMostMs)
  })

  it('sends only what changed, and never two saves at once', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    main.hold = true
    editor.edit({ subject: 'One' })
    const first = editor.flush()
    editor.edit({ body: 'Two' })
    const second = editor.flush()
    await vi.advanceTimersByTimeAsync(5000)
    expect(main.calls.map((call) => call.patch)).toEqual([{ subject: 'One' }])
    main.hold = false
    main.release()
    expect(await first).toBe(true)
    expect(await second).toBe(true)
    expect(main.calls.map((call) => [call.baseRevision, call.patch])).toEqual([
      [3, { subject: 'One' }],
      [4, { body: 'Two' }]
    ])
  })

  it('keeps what is typed while an answer is on its way', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    main.hold = true
    editor.edit({ body: 'Dear' })
    const flushed = editor.flush()
    editor.edit({ body: 'Dear Daniel, how are you' })
    main.hold = false
    main.release()
    await flushed
    expect(editor.state.fields.body).toBe('Dear Daniel, how are you')
    await vi.advanceTimersByTimeAsync(idleMs)
    expect(main.stored?.body).toBe('Dear Daniel, how are you')
  })

  it('makes no draft before something is written, then one', async () => {
    const main = desk(null)
    const editor = createDraftEditor({ contactId: 'c1' }, main.ports)
    expect(await editor.flush()).toBe(true)
    editor.edit({ body: 'D' })
    editor.edit({ body: '' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(main.created).toBe(0)
    expect(editor.status.value).toBe('unsaved')
    editor.edit({ body: 'Dear' })
    await vi.advanceTimersByTimeAsync(idleMs)
    editor.edit({ subject: 'Hello' })
    await editor.flush()
    expect(main.created).toBe(1)
    expect(main.stored).toMatchObject({ draftId: 'new1', contactId: 'c1', body: 'Dear', subject: 'Hello' })
  })

  it('saves no more by itself once stopped', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    editor.edit({ body: 'x' })
    editor.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(main.calls).toHaveLength(0)
  })
})

describe('when a save fails', () => {
  it('says so, keeps the text, tries again with growing pauses, and is saved soon after it can be', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    main.fail = failure('DISK_FULL')
    editor.edit({ body: 'Dear Daniel, precious words' })
    await vi.advanceTimersByTimeAsync(idleMs)
    expect(editor.status.value).toBe('failed')
    expect(editor.state.failure?.code).toBe('DISK_FULL')
    expect(editor.state.savedAt).toBe(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(main.calls.length).toBeGreaterThan(10)
    expect(main.calls.length).toBeLessThan(20)
    expect(await editor.flush()).toBe(false)
    main.fail = null
    await vi.advanceTimersByTimeAsync(5000)
    expect(editor.status.value).toBe('saved')
    expect(main.stored?.body).toBe('Dear Daniel, precious words')
  })

  it('tries again at once when asked', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    main.fail = failure('DISK_FULL')
    editor.edit({ body: 'words' })
    expect(await editor.flush()).toBe(false)
    main.fail = null
    expect(await editor.flush()).toBe(true)
    expect(editor.state.failure).toBeNull()
  })

  it('treats a thrown error like any failure', async () => {
    const main = desk()
    const save = vi.fn(main.ports.save).mockRejectedValueOnce(new Error('bug'))
    const editor = createDraftEditor(draft(), { ...main.ports, save })
    editor.edit({ body: 'words' })
    expect(await editor.flush()).toBe(false)
    expect(editor.state.failure?.code).toBe('INTERNAL')
    expect(await editor.flush()).toBe(true)
  })

  it('goes on in a new draft when this one was sent or discarded elsewhere', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    const closed = vi.fn(main.ports.save).mockResolvedValueOnce(failure('DRAFT_CLOSED'))
    const again = createDraftEditor(draft(), { ...main.ports, save: closed })
    again.edit({ body: 'Words typed too late' })
    expect(await again.flush()).toBe(true)
    expect(again.state.movedOn).toBe(true)
    expect(main.stored).toMatchObject({ draftId: 'new1', contactId: 'c1', subject: 'Psalm', body: 'Words typed too late' })
    expect(editor.state.movedOn).toBe(false)
  })

  const chapel: Photo = { photoId: 'p1', name: 'chapel', type: 'jpeg', width: 4, height: 3, bytes: 9 }
  const candle: Photo = { ...chapel, photoId: 'p2', name: 'candle' }

  it('takes its photos along into that new draft; what the disk refuses is tried again, and no word waits for it', async () => {
    const main = desk()
    const closed = vi.fn(main.ports.save).mockResolvedValueOnce(failure('DRAFT_CLOSED'))
    const editor = createDraftEditor(draft({ photos: [chapel, candle] }), { ...main.ports, save: closed })
    main.copyFails = true
    editor.edit({ body: 'Words typed too late' })
    expect(await editor.flush()).toBe(true)
    expect(main.stored).toMatchObject({ draftId: 'new1', body: 'Words typed too late' })
    expect(editor.state.photos).toEqual([chapel, candle])
    expect(main.copied).toEqual(['chapel into new1'])
    main.copyFails = false
    editor.edit({ body: 'Words typed too late, and more' })
    expect(await editor.flush()).toBe(true)
    expect(main.copied.slice(1)).toEqual(['chapel into new1', 'candle into new1'])
    expect(main.stored?.photos).toEqual([chapel, candle])
    expect(editor.state.photos).toEqual([chapel, candle])
  })

  it('begins a letter with a photo as with a word, and one save after the other', async () => {
    const main = desk()
    const editor = createDraftEditor({ contactId: 'c1' }, main.ports)
    const put = (photo: Photo) => async (draftId: string): Promise<Result<readonly Photo[]>> => success([...editor.state.photos, { ...photo, name: `${photo.name} of ${draftId}` }])
    await Promise.all([editor.changePhotos(put(chapel)), editor.changePhotos(put(candle))])
    expect(main.created).toBe(1)
    expect(editor.state.photos.map(({ name }) => name)).toEqual(['chapel of new1', 'candle of new1'])
    expect(await editor.changePhotos(async () => failure('DISK_FULL'))).toMatchObject({ ok: false, code: 'DISK_FULL' })
    expect(editor.state.photos).toHaveLength(2)
    editor.offerPhotos(draft({ draftId: 'another', photos: [] }))
    expect(editor.state.photos).toHaveLength(2)
    editor.offerPhotos(draft({ draftId: 'new1', photos: [candle] }))
    expect(editor.state.photos).toEqual([candle])
  })

  it('keeps a text that is far too long on the screen and saves the rest', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    const huge = 'x'.repeat(limits.body + 7)
    editor.edit({ body: huge, subject: 'Still saved' })
    expect(await editor.flush()).toBe(false)
    expect(editor.state.fields.body).toBe(huge)
    expect(editor.state.failure?.problems?.['body']).toEqual({ code: 'TOO_LONG', params: { limit: limits.body, over: 7 } })
    expect(main.stored).toMatchObject({ subject: 'Still saved', body: 'Dear Daniel' })
    editor.edit({ body: 'short again' })
    expect(await editor.flush()).toBe(true)
    expect(editor.status.value).toBe('saved')
  })

  it('never sends more than the bridge carries, whatever the letters weigh', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    editor.edit({ body: '\u4e00'.repeat(limits.body - 1) })
    expect(await editor.flush()).toBe(false)
    expect(main.calls).toHaveLength(0)
  })
})

describe('when the draft changed elsewhere', () => {
  it('goes on in the copy, with everything that is on this screen', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    main.stored = draft({ revision: 9, subject: 'Other subject', body: 'Other text' })
    editor.edit({ body: 'My text' })
    expect(await editor.flush()).toBe(true)
    expect(editor.state).toMatchObject({ draftId: 'copy', otherDraftId: 'd1', fields: { subject: 'Psalm', body: 'My text' } })
    await vi.advanceTimersByTimeAsync(idleMs)
    expect(main.stored).toMatchObject({ draftId: 'copy', subject: 'Psalm', body: 'My text' })
    editor.edit({ body: 'My text goes on' })
    expect(await editor.flush()).toBe(true)
    expect(main.stored).toMatchObject({ draftId: 'copy', body: 'My text goes on' })
    editor.forgetConflict()
    expect(editor.state.otherDraftId).toBeNull()
  })

  it('takes a newer text from elsewhere only where nothing unsaved is here', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    expect(editor.offer(draft({ revision: 4, body: 'newer' }))).toBe(true)
    expect(editor.state.fields.body).toBe('newer')
    expect(editor.offer(draft({ revision: 4, body: 'same age' }))).toBe(false)
    expect(editor.offer(draft({ draftId: 'd2', revision: 9 }))).toBe(false)
    editor.edit({ body: 'typing' })
    expect(editor.offer(draft({ revision: 9, body: 'newest' }))).toBe(false)
    expect(editor.state.fields.body).toBe('typing')
  })
})

describe('when the letter is emptied', () => {
  it('saves everything else, asks after a while, and keeps the earlier text', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    editor.edit({ body: '', subject: 'New subject' })
    await vi.advanceTimersByTimeAsync(idleMs)
    expect(main.stored).toMatchObject({ subject: 'New subject', body: 'Dear Daniel' })
    expect(editor.state.askingAboutEmpty).toBe(false)
    await vi.advanceTimersByTimeAsync(askEmptyAfterMs)
    expect(editor.state.askingAboutEmpty).toBe(true)
    editor.keepEarlierText()
    expect(editor.state).toMatchObject({ askingAboutEmpty: false, unsaved: false, fields: { body: 'Dear Daniel' } })
    expect(main.calls.some((call) => 'body' in call.patch)).toBe(false)
  })

  it('asks nothing when somebody only starts again', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    editor.edit({ body: '' })
    await vi.advanceTimersByTimeAsync(1000)
    editor.edit({ body: 'Dear Angela' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(editor.state.askingAboutEmpty).toBe(false)
    expect(main.stored?.body).toBe('Dear Angela')
  })

  it('saves the empty letter once the person said so, and asks again the next time', async () => {
    const main = desk()
    const editor = createDraftEditor(draft(), main.ports)
    editor.edit({ body: '' })
    expect(editor.askAboutEmpty()).toBe(true)
    expect(await editor.saveEmpty()).toBe(true)
    expect(main.calls.at(-1)).toMatchObject({ patch: { body: '' }, allowEmpty: true })
    expect(editor.status.value).toBe('saved')
    editor.edit({ body: 'Again' })
    await editor.flush()
    editor.edit({ body: '' })
    expect(editor.askAboutEmpty()).toBe(true)
  })

  it('asks nothing when the empty text of before comes back by Undo, and what it replaces is kept', async () => {
    const main = desk(draft({ body: '' }))
    const editor = createDraftEditor(draft({ body: '' }), main.ports)
    editor.edit({ body: 'From a document' }, true)
    await editor.flush()
    expect(await editor.putBack({ subject: 'Psalm', body: '' })).toBe(true)
    expect(main.calls.at(-1)).toMatchObject({ patch: { body: '' }, allowEmpty: true, keepEarlier: true })
    expect(main.stored?.body).toBe('')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(editor.state).toMatchObject({ askingAboutEmpty: false, unsaved: false })
    // Emptied by hand it is a question again.
    editor.edit({ body: 'Again' })
    await editor.flush()
    editor.edit({ body: '' })
    expect(editor.askAboutEmpty()).toBe(true)
  })

  it('asks when main refuses, even if it thought otherwise', async () => {
    const main = desk(draft({ body: 'Written elsewhere' }))
    const editor = createDraftEditor(draft({ body: '' }), main.ports)
    editor.edit({ body: 'a' })
    editor.edit({ body: '' })
    expect(await editor.flush()).toBe(true)
    expect(editor.state.askingAboutEmpty).toBe(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(main.calls).toHaveLength(1)
    editor.keepEarlierText()
    expect(editor.state.fields.body).toBe('Written elsewhere')
  })
})

describe('whatever the order of answers, typing and failures', () => {
  const act = fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('type' as const), text: fc.string({ minLength: 1, maxLength: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('subject' as const), text: fc.string({ minLength: 1, maxLength: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 2500 }) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('flush' as const) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('elsewhere' as const) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('closed' as const) }) }
  )

  it('never loses a keystroke and never writes over the screen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(act, { minLength: 1, maxLength: 25 }), fc.infiniteStream(fc.integer({ min: 0, max: 3 })), async (s, acts, luck) => {
        vi.clearAllTimers()
        const drafts = new Map<string, Draft>([['d1', draft()]])
        const closed = new Set<string>()
        /** Everything that was ever on disk: what somebody else writes later does not undo that it was saved. */
        const history: Draft[] = []
        const keep = (one: Draft): Draft => {
          drafts.set(one.draftId, one)
          history.push(one)
          return one
        }
        let made = 0
        let atOnce = 0
        const ports: EditorPorts = {
          create: s.scheduleFunction(async (contactId) => {
            return success(keep(draft({ draftId: `new${++made}`, contactId, subject: '', body: '', revision: 0 })))
          }),
          copyPhoto: () => Promise.reject(new Error('these letters have no photos')),
          save: async (call) => {
            atOnce += 1
            expect(atOnce).toBe(1)
            await s.schedule(Promise.resolve())
            const unlucky = luck.next().value === 0
            let answer: Result<DraftSaved>
            const before = drafts.get(call.draftId)
            if (unlucky || !before) answer = failure('DISK_FULL')
            else if (closed.has(call.draftId)) answer = failure('DRAFT_CLOSED')
            else if (before.revision !== call.baseRevision) {
              const copy = keep({ ...before, ...call.patch, draftId: `copy${++made}`, copyOf: before.draftId, revision: 1 })
              answer = success({ outcome: 'conflict', current: before, copy })
            } else {
              const after = keep({ ...before, ...call.patch, revision: before.revision + 1 })
              answer = success({ outcome: 'saved', draft: after })
            }
            await s.schedule(Promise.resolve())
            atOnce -= 1
            return answer
          },
          clock: () => Date.now(),
          setTimer: (run, ms) => setTimeout(run, ms) as unknown as number,
          clearTimer: (timer) => clearTimeout(timer)
        }
        const editor = createDraftEditor(draft(), ports)
        let body = draft().body
        let subject = draft().subject
        for (const one of acts) {
          if (one.type === 'type') editor.edit({ body: (body += one.text) })
          if (one.type === 'subject') editor.edit({ subject: (subject += one.text) })
          if (one.type === 'wait') await vi.advanceTimersByTimeAsync(one.ms)
          if (one.type === 'flush') void editor.flush()
          if (one.type === 'elsewhere') for (const [id, other] of drafts) drafts.set(id, { ...other, body: `${other.body} (elsewhere)`, revision: other.revision + 1 })
          if (one.type === 'closed') for (const id of drafts.keys()) closed.add(id)
          if (s.count() > 0) await s.waitNext(1)
          expect(editor.state.fields).toMatchObject({ body, subject })
        }
        const typed = acts.some((one) => one.type === 'type' || one.type === 'subject')
        for (let turns = 0; turns < 400 && (editor.state.unsaved || s.count() > 0); turns += 1) {
          await vi.advanceTimersByTimeAsync(1000)
          if (s.count() > 0) await s.waitIdle()
        }
        expect(editor.state.unsaved).toBe(false)
        expect(editor.state.fields).toMatchObject({ body, subject })
        const kept = history.some((one) => one.draftId === editor.state.draftId && one.body === body && one.subject === subject)
        expect(kept || !typed).toBe(true)
        editor.stop()
      }),
      { numRuns: 300 }
    )
  })
})
