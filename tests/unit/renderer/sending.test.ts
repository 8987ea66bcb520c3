import { beforeEach, describe, expect, it, vi } from 'vitest'
import { failure, success, type Result } from '@contract/result'
import type { Draft, DraftSaved, Facility, Letter, LetterQuote } from '@contract/views'
import { createDraftEditor } from '@/features/letters/draft-editor'
import { useSending } from '@/features/letters/use-sending'

const letters = vi.hoisted(() => ({ quote: vi.fn(), send: vi.fn() }))
const push = vi.hoisted(() => vi.fn())
vi.mock('@/stores/letters', () => ({ useLettersStore: () => letters }))
vi.mock('vue-router', () => ({ useRouter: () => ({ push }) }))

const draft: Draft = { draftId: 'd1', contactId: 'c1', subject: 'Psalm', body: 'Dear Daniel', prepaidReply: false, revision: 3, createdAt: 1, savedAt: 1, copyOf: null, photos: [] }
const facility = { maxChars: 100, maxLines: null, media: { photos: 5, video: false } } as Facility
const quote = (over: Partial<LetterQuote> = {}): Result<LetterQuote> =>
  success({ ticket: 't1', draftId: 'd1', revision: 3, stamps: 1, photoCount: 0, unit: 'stamp', availableBefore: 5, availableAfter: 4, sendsLater: false, insteadOf: null, contact: {} as LetterQuote['contact'], ...over })

const begin = (start: Draft = draft, refresh = vi.fn(async () => false), settled = vi.fn(async () => undefined)) => {
  let stored = start
  const save = vi.fn(async ({ patch }: { patch: Partial<Draft> }): Promise<Result<DraftSaved>> => {
    stored = { ...stored, ...patch, revision: stored.revision + 1 }
    return success({ outcome: 'saved', draft: stored })
  })
  const editor = createDraftEditor(start, {
    create: async () => success(start),
    save,
    copyPhoto: async () => success([]),
    clock: () => 0,
    setTimer: () => 0,
    clearTimer: () => undefined
  })
  const finish = vi.fn()
  return { editor, save, finish, refresh, sending: useSending(editor, () => facility, { refresh, finish, settled }) }
}

beforeEach(() => {
  vi.resetAllMocks()
  letters.quote.mockResolvedValue(quote())
  letters.send.mockResolvedValue(success({ letterId: 'l1' } as Letter))
})

describe('sending a letter', () => {
  it('checks, saves, asks, and sends once however often Confirm is pressed', async () => {
    const { editor, save, finish, sending } = begin()
    editor.edit({ body: 'Dear Daniel, more' })
    await Promise.all([sending.send(), sending.send()])
    expect(save).toHaveBeenCalledOnce()
    expect(letters.quote).toHaveBeenCalledExactlyOnceWith('d1', 4)
    letters.quote.mockResolvedValue(quote({ revision: 4 }))
    sending.cancel()
    await sending.send()
    await Promise.all([sending.confirm(), sending.confirm(), sending.confirm()])
    await sending.confirm()
    expect(letters.send).toHaveBeenCalledExactlyOnceWith('t1')
    expect(finish).toHaveBeenCalledOnce()
    expect(push).toHaveBeenCalledExactlyOnceWith({ name: 'sent' })
  })

  it('goes to the Outbox when the service cannot be reached', async () => {
    letters.quote.mockResolvedValue(quote({ sendsLater: true }))
    const { sending } = begin()
    await sending.send()
    await sending.confirm()
    expect(push).toHaveBeenCalledWith({ name: 'outbox' })
  })

  it('asks nothing while something is missing, and says all of it', async () => {
    const { editor, sending } = begin({ ...draft, contactId: null, subject: ' ', body: '' })
    await sending.send()
    expect(letters.quote).not.toHaveBeenCalled()
    expect(sending.attempt.value).toBe(1)
    expect(sending.errors.value).toEqual({
      to: 'Choose who the letter is for.',
      subject: 'Write a subject, a few words are enough.',
      body: 'Write something before sending.'
    })
    editor.edit({ subject: 'Hello' })
    expect(sending.errors.value.subject).toBeUndefined()
  })

  it('counts what is too many', async () => {
    const { sending } = begin({ ...draft, body: 'x'.repeat(112) })
    await sending.send()
    expect(sending.errors.value.body).toBe('100 characters is the limit: 12 too many (marked).')
  })

  it('asks nothing when the words could not be saved', async () => {
    const { editor, save, sending } = begin()
    save.mockResolvedValue(failure('DISK_FULL'))
    editor.edit({ body: 'more' })
    await sending.send()
    expect(letters.quote).not.toHaveBeenCalled()
    expect(sending.question.value).toBeNull()
  })

  it('says that stamps are missing', async () => {
    letters.quote.mockResolvedValue(failure('NOT_ENOUGH_STAMPS', { params: { need: 2, have: 1 } }))
    const { sending } = begin()
    await sending.send()
    expect(sending.question.value).toBeNull()
    expect(sending.failed.value?.code).toBe('NOT_ENOUGH_STAMPS')
  })

  it.each(['CONFIRM_AGAIN', 'PRICE_CHANGED'] as const)('asks again after %s, with a new ticket', async (code) => {
    const { sending } = begin()
    await sending.send()
    letters.send.mockResolvedValueOnce(failure(code))
    letters.quote.mockResolvedValue(quote({ ticket: 't2' }))
    await sending.confirm()
    expect(sending.question.value?.ticket).toBe('t2')
    expect(sending.again.value?.code).toBe(code)
    await sending.confirm()
    expect(letters.send).toHaveBeenLastCalledWith('t2')
  })

  it('does not even ask main when the letter changed behind the dialog', async () => {
    const { editor, sending } = begin()
    await sending.send()
    editor.edit({ body: 'changed' })
    letters.quote.mockResolvedValue(quote({ ticket: 't2', revision: 4 }))
    await sending.confirm()
    expect(letters.send).not.toHaveBeenCalled()
    expect(sending.again.value?.code).toBe('LETTER_CHANGED')
    expect(sending.question.value?.ticket).toBe('t2')
  })

  it('shows a text that came from elsewhere before it asks again', async () => {
    const { sending } = begin(draft, vi.fn(async () => true))
    letters.quote.mockResolvedValue(failure('LETTER_CHANGED'))
    await sending.send()
    expect(sending.question.value).toBeNull()
    expect(sending.failed.value?.code).toBe('LETTER_CHANGED')
  })
})
