import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import published from '../../../resources/service/facilities.json'
import { checkContactName, checkDirectoryQuery, checkNumber, fullName, normaliseNumber, unavailableReason } from '@rules/contact'

/** The six masks of the simulated facilities. */
const masks = {
  cedar: { name: 'Cedar State', idMask: { pattern: '\\d{6}', example: '012345', words: '6 digits' } },
  bay: { name: 'Bay State Prison', idMask: { pattern: '[A-Z]\\d{6}', example: 'B012345', words: 'a letter and 6 digits' } },
  river: { name: 'River Federal', idMask: { pattern: '\\d{5}-\\d{3}', example: '12345-678', words: '5 digits, hyphen, 3 digits' } },
  elm: { name: 'Elm County Jail', idMask: { pattern: '^\\d{5,7}$', example: '123456', words: '5 to 7 digits' } },
  north: { name: 'North Reception', idMask: { pattern: '\\d{2}-[A-Z]-\\d{4}', example: '98-A-0004', words: 'year, letter, number' } },
  dismas: { name: "St Dismas Women's", idMask: { pattern: '[A-Z]\\d{5}', example: 'D01234', words: 'a letter and 5 digits' } }
} as const
type Place = keyof typeof masks

describe('numbers', () => {
  it.each<[Place, string, string]>([
    ['cedar', '012345', '012345'],
    ['cedar', '０１２３４５', '012345'],
    ['cedar', ' 012 345 ', '012345'],
    ['cedar', '012-345', '012345'],
    ['cedar', '012–345', '012345'],
    ['cedar', '\u202a012345\u202c', '012345'],
    ['bay', 'b012345', 'B012345'],
    ['bay', 'B-012345', 'B012345'],
    ['river', '12345678', '12345-678'],
    ['river', '12345 678', '12345-678'],
    ['river', '12345-678', '12345-678'],
    ['river', '１２３４５－６７８', '12345-678'],
    ['elm', '00012', '00012'],
    ['elm', '1234567', '1234567'],
    ['north', '98a0004', '98-A-0004'],
    ['north', '98-a-0004', '98-A-0004'],
    ['north', '98 A 0004', '98-A-0004'],
    ['dismas', 'd 01234', 'D01234']
  ])('%s takes %j as %s', (place, typed, number) => {
    expect(normaliseNumber(masks[place].idMask, typed)).toBe(number)
    expect(checkNumber(masks[place], typed)).toBeNull()
  })

  it.each<[string, Place, string]>([
    ['empty', 'cedar', ''],
    ['spaces', 'cedar', '   '],
    ['letters where digits', 'cedar', 'ABCDEF'],
    ['O for 0', 'cedar', 'O12345'],
    ['too short', 'cedar', '12345'],
    ['too long', 'cedar', '1234567'],
    ['far too long', 'cedar', '1'.repeat(5_000)],
    ["another state's pattern", 'cedar', '98-A-0004'],
    ["another facility's pattern", 'bay', '012345'],
    ['two letters', 'bay', 'BB12345'],
    ['SQL', 'cedar', "1' OR 1=1--"],
    ['Arabic digits', 'cedar', '٠١٢٣٤٥'],
    ['no letter', 'north', '9800004'],
    ['two numbers on two lines', 'elm', '12345\n67890']
  ])('%s is refused', (_what, place, typed) => {
    const facility = masks[place]
    expect(checkNumber(facility, typed)).toEqual({ code: 'NUMBER_FORMAT', params: { facility: facility.name, example: facility.idMask.example } })
  })

  it.each(Object.keys(masks) as Place[])('%s takes its own example, and normalising twice changes nothing', (place) => {
    const { idMask } = masks[place]
    expect(normaliseNumber(idMask, idMask.example)).toBe(idMask.example)
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '1', '9', 'A', 'b', '-', ' ', '０', '–', '.'), maxLength: 20 }), (typed) => {
        const once = normaliseNumber(idMask, typed)
        expect(normaliseNumber(idMask, once)).toBe(once)
      })
    )
  })

  it.each(published.map((facility) => [facility.name, facility] as const))('%s publishes a mask its own example fits, typed any way', (_name, facility) => {
    const { example } = facility.idMask
    for (const typed of [example, example.toLowerCase(), example.replaceAll('-', ''), ` ${example.split('').join(' ')} `]) {
      expect(checkNumber(facility, typed)).toBeNull()
      expect(normaliseNumber(facility.idMask, typed)).toBe(example)
    }
    for (const typed of ['', 'O'.repeat(example.length), `${example}00000000`]) expect(checkNumber(facility, typed)).toMatchObject({ code: 'NUMBER_FORMAT' })
  })

  it('a broken pattern fits nothing and breaks nothing', () => {
    expect(checkNumber({ name: 'X', idMask: { pattern: '(', example: '1', words: '' } }, '1')).toMatchObject({ code: 'NUMBER_FORMAT' })
  })
})

