import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextDelayMs, stillTryingAfterMs } from '@rules/backoff'
import { canCancel, canMove, canProgress, deliveryStates, letterStates } from '@rules/delivery-states'
import { classifySave } from '@rules/draft-conflict'

describe('delivery states', () => {
  const edges = ['QUEUED→SENDING', 'SENDING→SENDING', 'SENDING→SENT', 'SENDING→REJECTED', 'QUEUED→CANCELLED']
  it('has exactly these edges', () => {
    const found = deliveryStates.flatMap((from) => deliveryStates.filter((to) => canMove(from, to)).map((to) => `${from}→${to}`))
    expect(found.sort()).toEqual([...edges].sort())
  })
  it('only a waiting letter that was never tried can be taken back', () => {
    for (const state of deliveryStates) {
      for (const attempts of [0, 1, 5]) expect(canCancel({ state, attempts })).toBe(state === 'QUEUED' && attempts === 0)
    }
  })
})

describe('what the service says', () => {
  it.each([
    ['submitted', 'screening', true],
    ['submitted', 'delivered', true],
    ['screening', 'held', true],
    ['held', 'approved', true],
    ['approved', 'delivered', true],
    ['delivered', 'replied', true],
    ['screening', 'rejected', true],
    ['held', 'rejected', true],
    ['approved', 'rejected', false],
    ['approved', 'undeliverable', true],
    ['delivered', 'undeliverable', false],
    ['delivered', 'screening', false],
    ['rejected', 'delivered', false],
    ['undeliverable', 'approved', false],
    ['replied', 'delivered', false]
  ] as const)('%s → %s: %s', (from, to, may) => {
    expect(canProgress(from, to)).toBe(may)
  })

  it('never repeats and never goes in a circle, whatever order the news comes in', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letterStates), { maxLength: 30 }), (news) => {
        const seen: string[] = ['submitted']
        let now: (typeof letterStates)[number] = 'submitted'
        for (const next of news) {
          if (!canProgress(now, next)) continue
          now = next
          seen.push(now)
        }
        expect(new Set(seen).size).toBe(seen.length)
      })
    )
  })
})

describe('backoff', () => {
  it('2^n seconds, half of it chance, 15 minutes at most', () => {
    expect(nextDelayMs(0, 1)).toBe(1_000)
    expect(nextDelayMs(1, 1)).toBe(2_000)
    expect(nextDelayMs(3, 1)).toBe(8_000)
    expect(nextDelayMs(3, 0)).toBe(4_000)
    expect(nextDelayMs(9, 1)).toBe(512_000)
    expect(nextDelayMs(10, 1)).toBe(900_000)
    expect(nextDelayMs(1e9, 1)).toBe(900_000)
    expect(stillTryingAfterMs).toBe(86_400_000)
  })
  it('is always a whole number within bounds and never shrinks with the tries', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, chance) => {
        const delay = nextDelayMs(attempts, chance)
        expect(Number.isInteger(delay)).toBe(true)
        expect(delay).toBeGreaterThanOrEqual(500)
        expect(delay).toBeLessThanOrEqual(900_000)
        expect(nextDelayMs(attempts + 1, chance)).toBeGreaterThanOrEqual(delay)
      })
    )
  })
})

describe('classifySave', () => {
  const long = 'Dear Daniel, the tomatoes did come up after all. '.repeat(30)
  const save = { storedRevision: 4, baseRevision: 4, storedBody: 'Dear Daniel', newBody: 'Dear Daniel,', longestBody: () => 'Dear Daniel', allowEmpty: false, lossAnswered: false }
  it.each([
    ['an ordinary save', {}, 'save'],
    ['the draft changed elsewhere', { storedRevision: 5 }, 'conflict'],
    ['a base from the future (restored copy)', { baseRevision: 9 }, 'conflict'],
    ['changed elsewhere and empty', { storedRevision: 5, newBody: '' }, 'conflict'],
    ['nothing over a written text', { newBody: '' }, 'empty'],
    ['spaces over a written text', { newBody: ' \n\u200b' }, 'empty'],
    ['nothing, and the person said yes', { newBody: '', allowEmpty: true }, 'save'],
    ['changed elsewhere, and the person said yes to empty', { storedRevision: 5, newBody: '', allowEmpty: true }, 'conflict'],
    ['nothing over nothing', { storedBody: ' ', newBody: '' }, 'save'],
    ['first words', { storedBody: '', newBody: 'D' }, 'save'],
    ['one word of a long letter', { storedBody: long, newBody: 'Dear' }, 'wordsLost'],
    ['one word of a long letter, and the person said yes', { storedBody: long, newBody: 'Dear', lossAnswered: true }, 'save'],
    ['one word of a long letter that changed elsewhere', { storedRevision: 5, storedBody: long, newBody: 'Dear' }, 'conflict'],
    ['the last bit of a letter that was deleted little by little', { storedBody: long.slice(0, 700), newBody: long.slice(0, 600), longestBody: () => long }, 'wordsLost'],
    ['typing on in what is left', { storedBody: long.slice(0, 600), newBody: `${long.slice(0, 600)} and`, longestBody: () => long }, 'save'],
    ['nothing of a long letter is the other question', { storedBody: long, newBody: '' }, 'empty']
  ])('%s', (_what, change, outcome) => {
    expect(classifySave({ ...save, ...change }).class).toBe(outcome)
  })
})
