import { describe, expect, it } from 'vitest'
import { goodForm, hour, openBench, pc, quickKdf, signUp, type Bench } from './support'

const minute = 60_000
const problemsOf = async (bench: Bench, change: Parameters<typeof goodForm>[1]) => {
  const { challengeId } = await bench.get('identity.challenge', {})
  const answer = await bench.ask('identity.signUp', goodForm(challengeId, change))
  return answer.ok ? 'made' : [answer.code, Object.fromEntries(Object.entries(answer.problems ?? {}).map(([field, problem]) => [field, problem.code]))]
}
const signIn = (bench: Bench, email = 'maria@parish.org', password = 'Lantern7oak') => bench.ask('identity.signIn', { email, password, ...pc })

describe('the verification picture', () => {
  it('is strokes without text, and is said in words', async () => {
    const bench = await openBench()
    const { picture, spoken } = await bench.get('identity.challenge', {})
    expect(picture).toMatch(/^<svg [^>]+>.*<\/svg>$/s)
    expect(picture).not.toMatch(/<text|PSALM|<script|href/i)
    expect(spoken).toBe('P as in Peter, S as in Sam, A as in Anna, L as in Linda, M as in Mary')
  })

  it('has five upper-case letters that differ each time when the options name none', async () => {
    const bench = await openBench({ anyCode: true })
    const said: string[] = []
    for (let round = 0; round < 5; round += 1) said.push((await bench.get('identity.challenge', {})).spoken)
    expect(new Set(said).size).toBe(5)
    for (const words of said) expect(words).toMatch(/^([A-Z]) as in \1\S+(, ([A-Z]) as in \3\S+){4}$/)
    const code = (said.at(-1) ?? '').split(', ').map((word) => word.charAt(0)).join('')
    const { challengeId } = await bench.get('identity.challenge', {})
    expect(await bench.ask('identity.signUp', goodForm(challengeId, { verificationCode: code }))).toMatchObject({ code: 'INVALID' })
  })

  it('takes the answer in any case and with spaces, once', async () => {
    const bench = await openBench()
    const { challengeId } = await bench.get('identity.challenge', {})
    await bench.get('identity.signUp', goodForm(challengeId, { verificationCode: ' p salm ' }))
    const again = await bench.ask('identity.signUp', goodForm(challengeId, { email: 'jo@parish.org', confirmEmail: 'jo@parish.org' }))
    expect(again).toMatchObject({ ok: false, status: 422, code: 'INVALID', problems: { verificationCode: { code: 'VERIFICATION_CODE_WRONG' } } })
  })

  it('is good for 15 minutes and three wrong answers', async () => {
    const bench = await openBench()
    const first = await bench.get('identity.challenge', {})
    bench.host.now += 15 * minute
    expect(await bench.ask('identity.signUp', goodForm(first.challengeId))).toMatchObject({ code: 'INVALID' })
    const second = await bench.get('identity.challenge', {})
    bench.host.now += 14 * minute
    for (const wrong of ['PSALN', 'HYMNS', '12345']) expect(await bench.ask('identity.signUp', goodForm(second.challengeId, { verificationCode: wrong }))).toMatchObject({ code: 'INVALID' })
    expect(await bench.ask('identity.signUp', goodForm(second.challengeId))).toMatchObject({ code: 'INVALID' })
  })
})

