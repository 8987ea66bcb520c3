/** How much one print holds, counted letter by letter. */
import { expect, it } from 'vitest'
import type { Message } from '@contract/exchange'
import { countForPaper, paperLimits, type TooMuch } from '../../../src-main/exchange/paper-limits'

const letter = (body: string, photos: Message['photos'] = []): Message => ({
  kind: 'letter', id: 'x', direction: 'sent', contactId: null, personName: 'Daniel', number: '448213', facilityId: 'cedar-state', facilityName: 'Cedar State', subject: '', body,
  at: 0, state: 'delivered', stamps: 1, unit: 'stamp', receipt: null, answers: null, originId: null, photos
})
const photo = (photoId: string, bytes: number): Message['photos'][number] => ({ photoId, name: 'chapel', type: 'jpeg', bytes })
const countAll = (letters: readonly Message[]): readonly (TooMuch | null)[] => letters.map(countForPaper())

it('so many letters, and not one more', () => {
  const counted = countAll(Array.from({ length: paperLimits.letters + 1 }, () => letter('Peace.')))
  expect([counted.findIndex((what) => what !== null), counted.at(-1)]).toEqual([paperLimits.letters, 'letters'])
})

it('so many characters in all', () => {
  const half = letter('x'.repeat(paperLimits.characters / 2))
  expect(countAll([half, half, letter('x')])).toEqual([null, null, 'letters'])
})

it('so many bytes of photos in all, each photo once however many letters it is in', () => {
  const half = paperLimits.photoBytes / 2
  expect(countAll([letter('', [photo('a', half), photo('b', half)]), letter('', [photo('a', half)]), letter('', [photo('b', half)]), letter('', [photo('c', 1)])])).toEqual([null, null, null, 'photos'])
})
