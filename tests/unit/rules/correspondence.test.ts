/** When a letter should arrive, when it is late, in which order a conversation stands. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectedRange, lateStep, workingDaysLate } from '@rules/expected-date'
import { subjectLimit } from '@rules/letter-checks'
import { replySubject } from '@rules/reply-subject'
import { mergeStreams, newestPlace, oldestPlace } from '@rules/thread-order'
import { isWorkingDay } from '@rules/working-days'

const at = (text: string): number => Date.parse(`${text}Z`)
const day = 24 * 60 * 60 * 1000
const delay = (hours: number, workingDays = false) => ({ delay: { hours, workingDays } })
const cedar = delay(1)
const letter = (state: 'submitted' | 'screening' | 'held' | 'approved', taken: string, since = taken) => ({ state, takenAt: at(taken), since: at(since), spanish: false, photos: false })

describe('the day a letter is expected by', () => {
  it('allows for somebody looking at it, in working days', () => {
    // Friday 10:00: two working days later is Tuesday 10:00, however quick the facility usually is.
    const range = expectedRange(cedar, letter('submitted', '2026-11-27T10:00'))
    expect(range).toEqual({ from: at('2026-11-27T11:00'), by: at('2026-12-01T10:30') })
  })
  it('a facility that takes longer than a review is given its time', () => {
    expect(expectedRange(delay(240), letter('screening', '2026-11-23T10:00'))).toEqual({ from: at('2026-12-03T10:00'), by: at('2026-12-03T10:30') })
  })
  it('working days only where the facility says so', () => {
    expect(expectedRange(delay(48, true), letter('submitted', '2026-11-27T10:00'))?.from).toBe(at('2026-12-01T10:00'))
    expect(expectedRange(delay(48), letter('submitted', '2026-11-27T10:00'))?.from).toBe(at('2026-11-29T10:00'))
  })
  it('held: two working days from the day it was held', () => {
    expect(expectedRange(cedar, letter('held', '2026-11-23T10:00', '2026-11-26T10:00'))?.by).toBe(at('2026-11-30T10:30'))
  })
  it('a letter in Spanish waits longer where that is so', () => {
    const facility = { ...delay(240), spanishExtraDays: 3 }
    const sent = letter('submitted', '2026-11-23T10:00')
    expect(expectedRange(facility, { ...sent, spanish: true })?.from).toBe(at('2026-12-06T10:00'))
    expect(expectedRange(facility, sent)?.from).toBe(at('2026-12-03T10:00'))
  })
  it('a letter with photos is given the time somebody takes to look at them', () => {
    const facility = { ...cedar, holdPhotosWorkingDays: 5 }
    const held = letter('held', '2026-11-23T10:00', '2026-11-24T10:00')
    expect(expectedRange(facility, { ...held, photos: true })?.by).toBe(at('2026-12-01T10:30'))
    expect(expectedRange(facility, held)?.by).toBe(at('2026-11-26T10:30'))
  })
  it.each(['queued', 'sending', 'delivered', 'replied', 'rejected', 'undeliverable', 'refused', 'cancelled'] as const)('%s expects nothing', (state) => {
    expect(expectedRange(cedar, { state, since: 0, takenAt: 0, spanish: false, photos: false })).toBeNull()
  })
})

describe('late', () => {
  const friday = at('2026-11-27T16:00')
  it('not on the day itself and not over the weekend after it', () => {
    expect(workingDaysLate(friday, at('2026-11-27T23:59'))).toBe(0)
    expect(workingDaysLate(friday, at('2026-11-29T23:59'))).toBe(0)
    expect(workingDaysLate(friday, at('2026-11-30T00:00'))).toBe(1)
    expect(workingDaysLate(friday, at('2026-12-04T12:00'))).toBe(5)
    expect(workingDaysLate(friday, at('2026-12-05T12:00'))).toBe(5)
    expect(workingDaysLate(friday, at('2026-12-07T12:00'))).toBe(6)
  })
  it('counts like a calendar does, whatever the days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 24 }), fc.integer({ min: 0, max: 40 * 24 }), (start, length) => {
        const by = start * 3_600_000
        const now = by + length * 3_600_000
        let days = 0
        for (let one = Math.floor(by / day) + 1; one <= Math.floor(now / day); one += 1) if (isWorkingDay(one * day)) days += 1
        expect(workingDaysLate(by, now)).toBe(days)
      })
    )
  })
  it('patience, a question, an appeal', () => {
    expect([0, 1, 2, 3, 9, 10, 200].map(lateStep)).toEqual([null, 'wait', 'wait', 'ask', 'ask', 'appeal', 'appeal'])
  })
})

describe('the subject of an answer', () => {
  it.each([
    ['The psalm', 'Re: The psalm'],
    ['Re: The psalm', 'Re: The psalm'],
    ['RE: re:  AW: The psalm', 'Re: The psalm'],
    ['Re[2]: The psalm', 'Re: The psalm'],
    ['Reading the psalm', 'Re: Reading the psalm'],
    ['', 'Re:']
  ])('%j becomes %j', (subject, expected) => {
    expect(replySubject(subject)).toBe(expected)
  })
  it('never grows beyond what a subject may be, and is the same the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (subject) => {
        const once = replySubject(subject)
        expect([...once].length).toBeLessThanOrEqual(subjectLimit)
        expect(replySubject(once)).toBe(once)
      })
    )
  })
})

describe('the order of a thread', () => {
  type Place = { readonly at: number; readonly seq: number }
  type Cursor = typeof newestPlace
  type Streams = { readonly letters: readonly ReturnType<typeof written>[]; readonly replies: readonly ReturnType<typeof received>[]; readonly imported: readonly ReturnType<typeof fromArchive>[] }
  const start = { letters: { at: Infinity, seq: 0 }, replies: { at: Infinity, seq: 0 }, imported: { at: Infinity, seq: 0 } }
  const written = (seq: number, confirmedAt: number, takenAt: number | null) => ({ seq, at: confirmedAt, letterId: `l${seq}`, takenAt })
  const received = (seq: number, receivedAt: number) => ({ seq, at: receivedAt, messageId: `r${seq}` })
  const fromArchive = (seq: number, at: number) => ({ seq, at, importedId: `i${seq}` })
  const names = (items: readonly object[]): readonly string[] => items.map((item) => ('letterId' in item ? String(item.letterId) : 'messageId' in item ? String(item.messageId) : 'importedId' in item ? String(item.importedId) : ''))

  it('goes by the service’s clock, and a letter that waits stands last', () => {
    const letters = [written(3, 30, null), written(2, 20, 250), written(1, 10, 10)]
    expect(names(mergeStreams({ letters, replies: [received(1, 200)], imported: [fromArchive(1, 100)] }, start, 10).items)).toEqual(['l3', 'l2', 'r1', 'i1', 'l1'])
  })
  it('pages of any size hold the same, in the same order, once', () => {
    const stream = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 25 })
    fc.assert(
      fc.property(stream, stream, stream, fc.integer({ min: 1, max: 7 }), (lettersAt, repliesAt, importedAt, size) => {
        const letters = lettersAt.sort((a, b) => b - a).map((time, index) => written(lettersAt.length - index, time, time))
        const replies = repliesAt.sort((a, b) => b - a).map((time, index) => received(repliesAt.length - index, time))
        const imported = importedAt.sort((a, b) => b - a).map((time, index) => fromArchive(importedAt.length - index, time))
        const whole = names(mergeStreams({ letters, replies, imported }, start, 100).items)
        expect([...whole].sort()).toEqual([...names(letters), ...names(replies), ...names(imported)].sort())
        const paged: string[] = []
        const older = (place: { readonly at: number; readonly seq: number }) => (one: { readonly at: number; readonly seq: number }): boolean =>
          one.at < place.at || (one.at === place.at && one.seq < place.seq)
        let before: typeof start | null = start
        while (before !== null) {
          const page: ReturnType<typeof mergeStreams> = mergeStreams(
            {
              letters: letters.filter(older(before.letters)).slice(0, size + 1),
              replies: replies.filter(older(before.replies)).slice(0, size + 1),
              imported: imported.filter(older(before.imported)).slice(0, size + 1)
            },
            before,
            size
          )
          paged.push(...names(page.items))
          before = page.next
        }
        expect(paged).toEqual(whole)
      })
    )
  })
  it('a page read again by itself holds what came in since, at whatever time, and all pages together are still the whole', () => {
    const stream = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 })
    const inStretch = (before: Place, downTo: Place) => (one: Place): boolean =>
      (one.at < before.at || (one.at === before.at && one.seq < before.seq)) && (one.at > downTo.at || (one.at === downTo.at && one.seq >= downTo.seq))
    fc.assert(
      fc.property(stream, stream, stream, stream, stream, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 7 }), (lettersAt, repliesAt, importedAt, repliesLater, importedLater, lettersLater, size) => {
        const byPlace = (a: Place, b: Place): number => b.at - a.at || b.seq - a.seq
        // Letters are confirmed, and taken, one after the other; the newest of all may still wait.
        const letters = [...lettersAt].sort((a, b) => b - a).map((time, index) => written(lettersAt.length - index, time, index === 0 && time % 2 === 0 ? null : time))
        const replies = repliesAt.map((time, index) => received(index + 1, time)).sort(byPlace)
        const imported = importedAt.map((time, index) => fromArchive(index + 1, time)).sort(byPlace)
        const pageOf = (from: Streams, before: Cursor, downTo: Cursor, most: number) =>
          mergeStreams(
            {
              letters: from.letters.filter(inStretch(before.letters, downTo.letters)).slice(0, most + 1),
              replies: from.replies.filter(inStretch(before.replies, downTo.replies)).slice(0, most + 1),
              imported: from.imported.filter(inStretch(before.imported, downTo.imported)).slice(0, most + 1)
            },
            before,
            most,
            downTo
          )
        const stretches: { before: Cursor; downTo: Cursor; waits: boolean }[] = []
        for (let before: Cursor | null = newestPlace; before !== null; ) {
          const { next, items }: ReturnType<typeof mergeStreams> = pageOf({ letters, replies, imported }, before, oldestPlace, size)
          stretches.push({ before, downTo: next ?? oldestPlace, waits: items.some((item) => 'takenAt' in item && item.takenAt === null) })
          before = next
        }
        // What waited was taken; new letters, answers and an older archive came in.
        const after: Streams = {
          letters: [...Array.from({ length: lettersLater }, (_, index) => written(100 - index, 60 - index, index === 0 ? null : 60 - index)), ...letters.map((one) => ({ ...one, takenAt: one.takenAt ?? 55 }))],
          replies: [...replies, ...repliesLater.map((time, index) => received(100 + index, time))].sort(byPlace),
          imported: [...imported, ...importedLater.map((time, index) => fromArchive(100 + index, time))].sort(byPlace)
        }
        // As the window reads them: down to the last that waited in one go.
        const top = Math.max(0, stretches.findLastIndex(({ waits }) => waits))
        const anew = [{ before: newestPlace, downTo: stretches[top]?.downTo ?? oldestPlace }, ...stretches.slice(top + 1)]
        expect(anew.flatMap(({ before, downTo }) => names(pageOf(after, before, downTo, 1_000).items))).toEqual(names(mergeStreams(after, newestPlace, 1_000).items))
      }),
      { numRuns: 2_000 }
    )
  })
})
