import { describe, expect, it } from 'vitest'
import { createClock } from '../../../src-main/service/clock'
import { foldPerson, foldQuery } from '../../../src-main/service/directory/fold'
import { letterStrokes, spokenNames } from '../../../src-main/service/identity/alphabet'
import { drawCode } from '../../../src-main/service/identity/picture'
import { createFaultDice } from '../../../src-main/service/line/faults'
import { noFaults } from '../../../src-main/service/config'
import { isSpanish } from '../../../src-main/rules/language'
import { writeReply } from '../../../src-main/service/messaging/replies'
import { judge } from '../../../src-main/service/messaging/screening'
import { statusOf } from '../../../src-main/service/outcome'
import { createPrng } from '../../../src-main/service/prng'
import { createQueue } from '../../../src-main/service/queue'
import { failureCodes, isFinal } from '../../../src-main/wire/failures'

describe('the stream of chance', () => {
  it('is the same for the same seed, another for a neighbour, and even', () => {
    const take = (seed: number) => Array.from({ length: 50 }, ((prng) => () => prng.next())(createPrng(seed, 'x')))
    expect(take(1)).toEqual(take(1))
    expect(take(1)).not.toEqual(take(2))
    const prng = createPrng(9)
    const counts = Array.from({ length: 10 }, () => 0)
    for (let index = 0; index < 10_000; index += 1) counts[prng.between(0, 9)]! += 1
    for (const count of counts) expect(count).toBeGreaterThan(850)
  })

  it('does not mix up its names', () => {
    expect(createPrng('a', 'bc').next()).not.toBe(createPrng('ab', 'c').next())
    expect(createPrng(1, 'x').chance(0)).toBe(false)
    expect(createPrng(1, 'x').chance(1)).toBe(true)
    expect(() => createPrng(1).pick([])).toThrow()
  })
})

describe('the clock', () => {
  const at = (host: { now: number }, more: { start?: number; rate?: number; kept?: { host: number; time: number } } = {}) =>
    createClock({ now: () => host.now, uptime: () => host.now, start: more.start ?? null, rate: more.rate ?? 1, kept: more.kept ?? null })

  it('goes on from its mark, over a restart too, also when the host was set back meanwhile', () => {
    const host = { now: 1_000 }
    const first = at(host, { start: 50_000, rate: 2 })
    host.now = 2_000
    expect(first.time()).toBe(52_000)
    const kept = first.mark()
    host.now = 3_000
    expect(at(host, { start: 50_000, rate: 2, kept }).time()).toBe(54_000)
    host.now = 10
    expect(at(host, { start: 50_000, rate: 2, kept }).time()).toBe(52_000)
  })

  it('jumps to a later start when the options name one', () => {
    const host = { now: 1_000 }
    expect(at(host, { start: 90_000, kept: { host: 1_000, time: 50_000 } }).time()).toBe(90_000)
    expect(at(host, { start: 10_000, kept: { host: 1_000, time: 50_000 } }).time()).toBe(50_000)
  })

  it('stands still at rate 0 and still moves forward', () => {
    const host = { now: 0 }
    const clock = at(host, { rate: 0, start: 100 })
    host.now = 5_000
    expect(clock.time()).toBe(100)
    clock.forward(50)
    clock.forward(-50)
    expect(clock.time()).toBe(150)
  })
})

describe('the picture', () => {
  it('can draw and say every letter', () => {
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
      const lines = letterStrokes(letter)
      expect(lines.length).toBeGreaterThan(0)
      for (const { x, y } of lines.flat()) expect(x >= 0 && x <= 4 && y >= 0 && y <= 6).toBe(true)
      expect(spokenNames[letter]?.[0]).toBe(letter)
    }
    expect(letterStrokes('ß')).toEqual([])
  })

  it('is another one each time, small, and stays inside its frame', () => {
    const one = drawCode('PSALM', createPrng(1))
    expect(one).not.toBe(drawCode('PSALM', createPrng(2)))
    expect(one.length).toBeLessThan(20_000)
    expect(one).not.toContain('NaN')
    const numbers = [...one.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)]
    for (const [, x, y] of numbers) {
      expect(Number(x)).toBeGreaterThan(-6)
      expect(Number(x)).toBeLessThan(366)
      expect(Number(y)).toBeGreaterThan(-6)
      expect(Number(y)).toBeLessThan(96)
    }
  })
})

