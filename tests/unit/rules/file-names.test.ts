/** Names of files that every system takes, whatever somebody wrote. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNames, safeFileName } from '@rules/file-names'

const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('CON', 'con.txt', 'LPT1 .x', 'aux', '..', '../../x', 'a/b', 'C:\\x', '-rf', '~x', 'name.', 'name ', '\u202egnp.exe', '👩‍👧'.repeat(80), '', '   ', 'nul', 'COM¹'))

describe('a safe name', () => {
  it('has no folder, no refused sign, no device, no dot or space at its ends, and is short', () => {
    fc.assert(
      fc.property(anything, (wanted) => {
        const name = safeFileName(wanted)
        expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]/u)
        expect(name).not.toMatch(/^[\s.~-]|[\s.]$/u)
        expect(name.split('.')[0]?.trim()).not.toMatch(/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)$/i)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(100)
        expect(name).not.toBe('')
        expect(safeFileName(name), 'once is enough').toBe(name)
      }),
      { numRuns: 3_000 }
    )
  })
  it.each([
    ['The psalm you asked about', 'The psalm you asked about'],
    ['José: “grace”', 'José “grace”'],
    ['../../etc/passwd', 'etc passwd'],
    ['CON', 'letter CON'],
    ['nul.txt', 'letter nul.txt'],
    ['', 'letter'],
    ['...', 'letter']
  ])('%j is %j', (wanted, name) => expect(safeFileName(wanted)).toBe(name))
})

it('names in one folder are told apart, in any case and with any accents', () => {
  const names = createNames()
  expect(['a', 'a', 'A', 'á', 'a (2)', 'b'].map((name) => names(name, 'eml'))).toEqual(['a.eml', 'a (2).eml', 'A (3).eml', 'á (4).eml', 'a (2) (2).eml', 'b.eml'])
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'A', 'a (2)', 'á', 'b', 'a (3)'), { maxLength: 40 }), (wanted) => {
      const next = createNames()
      const given = wanted.map((name) => next(name, 'x').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())
      expect(new Set(given).size).toBe(given.length)
    })
  )
})
