import { describe, expect, it } from 'vitest'
import type { BackupsView, ChosenFolder } from '@contract/views'
import { lostChange } from '@/features/home/last-sign-in'
import { backupNotices } from '@/words/backups'

// A Tuesday.
const now = Date.parse('2026-11-24T10:00:00Z')
const sense = { now, timeZone: 'UTC' }
const days = (count: number): number => now - count * 86_400_000
const stick: ChosenFolder = { path: 'E:\\', ready: false, newestAt: null, carriedAt: days(1), stale: false, trouble: 'missing' }
const view = (more: Partial<BackupsView> = {}): BackupsView => ({ copies: [], newestAt: days(1), stale: false, making: false, trouble: null, folder: null, ...more })
const said = (more: Partial<BackupsView>) => backupNotices(view(more), sense)

describe('copies, said where people begin', () => {
  it('nothing while all is well, also while a stick is away for a day', () => {
    expect(said({})).toEqual([])
    expect(said({ folder: stick })).toEqual([])
  })

  it('a copy older than a week: when it was made, that the letters are here, and what to press', () => {
    const [notice] = said({ newestAt: days(9), stale: true })
    expect(notice).toMatchObject({ tone: 'warn', title: 'The last good copy of your letters is older than a week.' })
    expect(notice?.text).toMatch(/^It was made .*15 Nov.*\. Your letters are here\. Press “Back up now”/)
    expect(said({ newestAt: null, stale: true })[0]?.title).toBe('No copy of your letters has been made for more than a week.')
  })

  it('a stick that was not in for a week: calmly, with the day of its last copy', () => {
    const [notice] = said({ folder: { ...stick, carriedAt: days(9), stale: true } })
    expect(notice).toMatchObject({ tone: 'info', title: 'Your USB stick has not been in for more than a week.' })
    expect(notice?.text).toMatch(/15 Nov.*Copies on this PC are made as always\. Put the stick in, then press “Back up now”\.$/)
    expect(said({ folder: { ...stick, ready: true, carriedAt: null, stale: true } })[0]).toMatchObject({
      title: 'No copy has reached your USB stick for more than a week.',
      text: 'Copies on this PC are made as always. Press “Back up now”.'
    })
  })

  it('of two troubles the larger one: one press ends both', () => {
    expect(said({ newestAt: days(9), stale: true, folder: { ...stick, stale: true } }).map(({ key }) => key)).toEqual(['old'])
  })

  it('a change that a crash took: how much, and where to look', () => {
    expect(`${lostChange.title} ${lostChange.text}`).toMatch(/may be missing\..*everything before that is here\. Look at the end of the letter/)
  })
})