describe('what a person is found by', () => {
  it('folds case, accents, hyphens and apostrophes', () => {
    expect(foldPerson({ firstName: 'José', lastName: "O'Brien-Weiß", number: '98-A-0004' })).toBe(' jose o brien weiss obrienweiss 98 a 0004 98a0004')
    expect(foldQuery(' JOSÉ  o’brien ')).toEqual(['jose', 'o', 'brien'])
    expect(foldQuery('')).toEqual([])
    expect(foldQuery('%_*')).toBeNull()
  })
})

describe('screening', () => {
  it.each([
    ['a psalm', 'Let us be glad in it.', 'pass', null],
    ['Tabáco', 'no', 'hold', 'contraband'],
    ['hello', 'meet the GANG\n\nat noon', 'hold', 'gang'],
    ['hello', 'the organgang is not one', 'pass', null],
    ['hello', 'no contrabands here', 'pass', null],
    ['hello', 'tobacco is contraband', 'refuse', 'contraband'],
    ['hello', 'tobacco, and an escape   plan', 'refuse', 'other'],
    ['hello', '[Chorus] la la', 'refuse', 'lyrics'],
    ['secret', 'code', 'pass', null]
  ])('%j %j → %s %s', (subject, body, verdict, finding) => {
    expect(judge({ subject, body })).toMatchObject({ verdict, finding })
  })

  it('reads a very long letter quickly', () => {
    const begun = performance.now()
    judge({ subject: 'x', body: 'pass this on '.repeat(3_000) })
    expect(performance.now() - begun).toBeLessThan(500)
  })

  it.each([
    ['Querido hermano, te escribo para decirte que pensamos mucho en ti y que rezamos por ti.', true],
    ['Dear brother, we think of you often, and we pray for you and for your family.', false],
    ['José García says hola from San Antonio, where the fiesta was.', false],
    ['', false],
    ['12345 67890', false]
  ])('%j is Spanish: %s', (body, expected) => {
    expect(isSpanish(body)).toBe(expected)
  })
})

describe('an answer', () => {
  it('is in the letter’s language, names both, leaves nothing open, and is the same again', () => {
    for (let index = 0; index < 60; index += 1) {
      const letter = { key: `key-${index}`, language: index % 2 === 0 ? ('en' as const) : ('es' as const), submittedAt: Date.parse('2026-11-23T15:00:00Z') }
      const names = { first: '$& Maria', from: 'Daniel' }
      const { subject, body } = writeReply(7, letter, names)
      expect(writeReply(7, letter, names)).toEqual({ subject, body })
      expect(subject).toBe('Re: your letter of November 23')
      expect(body).toContain('$& Maria')
      expect(body).toContain('Daniel')
      expect(body).not.toMatch(/[{}]/)
    }
  })
})

describe('the line’s faults', () => {
  it('never fire at 0, always at 1, one at a time, and are counted by moment', () => {
    const dice = createFaultDice(createPrng(1))
    for (let call = 0; call < 200; call += 1) expect(dice.roll(noFaults)).toBeNull()
    for (let call = 0; call < 200; call += 1) expect(dice.roll({ ...noFaults, error500: 1, error429: 1 })?.fault).toBe('error500')
    const { error500, error429 } = dice.fired()
    expect(error500.before + error500.after).toBe(200)
    expect(error500.before).toBeGreaterThan(60)
    expect(error500.after).toBeGreaterThan(60)
    expect(error429).toEqual({ before: 0, after: 0 })
  })
})

describe('statuses', () => {
  it('what a letter or a purchase can be refused with is final; trouble, haste and a lost session are not', () => {
    const asked = failureCodes.filter((code) => !['CHECK_EMAIL', 'LAST_COORDINATOR'].includes(code))
    expect(asked.filter((code) => !isFinal({ status: statusOf[code], code }))).toEqual(['UNAUTHENTICATED', 'TOO_MANY_REQUESTS', 'TROUBLE'])
  })
  it('only the statuses of the list are final, whatever else may come', () => {
    const final = Array.from({ length: 200 }, (_, index) => 400 + index).filter((status) => isFinal({ status, code: 'TROUBLE' }))
    expect(final).toEqual([400, 402, 403, 404, 410, 413, 422])
    expect(isFinal({ status: 403, code: 'UNAUTHENTICATED' })).toBe(false)
  })
})

describe('the queue', () => {
  it('runs one after the other and goes on after a failure', async () => {
    const queue = createQueue()
    const seen: string[] = []
    const work = (name: string, fails = false) =>
      queue.run(async () => {
        seen.push(`${name} begins`)
        await new Promise((resolve) => setTimeout(resolve, 1))
        seen.push(`${name} ends`)
        if (fails) throw new Error(name)
        return name
      })
    const results = await Promise.allSettled([work('a'), work('b', true), work('c')])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })
})
