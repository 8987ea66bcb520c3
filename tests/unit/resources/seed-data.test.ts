import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { FacilityRules } from '@contract/facility'
import type { PersonStatus } from '@contract/views'
import { checkNumber, normaliseNumber } from '@rules/contact'
import { states } from '@rules/states'

type Person = readonly [facility: number, number: string, first: string, last: string, status: PersonStatus]
type Reply = { readonly id: string; readonly language: 'en' | 'es'; readonly subject: string; readonly body: string }
type Words = { readonly reason: string; readonly held: readonly string[]; readonly rejected: readonly string[] }

const root = new URL('../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const facilities = JSON.parse(read('resources/service/facilities.json')) as readonly FacilityRules[]
const people = JSON.parse(read('resources/service/people.json')) as readonly Person[]
const replies = JSON.parse(read('resources/service/replies.json')) as readonly Reply[]
const screening = JSON.parse(read('resources/service/screening-words.json')) as readonly Words[]

const at = (id: string): readonly Person[] => people.filter((person) => facilities[person[0]]?.id === id)
const named = (id: string, name: string): readonly Person[] => at(id).filter(([, , first, last]) => `${first} ${last}` === name)

describe('states', () => {
  it('are those of the rules', () => {
    const listed = JSON.parse(read('resources/service/states.json')) as readonly { code: string; name: string }[]
    expect(listed).toEqual(states.map(({ code, name }) => ({ code, name })))
  })
})

describe('facilities', () => {
  it('are the six of the rulebook, with their prices', () => {
    expect(facilities.map(({ id, state }) => [id, state])).toEqual([
      ['cedar-state', 'TX'],
      ['bay-state-prison', 'CA'],
      ['river-federal', 'CO'],
      ['elm-county-jail', 'OH'],
      ['north-reception', 'NY'],
      ['st-dismas-womens', 'FL']
    ])
    expect(facilities.map(({ packages }) => packages.map(({ stamps, cents }) => [stamps, cents]))).toEqual([
      [[20, 500], [60, 1350], [100, 2000]],
      [[10, 390], [50, 1700]],
      [],
      [[10, 500], [20, 1000], [50, 2500]],
      [[30, 420]],
      [[20, 500]]
    ])
    expect(facilities.map(({ charsPerStamp, maxChars, maxLines }) => [charsPerStamp, maxChars, maxLines])).toEqual([
      [6_000, 20_000, null],
      [4_800, 9_600, null],
      [null, 13_000, 100],
      [30_000, 30_000, null],
      [6_000, 6_000, null],
      [2_000, 2_000, null]
    ])
  })

  it('have unique package ids, and every key', () => {
    const ids = facilities.flatMap(({ packages }) => packages.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
    const keys = facilities.map((one) => Object.keys(one).sort().join())
    expect(new Set(keys).size).toBe(1)
  })

  it.each(facilities)('$name: the example fits the mask, and free means no packages', (one) => {
    expect(checkNumber(one, one.idMask.example)).toBeNull()
    expect(one.freeMessages).toBe(one.packages.length === 0)
    const sentences = one.rulesText.split(/(?<=[.!?])\s+/)
    expect(sentences.length).toBeGreaterThanOrEqual(2)
    expect(sentences.length).toBeLessThanOrEqual(4)
  })
})

describe('people', () => {
  it('are at least 5,000, at least 400 in each facility, in less than 400 kB', () => {
    expect(people.length).toBeGreaterThanOrEqual(5_000)
    for (const { id } of facilities) expect(at(id).length).toBeGreaterThanOrEqual(400)
    expect(Buffer.byteLength(read('resources/service/people.json'))).toBeLessThan(400_000)
  })

  it('have a number that fits, in the form it is stored in, and nobody else has there', () => {
    for (const one of facilities) {
      const numbers = at(one.id).map(([, number]) => number)
      expect(numbers.filter((number) => checkNumber(one, number) !== null || normaliseNumber(one.idMask, number) !== number)).toEqual([])
      expect(new Set(numbers).size).toBe(numbers.length)
    }
  })

  it('have names in NFC and a known status', () => {
    const odd = people.filter(
      ([, , first, last, status]) =>
        !/^[\p{Lu}][\p{L}.' -]+$/u.test(first) ||
        !/^[\p{Lu}][\p{L}.' -]+$/u.test(last) ||
        `${first}${last}` !== `${first}${last}`.normalize('NFC') ||
        !['active', 'transferred', 'released', 'suspended'].includes(status)
    )
    expect(odd).toEqual([])
  })

  it('collide: names within a facility, numbers between facilities, leading zeros', () => {
    expect(named('cedar-state', 'Daniel Reyes').map(([, number]) => number)).toEqual(['017502', '448213', '448231', '460931'])
    expect(named('cedar-state', 'José García')).toHaveLength(2)
    expect(new Set(people.filter(([, , first, last]) => `${first} ${last}` === 'Daniel Reyes').map(([index]) => index)).size).toBe(5)
    const names = people.map(([index, , first, last]) => `${index} ${first} ${last}`)
    expect(names.length - new Set(names).size).toBeGreaterThan(50)
    const cedar = new Set(at('cedar-state').map(([, number]) => number))
    expect(at('elm-county-jail').filter(([, number]) => cedar.has(number)).length).toBeGreaterThan(40)
    expect(people.filter(([, number]) => number.startsWith('0')).length).toBeGreaterThan(100)
  })

  it('include those the tour and practice mode know', () => {
    expect(named('cedar-state', 'Daniel Reyes').find(([, number]) => number === '448213')?.[4]).toBe('active')
    expect(at('cedar-state').find(([, number]) => number === '448214')?.slice(2)).toEqual(['Luis', 'Ortega', 'active'])
  })

  it('stand in README.md as they are in the file', () => {
    const rows = [...read('resources/service/README.md').matchAll(/^\| ([A-Z][^|]+?) \| ([^|]+?) \| ([^|]+?) \| (active|released|transferred|suspended) \|/gm)]
    expect(rows.length).toBeGreaterThan(30)
    for (const [, place, numbers, name, status] of rows) {
      const index = facilities.findIndex((one) => one.name === place)
      for (const number of (numbers ?? '').split(', ')) {
        expect(people.find((person) => person[0] === index && person[1] === number)).toEqual([index, number, ...splitName(name ?? ''), status])
      }
    }
  })

  it('are what make-seed writes', () => {
    const script = fileURLToPath(new URL('scripts/make-seed.mjs', root))
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toContain('is as make-seed writes it')
  })
})

const splitName = (name: string): readonly [string, string] => {
  const person = people.find(([, , first, last]) => `${first} ${last}` === name)
  return person ? [person[2], person[3]] : [name, '']
}

describe('replies', () => {
  it('are 40, some Spanish, with no placeholder but the three', () => {
    expect(replies).toHaveLength(40)
    expect(new Set(replies.map(({ id }) => id)).size).toBe(40)
    expect(replies.filter(({ language }) => language === 'es')).toHaveLength(10)
    for (const { subject, body } of replies) {
      expect(subject).toBe('Re: {subject}')
      expect(body).toContain('{first}')
      expect(body.endsWith('{from}')).toBe(true)
      expect(body.replace(/\{(?:first|from)\}/g, '')).not.toMatch(/[{}]/)
    }
  })
})

const fold = (text: string): string =>
  ` ${text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')} `
const holds = (text: string, phrase: string): boolean => {
  const escaped = fold(phrase).trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(fold(text))
}

describe('screening words', () => {
  it('are lower case, once each, and leave the texts of the fixtures and the replies alone', () => {
    const all = screening.flatMap(({ held, rejected }) => [...held, ...rejected])
    expect(all.filter((phrase) => phrase !== phrase.toLowerCase().trim())).toEqual([])
    expect(new Set(all).size).toBe(all.length)
    const folder = new URL('tests/fixtures/texts/', root)
    const texts = readdirSync(folder)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    expect(texts.join(' ').split(/\s+/).length).toBeGreaterThan(6_000)
    const harmless = [...texts, ...replies.map(({ body }) => body)]
    expect(all.filter((phrase) => harmless.some((text) => holds(text, phrase)))).toEqual([])
  })

  it('a phrase is found in a letter that has it', () => {
    expect(holds('Please bring a HACKSAW, in a cake.', 'hacksaw')).toBe(true)
    expect(holds('Te lo digo entre   lineas', 'entre líneas')).toBe(true)
  })
})

describe('fixture texts', () => {
  it.each(readdirSync(new URL('tests/fixtures/texts/', root)))('%s is clean UTF-8', (name) => {
    const bytes = readFileSync(new URL(`tests/fixtures/texts/${name}`, root))
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    expect(text).toBe(text.normalize('NFC'))
    expect(text).not.toMatch(/\r|\t|\uFFFD|<[^>]*>/)
    expect(text.endsWith('\n')).toBe(true)
  })
})
