import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEmail, checkEmailPair, emailSkeleton, normaliseEmail, suggestEmail } from '@rules/email'

const longest = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.org`

describe('checkEmail, the list of bad inputs', () => {
  it.each([
    ['empty', ''],
    ['spaces', '   '],
    ['one letter', 'a'],
    ['nothing after @', 'a@'],
    ['nothing before @', '@b.org'],
    ['no dot', 'a@b'],
    ['no dot, a long name', 'mary@localhost'],
    ['space inside', 'a b@c.org'],
    ['two dots', 'a@b..org'],
    ['two addresses, comma', 'a@b.org,c@d.org'],
    ['two addresses, semicolon', 'a@b.org; c@d.org'],
    ['two addresses, space', 'a@b.org c@d.org'],
    ['two addresses, line break', 'a@b.org\nc@d.org'],
    ['255 characters', longest.replace('.org', 'd.org')],
    ['line break inside', 'a@b\n.org'],
    ['header after a line break', 'a@b.org\r\nBcc: c@d.org'],
    ['script', '<script>@b.org'],
    ['name and address', 'Mary <mary@parish.org>'],
    ['two @', 'a@b@c.org'],
    ['dot first', '.a@b.org'],
    ['dot last', 'a.@b.org'],
    ['hyphen first', 'a@-b.org'],
    ['digits at the end', 'a@1.2.3.4'],
    ['NUL', 'a\0b@c.org'],
    ['zero-width inside', 'a\u200bb@c.org'],
    ['quoted', '"a b"@c.org'],
    ['local part too long', `${'a'.repeat(65)}@b.org`]
  ])('%s is refused', (_what, typed) => {
    expect(checkEmail(typed)).toEqual({ code: 'EMAIL_INVALID' })
  })

  it.each([
    'name@parish.org',
    ' name@parish.org ',
    '\u202aname@parish.org\u202c',
    "o'brien+letters@st-mary.parish.org",
    'MARY@PARISH.ORG',
    'a@b.co',
    'josé@parróquia.org',
    'x@xn--bcher-kva.example',
    longest
  ])('%j is accepted', (typed) => {
    expect(checkEmail(typed)).toBeNull()
  })
  it('the longest has 254 characters', () => {
    expect(longest).toHaveLength(254)
  })
})

describe('checkEmailPair', () => {
  it.each([
    ['differs', 'a@b.org', 'a@c.org'],
    ['differs by case', 'mary@b.org', 'Mary@b.org'],
    ['is empty', 'a@b.org', '']
  ])('repeat %s', (_what, email, confirm) => {
    expect(checkEmailPair(email, confirm)).toEqual({ confirmEmail: { code: 'EMAILS_DIFFER' } })
  })
  it('spaces at the ends and composition do not matter', () => {
    expect(checkEmailPair('josé@b.org', ' jose\u0301@b.org ')).toEqual({})
  })
  it('both empty is one problem', () => {
    expect(checkEmailPair('', '')).toEqual({ email: { code: 'EMAIL_INVALID' } })
  })
})

describe('normaliseEmail', () => {
  it('is the same for any case', () => {
    expect(normaliseEmail(' Mary@Parish.ORG\n')).toBe('mary@parish.org')
  })
  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => normaliseEmail(normaliseEmail(typed)) === normaliseEmail(typed)), { numRuns: 2_000 })
  })
  it('accepts what the e-mail standard can make, short enough', () => {
    fc.assert(fc.property(fc.emailAddress(), (address) => checkEmail(address) === null))
  })
})

describe('emailSkeleton', () => {
  it.each([
    ['Cyrillic', 'mаry@pаrіsh.org'],
    ['Greek', 'mαry@pαrιsh.οrg'],
    ['full width', 'ｍary@parish.org'],
    ['accent', 'máry@parish.org'],
    ['capitals', 'MARY@parish.org'],
    ['Cyrillic capitals', 'МАRУ@parish.org']
  ])('%s looks like mary@parish.org', (_what, typed) => {
    expect(emailSkeleton(typed)).toBe('mary@parish.org')
  })
  it('different addresses stay different', () => {
    expect(emailSkeleton('mary@parish.org')).not.toBe(emailSkeleton('marv@parish.org'))
  })
  it('leaves no space where a mark stood alone', () => {
    expect(emailSkeleton('a@b.org\uFC5E')).toBe('a@b.org')
  })
  it('is idempotent', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (typed) => emailSkeleton(emailSkeleton(typed)) === emailSkeleton(typed)))
  })
})

describe('suggestEmail', () => {
  it.each([
    ['mary@gmial.com', 'mary@gmail.com'],
    ['mary@gmail.con', 'mary@gmail.com'],
    ['mary@gmai.com', 'mary@gmail.com'],
    ['mary@yaho.com', 'mary@yahoo.com'],
    ['mary@hotmial.com', 'mary@hotmail.com'],
    ['mary@outlok.com', 'mary@outlook.com'],
    ['mary@comcast.nte', 'mary@comcast.net'],
    ['mary@parish.ogr', 'mary@parish.org'],
    ['MARY@AOL.CMO', 'mary@aol.com']
  ])('%s → %s', (typed, meant) => {
    expect(suggestEmail(typed)).toBe(meant)
  })
  it.each(['mary@gmail.com', 'mary@mail.com', 'mary@ymail.com', 'mary@parish.org', 'mary@stjohns.edu', 'a@', '', 'mary@me.com', 'mary@love.com', 'mary@small.com', 'mary@gmx.de'])('%s is left alone', (typed) => {
    expect(suggestEmail(typed)).toBeNull()
  })
  it('suggests only usable addresses, and nothing twice', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const meant = suggestEmail(address)
        return meant === null || (checkEmail(meant) === null && suggestEmail(meant) === null)
      })
    )
  })
})
