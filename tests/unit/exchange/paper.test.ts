/** What stands on paper: years where they are needed, names and words as text. */
import { expect, it } from 'vitest'
import type { Message } from '@contract/exchange'
import { yearBookSheet } from '../../../src-main/exchange/paper'

const letter = (year: number, subject: string): Message => ({
  kind: 'letter', id: subject, direction: 'sent', contactId: null, personName: 'Daniel <Reyes>', number: '448213', facilityId: 'cedar-state', facilityName: 'Cedar State', subject, body: 'Peace.\n\nMaria',
  at: Date.UTC(year, 8, 16, 12), state: 'delivered', stamps: 1, unit: 'stamp', receipt: null, answers: null, originId: null, photos: []
})
const wish = { textSize: '12', author: { name: 'Maria', email: 'maria@parish.org' }, returnAddress: '12 Chapel Road', to: 'pdf' } as const
const contentsOf = (letters: readonly Message[], pages: ReadonlyMap<string, number> = new Map()): string => /<nav.*<\/nav>/s.exec(yearBookSheet(letters, 'Letters', '', wish, pages).body)?.[0] ?? ''

it('the contents of one year name days, those of several years the year, too', () => {
  expect(contentsOf([letter(2026, 'a'), letter(2026, 'b')])).toContain('16 Sep: to')
  expect(contentsOf([letter(2025, 'a'), letter(2026, 'b')])).toMatch(/16 Sep 2025: to.*16 Sep 2026: to/s)
})

it('names are text, and each entry has its page', () => {
  const contents = contentsOf([letter(2026, '<b>'), letter(2026, 'b')], new Map([['l0', 4], ['l1', 7]]))
  expect(contents).toContain('Daniel &lt;Reyes&gt;')
  expect(contents).not.toContain('<b>')
  expect([...contents.matchAll(/class="page">(\d+)/g)].map(([, page]) => page)).toEqual(['4', '7'])
})