describe('sign-up', () => {
  it('makes an account, signs it in, and writes a welcome', async () => {
    const bench = await openBench()
    const { challengeId } = await bench.get('identity.challenge', {})
    const { profile, sessionToken, deviceToken } = await bench.get('identity.signUp', goodForm(challengeId, { email: ' Maria@Parish.ORG ', confirmEmail: 'Maria@Parish.ORG' }))
    expect(profile).toMatchObject({ email: 'maria@parish.org', firstName: 'Maria', lastName: 'Delgado', emessagingTermsVersion: null })
    expect(Buffer.from(sessionToken, 'base64url').length).toBeGreaterThanOrEqual(16)
    expect(deviceToken).not.toBe(sessionToken)
    expect(bench.service.post.list().map(({ kind, to, subject }) => [kind, to, subject])).toEqual([
      ['text', '+15125550142', 'Account created'],
      ['email', 'maria@parish.org', 'Welcome to eMessaging']
    ])
  })

  it.each([
    [{ email: 'a@b', confirmEmail: 'a@b' }, { email: 'EMAIL_INVALID' }],
    [{ confirmEmail: 'mara@parish.org' }, { confirmEmail: 'EMAILS_DIFFER' }],
    [{ password: 'Ab1', confirmPassword: 'Ab1' }, { password: 'PASSWORD_TOO_SHORT' }],
    [{ confirmPassword: 'Lantern7oaks' }, { confirmPassword: 'PASSWORDS_DIFFER' }],
    [{ acceptTerms: false }, { acceptTerms: 'TERMS_NOT_ACCEPTED' }],
    [{ termsVersion: '0' }, { acceptTerms: 'TERMS_NOT_ACCEPTED' }],
    [{ questions: [{ questionId: 'first-school', answer: 'One' }, { questionId: 'first-school', answer: 'Two' }, { questionId: 'first-job', answer: 'Three' }] }, { question2: 'QUESTIONS_NOT_DISTINCT' }],
    [{ questions: [{ questionId: 'first-school', answer: '' }, { questionId: 'first-car', answer: 'Two' }, { questionId: 'first-job', answer: 'Three' }] }, { answer1: 'ANSWER_EMPTY' }],
    [{ state: 'XX' }, { state: 'STATE_INVALID' }],
    [{ zip: 'ABCDE' }, { zip: 'ZIP_INVALID' }],
    [{ phone: '12' }, { phone: 'PHONE_INVALID' }],
    [{ passcode: '1234', confirmPasscode: '1234' }, { passcode: 'PASSCODE_INVALID' }],
    [{ questions: [{ questionId: 'birth-date', answer: '2 May 1951' }, { questionId: 'first-school', answer: 'Saint Brigid' }, { questionId: 'favorite-pet', answer: 'Biscuit' }], passcode: '1951', confirmPasscode: '1951' }, { passcode: 'PASSCODE_IN_ANSWER' }],
    [{ confirmPasscode: '4828' }, { confirmPasscode: 'PASSCODES_DIFFER' }],
    [{ firstName: '  ' }, { firstName: 'REQUIRED' }],
    [{ verificationCode: '' }, { verificationCode: 'REQUIRED' }],
    [{ verificationCode: 'WRONG' }, { verificationCode: 'VERIFICATION_CODE_WRONG' }]
  ])('refuses %j', async (change, expected) => {
    expect(await problemsOf(await openBench(), change)).toEqual(['INVALID', expected])
  })

  it('says "check your e-mail" for an address in use, in any case, and for one that looks like it', async () => {
    const bench = await openBench()
    await signUp(bench)
    for (const email of ['MARIA@parish.org', 'mаria@parish.org' /* Cyrillic а */, 'practice@epistle.example']) {
      expect(await problemsOf(bench, { email, confirmEmail: email })).toEqual(['CHECK_EMAIL', {}])
      expect(bench.service.post.list()[0]).toMatchObject({ kind: 'email', to: email.toLowerCase(), subject: 'About your request for an account' })
    }
  })

  it('asked again after a lost answer gives the same account; another form with the same picture gets nothing', async () => {
    const bench = await openBench()
    const { challengeId } = await bench.get('identity.challenge', {})
    const one = await bench.get('identity.signUp', goodForm(challengeId))
    const two = await bench.get('identity.signUp', goodForm(challengeId))
    expect(two.profile).toEqual(one.profile)
    expect(two.sessionToken).not.toBe(one.sessionToken)
    for (const change of [{ password: 'Other7oak', confirmPassword: 'Other7oak' }, { email: 'jo@parish.org', confirmEmail: 'jo@parish.org' }]) {
      expect(await bench.ask('identity.signUp', goodForm(challengeId, change))).toMatchObject({ code: 'INVALID' })
    }
  })

  it('accepts a password that was typed in another Unicode form', async () => {
    const bench = await openBench()
    const { challengeId } = await bench.get('identity.challenge', {})
    await bench.get('identity.signUp', goodForm(challengeId, { password: 'Lantérn7oak'.normalize('NFD'), confirmPassword: 'Lantérn7oak'.normalize('NFC') }))
    expect(await signIn(bench, 'maria@parish.org', 'Lantérn7oak'.normalize('NFD'))).toMatchObject({ ok: true })
  })
})

