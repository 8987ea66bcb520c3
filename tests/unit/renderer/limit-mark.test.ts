import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitMark } from '@/features/letters/limit-mark'

const facility = (maxChars: number, maxLines: number | null = null) => ({ maxChars, maxLines })

describe('where the limit falls', () => {
  it('is nowhere in a text that fits', () => {
    expect(limitMark(facility(5), 'Hello')).toBeNull()
    expect(limitMark(facility(100, 2), 'one\ntwo')).toBeNull()
  })

  it('is at the first character that is too many', () => {
    expect(limitMark(facility(5), 'Hello!!')).toEqual({ from: 5, before: 'Hello', after: '!!' })
  })

  it('counts an emoji once and never cuts through one', () => {
    expect(limitMark(facility(2), '🌷🌷🌷')).toEqual({ from: 4, before: '🌷🌷', after: '🌷' })
  })

  it('is at the first line that is too many, whichever limit comes first', () => {
    expect(limitMark(facility(100, 2), 'one\ntwo\nthree')?.from).toBe(8)
    expect(limitMark(facility(3, 2), 'one\ntwo\nthree')?.from).toBe(3)
  })

  it('leaves exactly the limit before it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 0, max: 200 }), (text, limit) => {
        const mark = limitMark(facility(limit), text)
        if (mark === null) expect([...text].length).toBeLessThanOrEqual(limit)
        else expect([...text.slice(0, mark.from)].length).toBe(limit)
      })
    )
  })
})
