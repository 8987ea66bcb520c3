import { describe, expect, it } from 'vitest'
import { shellTroubles, type Surroundings } from '@contract/surroundings'
import { errorCodes } from '@contract/error-codes'
import { describePc, sizeWords } from '@/features/trouble/describe-pc'
import { isReadOnly, placeWords, surroundingNotices } from '@/words/surroundings'
import { troubleWords, whereWords } from '@/words/troubles'

const well: Surroundings = { saving: 'ok', roomAgain: false, serviceDamaged: false, clock: null, placeWarning: null }
const sense = { now: Date.parse('2026-11-26T12:00:00Z'), timeZone: 'UTC' }
const notices = (change: Partial<Surroundings>) => surroundingNotices({ ...well, ...change }, sense)

describe('notices about what surrounds the app', () => {
  it('say nothing while all is well', () => {
    expect(notices({})).toEqual([])
    expect(notices({ placeWarning: { kind: 'local' } })).toEqual([])
  })

  it.each(['full', 'unwritable', 'readOnly', 'noRoom'] as const)('%s: what is wrong, and the next step', (saving) => {
    const [notice, ...others] = notices({ saving })
    expect(others).toEqual([])
    expect(notice).toMatchObject({ key: 'saving', putAway: null })
    expect(notice?.title).toMatch(/^[A-Z].*\.$/)
    expect(notice?.text).toMatch(/(Make room|Ask whoever looks after this PC)/)
  })

  it('give the sentences of the plan word for word', () => {
    expect(notices({ saving: 'readOnly' })[0]?.title).toBe('Read-only: you can read and print, not write.')
    expect(notices({ saving: 'noRoom' })[0]?.title).toContain('You can read and print; nothing can be saved until there is room.')
  })

  it('name both dates of a wrong clock, and let the person say that it is right', () => {
    const [notice] = notices({ clock: { now: Date.parse('2019-03-12T08:00:00Z'), lastSeen: Date.parse('2026-11-25T17:30:00Z') } })
    expect(notice?.title).toBe('This PC’s clock looks wrong.')
    expect(notice?.text).toContain('12 March 2019')
    expect(notice?.text).toContain('25 November 2026')
    expect(notice?.putAway).toBe('The date is right')
  })

  it('name the program that copies the folder, and what to do', () => {
    const [notice] = notices({ placeWarning: { kind: 'synced', product: 'OneDrive' } })
    expect(notice?.title).toBe('Your letters lie in a folder of OneDrive.')
    expect(notice?.text).toContain('move its folder')
    expect(notices({ placeWarning: { kind: 'network', product: 'cifs' } })[0]?.title).toContain('on another computer')
  })

  it('come with the most pressing first', () => {
    const keys = notices({ saving: 'full', clock: { now: 1, lastSeen: 2 }, placeWarning: { kind: 'network', product: 'nfs' } }).map(({ key }) => key)
    expect(keys).toEqual(['saving', 'clock', 'place'])
  })

  it('know when nothing can be written until the next start', () => {
    expect((['ok', 'full', 'unwritable', 'readOnly', 'noRoom'] as const).filter((saving) => isReadOnly({ ...well, saving }))).toEqual(['readOnly', 'noRoom'])
  })
})

describe('what went wrong, in words', () => {
  it.each([...errorCodes, ...shellTroubles])('%s', (code) => {
    const { sentence, next } = troubleWords(code)
    expect(sentence).toMatch(/^[A-Z0-9].*[.!?]$/)
    expect(next).toMatch(/^[A-Z0-9].*[.!?]$/)
    expect(`${sentence} ${next}`).not.toMatch(/[A-Z]{2,}_[A-Z]/)
  })

  it('say where', () => {
    expect(whereWords({ where: 'drafts.save' })).toBe('saving a draft')
    expect(whereWords({ where: 'window' })).toBeNull()
  })
})

describe('the state of this PC', () => {
  const report = {
    madeAt: sense.now,
    troubles: [],
    versions: { app: '0.1.0', node: '20.20.2', sqlite: '3.50.0', system: 'linux 6' },
    folder: { path: 'D:\\Epistle', place: { kind: 'local' }, freeBytes: 1_440_000_000 },
    surroundings: well,
    deskCheck: 'ok',
    mailboxes: 2,
    queue: null
  } as const

  it('has a line for each fact, and the counts only of whoever is signed in', () => {
    const lines = describePc(report)
    expect(lines.map(({ key }) => key)).toEqual(['saving', 'folder', 'place', 'free', 'check', 'mailboxes', 'clock', 'version', 'parts'])
    expect(lines.find(({ key }) => key === 'free')?.detail).toBe('1.4 GB')
    const signedIn = describePc({ ...report, queue: { drafts: 1, waiting: 2, purchasesPending: 1, lastCopyAt: null } })
    expect(signedIn.find(({ key }) => key === 'queue')?.detail).toBe('1 draft, 2 waiting to be sent')
    expect(signedIn.some(({ key }) => key === 'purchases')).toBe(true)
  })

  it('says sizes and places as a person would', () => {
    expect(sizeWords(0)).toBe('0 MB')
    expect(sizeWords(240_500_000)).toBe('240 MB')
    expect(placeWords({ kind: 'local' })).toBe('On this PC')
    expect(placeWords({ kind: 'synced', product: 'Dropbox' })).toContain('Dropbox')
  })
})