describe('sign-in', () => {
  it('answers unknown and wrong alike, counts both, and locks at the third for 15, 30, 60 minutes', async () => {
    const bench = await openBench()
    await signUp(bench)
    for (const email of ['maria@parish.org', 'nobody@parish.org']) {
      expect(await signIn(bench, email, 'wrong')).toMatchObject({ status: 403, code: 'SIGN_IN_REFUSED', params: { triesLeft: 2 } })
      expect(await signIn(bench, email, 'wrong')).toMatchObject({ code: 'SIGN_IN_REFUSED', params: { triesLeft: 1 } })
      expect(await signIn(bench, email, 'wrong')).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: 15 } })
      expect(await signIn(bench, email, 'Lantern7oak')).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: 15 } })
    }
    for (const minutes of [30, 60, 60]) {
      bench.host.now += 65 * minute
      for (let tries = 0; tries < 2; tries += 1) await signIn(bench, 'maria@parish.org', 'wrong')
      expect(await signIn(bench, 'maria@parish.org', 'wrong')).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes } })
    }
    expect(bench.service.post.list().filter(({ subject }) => subject === 'Account locked').map(({ to }) => to)).toEqual(Array(4).fill('+15125550142'))
  })

  it('stays locked at 14:59 and opens at 15:01, for the right password only', async () => {
    const bench = await openBench()
    await signUp(bench)
    for (let tries = 0; tries < 3; tries += 1) await signIn(bench, 'maria@parish.org', 'wrong')
    bench.host.now += 15 * minute - 1_000
    expect(await signIn(bench)).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: 1 } })
    bench.host.now += 2_000
    expect(await signIn(bench)).toMatchObject({ ok: true })
  })

  it('a right password clears the count; failures of yesterday do not count', async () => {
    const bench = await openBench()
    await signUp(bench)
    for (let round = 0; round < 4; round += 1) {
      await signIn(bench, 'maria@parish.org', 'wrong')
      await signIn(bench, 'maria@parish.org', 'wrong')
      expect(await signIn(bench)).toMatchObject({ ok: true })
    }
    await signIn(bench, 'maria@parish.org', 'wrong')
    await signIn(bench, 'maria@parish.org', 'wrong')
    bench.host.now += 24 * hour
    expect(await signIn(bench, 'maria@parish.org', 'wrong')).toMatchObject({ code: 'SIGN_IN_REFUSED', params: { triesLeft: 2 } })
  })

  it('has counted the failure before the password is looked at', async () => {
    let dies = false
    const bench = await openBench({ kdf: { hash: quickKdf.hash, verify: (hash, secret) => (dies ? Promise.reject(new Error('power cut')) : quickKdf.verify(hash, secret)) } })
    await signUp(bench)
    dies = true
    for (let tries = 0; tries < 3; tries += 1) expect(await signIn(bench)).toMatchObject({ status: 500, code: 'TROUBLE' })
    dies = false
    expect(await signIn(bench)).toMatchObject({ code: 'ACCOUNT_LOCKED' })
    expect(bench.bugs).toHaveLength(3)
  })

  it('verifies something for unknown addresses too', async () => {
    let verified = 0
    const bench = await openBench({ kdf: { hash: quickKdf.hash, verify: (hash, secret) => ((verified += 1), quickKdf.verify(hash, secret)) } })
    await signIn(bench, 'nobody@parish.org')
    expect(verified).toBe(1)
  })

  it.each(["' OR 1=1--", '', '\u0000', '\u202e', 'x'.repeat(10_000), '🕊️'])('treats %j like any wrong password', async (password) => {
    const bench = await openBench()
    await signUp(bench)
    expect(await signIn(bench, 'maria@parish.org', password)).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect(bench.bugs).toEqual([])
  })
})

describe('sessions and devices', () => {
  it('a session ends at sign-out; the device comes back by its token, on the same device only', async () => {
    const bench = await openBench()
    const { token, deviceToken } = await signUp(bench)
    await bench.get('identity.signOut', {}, token)
    expect(await bench.ask('stamps.wallets', {}, token)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    expect(await bench.ask('identity.resume', { deviceToken, deviceId: 'pc-2' })).toMatchObject({ status: 401 })
    const { sessionToken, profile } = await bench.get('identity.resume', { deviceToken, deviceId: 'pc-1' })
    expect(profile.email).toBe('maria@parish.org')
    await bench.get('stamps.wallets', {}, sessionToken)
  })

  it('an older token of the device stays good through dozens of sign-ins whose answers got lost, not for ever; and a session ends after 30 days', async () => {
    const bench = await openBench()
    const { token, deviceToken } = await signUp(bench)
    for (let times = 0; times < 49; times += 1) await signIn(bench)
    await bench.get('identity.resume', { deviceToken, deviceId: 'pc-1' })
    await signIn(bench)
    expect(await bench.ask('identity.resume', { deviceToken, deviceId: 'pc-1' })).toMatchObject({ status: 401 })
    bench.host.now += 31 * 24 * hour
    expect(await bench.ask('stamps.wallets', {}, token)).toMatchObject({ status: 401 })
  })

  it.each([null, '', 'x', 'a'.repeat(256), 'a'.repeat(257)])('the token %j opens nothing', async (token) => {
    const bench = await openBench()
    expect(await bench.raw({ name: 'stamps.wallets', token, input: {} })).toMatchObject({ ok: false })
  })
})

describe('terms', () => {
  it('keeps the version; only the current one can be accepted, any number of times', async () => {
    const bench = await openBench()
    const { token } = await signUp(bench)
    expect(await bench.ask('identity.acceptTerms', { document: 'emessaging', version: '2' }, token)).toMatchObject({ code: 'INVALID', problems: { version: { code: 'TERMS_NOT_ACCEPTED' } } })
    expect(await bench.get('identity.acceptTerms', { document: 'emessaging', version: '1' }, token)).toMatchObject({ emessagingTermsVersion: '1' })
    expect(await bench.get('identity.acceptTerms', { document: 'emessaging', version: '1' }, token)).toMatchObject({ emessagingTermsVersion: '1' })
    expect(await bench.get('identity.acceptTerms', { document: 'terms', version: '1' }, token)).toMatchObject({ emessagingTermsVersion: '1' })
  })
})
