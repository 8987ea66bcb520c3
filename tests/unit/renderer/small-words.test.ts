import { describe, expect, it } from 'vitest'
import { currentTerms } from '@rules/terms'
import { firstPlace } from '@/features/home/first-place'
import { chanceOptions, delayOf, delayOptions, delayValue } from '@/features/settings/practice-choices'
import { photosWords, wasPhotoTakenOut } from '@/words/photos'
import { counted } from '@/words/plural'
import { balanceWords } from '@/words/stamps'
import { termsText } from '@/words/terms'

describe('counts', () => {
  it('know one from many and group thousands', () => {
    expect(counted(1, 'stamp')).toBe('1 stamp')
    expect(counted(0, 'stamp')).toBe('0 stamps')
    expect(counted(12_480, 'letter')).toBe('12,480 letters')
  })

  it('say stamps and credits apart', () => {
    expect(balanceWords([])).toBe('0 stamps')
    expect(balanceWords([{ unit: 'stamp', available: 20 }, { unit: 'stamp', available: 21 }])).toBe('41 stamps')
    expect(balanceWords([{ unit: 'credit', available: 1 }])).toBe('1 credit')
    expect(balanceWords([{ unit: 'stamp', available: 20 }, { unit: 'credit', available: 3 }])).toBe('20 stamps, 3 credits')
  })
})

describe('terms', () => {
  it('exist in the versions that are asked for, without repeating their title', () => {
    expect(termsText('terms', currentTerms.terms).length).toBeGreaterThan(200)
    expect(termsText('emessaging-terms', currentTerms.emessaging).length).toBeGreaterThan(200)
    expect(termsText('terms', '99')).toBe('')
  })
})

describe('eMessaging', () => {
  it('opens with Contacts while there is nobody to write to', () => {
    expect(firstPlace({ contacts: 0 })).toBe('/e/contacts')
    expect(firstPlace({ contacts: 2 })).toBe('/e/inbox')
    expect(firstPlace(null)).toBe('/e/inbox')
  })
})

describe('choices of the simulated service', () => {
  it('show a value that came from its file', () => {
    expect(chanceOptions(0.3)).toHaveLength(5)
    expect(chanceOptions(0.025).at(-1)).toEqual({ value: '0.025', label: '2.5 %' })
    expect(delayOptions([0, 0])).toHaveLength(4)
    expect(delayOptions([200, 900]).at(-1)?.label).toBe('0.2 to 0.9 seconds')
    expect(delayOf(delayValue([5000, 10_000]))).toEqual([5000, 10_000])
  })
})

describe('photos', () => {
  it('are counted, and one that was taken out stays known after the letter went on', () => {
    expect([photosWords(1), photosWords(2)]).toEqual(['1 photo', '2 photos'])
    expect(wasPhotoTakenOut([{ reason: 'photos' }, { reason: 'photo_removed' }, { reason: null }])).toBe(true)
    expect(wasPhotoTakenOut([{ reason: 'photos' }, { reason: null }])).toBe(false)
  })
})
