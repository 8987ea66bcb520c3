import { describe, expect, it } from 'vitest'
import { codesIn } from '@/features/post/codes'

describe('codes in the Service post', () => {
  it('finds the code a message gives', () => {
    expect(codesIn('Your invitation code is K7QX-482M. It is good for 10 days.')).toEqual(['K7QX-482M'])
    expect(codesIn('Your code: 482913\nIt is valid for 10 minutes.')).toEqual(['482913'])
  })

  it('takes nothing else for a code', () => {
    expect(codesIn('The code is good for 10 days. Receipt number: R-20261122-0001')).toEqual([])
    expect(codesIn('Dear Maria, your account is ready.')).toEqual([])
  })
})