describe('names, the list of bad inputs', () => {
  it.each([
    ['no name', ''],
    ['spaces', '   '],
    ['300 characters', 'x'.repeat(300)],
    ['only emoji', '😀😀'],
    ['zero-width', '\u200b\u200d'],
    ['only an RTL override', '\u202e'],
    ['control characters', 'Dan\u0007iel'],
    ['NUL', 'Dan\0iel'],
    ['line break', 'Dan\niel']
  ])('%s is refused', (_what, typed) => {
    expect(checkContactName(typed)).toEqual({ code: 'NAME_INVALID' })
  })
  it.each(['=cmd()', '<b>Daniel</b>', '<script>alert(1)</script>', 'دانيال', 'Daniel \u202elrig', "O'Brien", '+Daniel', '@sum'])('%j is kept as plain text', (typed) => {
    expect(checkContactName(typed)).toBeNull()
    expect(fullName({ firstName: typed, lastName: 'Reyes' })).toBe(`${typed} Reyes`)
  })
  it('one line, no gap where a part is missing', () => {
    expect(fullName({ firstName: ' Daniel ', lastName: '' })).toBe('Daniel')
  })
})

describe('checkDirectoryQuery', () => {
  const good = { query: 'Daniel', state: 'TX', facilityId: 'cedar' }
  const facilities = [
    { id: 'cedar', state: 'TX' },
    { id: 'bay', state: 'CA' }
  ] as const

  it.each([
    ['nothing to search', { query: '' }, { query: { code: 'SEARCH_TOO_SHORT', params: { min: 2 } } }],
    ['only spaces', { query: '  ' }, { query: { code: 'SEARCH_TOO_SHORT', params: { min: 2 } } }],
    ['only zero-width', { query: '\u200b' }, { query: { code: 'SEARCH_TOO_SHORT', params: { min: 2 } } }],
    ['one letter', { query: ' d ' }, { query: { code: 'SEARCH_TOO_SHORT', params: { min: 2 } } }],
    ['no state', { state: '' }, { state: { code: 'STATE_INVALID' }, facilityId: { code: 'FACILITY_INVALID' } }],
    ['unknown state', { state: 'XX' }, { state: { code: 'STATE_INVALID' }, facilityId: { code: 'FACILITY_INVALID' } }],
    ['no facility', { facilityId: '' }, { facilityId: { code: 'FACILITY_INVALID' } }],
    ['facility closed (not in the list)', { facilityId: 'gone' }, { facilityId: { code: 'FACILITY_INVALID' } }],
    ['facility of another state', { facilityId: 'bay' }, { facilityId: { code: 'FACILITY_INVALID' } }]
  ])('%s', (_what, change, found) => {
    expect(checkDirectoryQuery({ ...good, ...change }, facilities)).toEqual(found)
  })

  it.each(['Daniel', '%', '_', "'", '"', '*', 'NEAR(', '012345', '7', '王', 'Jo', 'x'.repeat(5_000)])('search %s is never an error', (query) => {
    expect(checkDirectoryQuery({ ...good, query })).toEqual({})
  })
})

it('says why somebody cannot get letters', () => {
  expect(unavailableReason('active')).toBeNull()
  expect(unavailableReason('transferred')).toBe('transferred')
  expect(unavailableReason('released')).toBe('released')
  expect(unavailableReason('suspended')).toBe('suspended')
})
