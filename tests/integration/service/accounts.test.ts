/** What an account keeps and tells: its details, its record, its file, and the accounts that were there before. */
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ActivityEvent } from '../../../src-main/contract/activity'
import { migrations } from '../../../src-main/service/database/migrations'
import type { AccountEvent } from '../../../src-main/service/identity/account-log'
import { combinePresets } from '../../../src-main/service/identity/policy'
import { day, enrolTotp, goodPassword, inFile, minute, openParish, otherPassword, policyOf, rfcTotp, signIn, signUpWith, startSecondStep, trySignIn } from './parish'
import { bytesOnDisk, goodForm, newFile, openBench, pc, quickKdf } from './support'

describe('details', () => {
  it('says what is kept, and no secret', async () => {
    const { bench, jo } = await openParish()
    const details = await bench.get('identity.details', {}, jo.token)
    expect(details).toMatchObject({
      email: 'jo@parish.org',
      firstName: 'Jo',
      phone: '+15125550199',
      questionIds: ['first-school', 'childhood-street', 'favorite-pet'],
      secondStep: { method: 'off', printedCodesLeft: 0 },
      terms: [{ document: 'terms', version: '1', at: bench.host.now }]
    })
    expect(JSON.stringify(details)).not.toMatch(/quick|hash|Brigid/)
  })

  it('changes name, address and telephone by the rules of sign-up', async () => {
    const { bench, jo } = await openParish()
    const form = { firstName: ' Joanna ', lastName: 'Park', street: '1 Mill Lane', city: 'Dallas', state: 'TX', zip: '75201', phone: '(214) 555-0123' }
    expect(await bench.ask('identity.updateProfile', { ...form, zip: '10001', phone: '1', lastName: '' }, jo.token)).toMatchObject({
      code: 'INVALID',
      problems: { zip: { code: 'ZIP_STATE_MISMATCH' }, phone: { code: 'PHONE_INVALID' }, lastName: { code: 'REQUIRED' } }
    })
    expect(await bench.get('identity.updateProfile', form, jo.token)).toMatchObject({ firstName: 'Joanna', phone: '+12145550123', zip: '75201' })
  })

  it('keeps every acceptance of the terms, and asks again for a newer version', async () => {
    const file = newFile()
    const { bench, maria, jo } = await openParish('cheatSheet', 'timed', { file })
    await bench.get('coordinator.reset', { accountId: jo.accountId, password: goodPassword }, maria.token)
    await bench.service.close()
    inFile(file, (db) => db.exec(`UPDATE account SET terms_version = '0' WHERE email = 'maria@parish.org'`))
    const again = await openBench({ file, bytes: 'later' })
    expect((await signIn(again, 'maria@parish.org')).profile).toMatchObject({ mustAcceptTerms: true, mustChangePassword: false, termsVersion: '0' })
    expect(await again.ask('coordinator.people', {}, maria.token)).toMatchObject({ code: 'TERMS_NEEDED' })
    again.host.now += minute
    await again.get('identity.acceptTerms', { document: 'terms', version: '1' }, maria.token)
    expect((await again.get('identity.details', {}, maria.token)).terms.map(({ document, version }) => [document, version])).toEqual([['terms', '1'], ['terms', '1']])
    expect(await again.ask('coordinator.people', {}, maria.token)).toMatchObject({ ok: true })
  })
})

/** Does not compile when the service names an event the activity log has no words for. */
const known = (event: AccountEvent): ActivityEvent => event

describe('what happened meanwhile', () => {
  it('is named as the activity log names it', () => {
    expect(known('resetByCoordinator')).toBe('resetByCoordinator')
  })

  it('is told at the next sign-in: failures, lock, unlock', async () => {
    const { bench, maria, jo } = await openParish('cheatSheet', 'admin')
    const seen = await signIn(bench, 'jo@parish.org')
    await bench.get('identity.signOut', {}, seen.sessionToken)
    bench.host.now += minute
    for (let tries = 0; tries < 3; tries += 1) await trySignIn(bench, 'jo@parish.org', 'wrong', { deviceName: 'Laptop' })
    await bench.get('coordinator.unlock', { accountId: jo.accountId }, maria.token)
    const at = bench.host.now
    const back = await signIn(bench, 'jo@parish.org')
    expect(back.lastSignInAt).toBe(at - minute)
    expect(back.failuresSince).toBe(3)
    expect(back.notices).toEqual([
      ...Array.from({ length: 3 }, () => ({ event: 'signInFailed', at, details: { device: 'Laptop' } })),
      { event: 'accountLocked', at, details: {} },
      { event: 'accountUnlocked', at, details: { by: 'Maria Delgado' } }
    ])
    expect((await signIn(bench, 'jo@parish.org')).notices, 'that answer may have been lost').toHaveLength(5)
    await bench.get('identity.details', {}, back.sessionToken)
    expect(await signIn(bench, 'jo@parish.org')).toMatchObject({ notices: [], failuresSince: 0 })
  })

  it('is told to each device, but not to the one that did it', async () => {
    const { bench, jo } = await openParish()
    const laptop = { deviceId: 'pc-2', deviceName: 'Laptop' }
    const events = async (change = {}) => {
      const { notices, sessionToken } = await signIn(bench, 'jo@parish.org', otherPassword, change)
      await bench.get('identity.details', {}, sessionToken)
      return notices.map(({ event }) => event)
    }
    await bench.get('identity.changePassword', { password: goodPassword, newPassword: otherPassword, confirmPassword: otherPassword }, jo.token)
    expect(await events()).toEqual([])
    expect(await events(laptop)).toEqual(['accountCreated', 'signedIn', 'passwordChanged', 'signedIn'])
    expect(await events()).toEqual(['signedIn'])
    expect(await events(laptop)).toEqual(['signedIn'])
  })

  it('has a line for every act of a coordinator, on both sides', async () => {
    const { bench, maria, jo } = await openParish()
    const id = { accountId: jo.accountId }
    await bench.get('coordinator.setRole', { ...id, coordinator: true }, maria.token)
    await bench.get('coordinator.setPolicy', { presets: ['advice'], release: 'admin', password: goodPassword }, maria.token)
    await bench.get('coordinator.setRole', { ...id, coordinator: false }, maria.token)
    await bench.get('coordinator.setDisabled', { ...id, disabled: true }, maria.token)
    await bench.get('coordinator.setDisabled', { ...id, disabled: true }, maria.token)
    await bench.get('coordinator.setDisabled', { ...id, disabled: false }, maria.token)
    const { code } = await bench.get('coordinator.reset', { ...id, password: goodPassword }, maria.token)
    const told = async (email: string, password: string) => (await signIn(bench, email, password, { deviceId: 'elsewhere' })).notices.map(({ event }) => event).filter((event) => !['signedIn', 'accountCreated'].includes(event))
    expect(await told('jo@parish.org', code)).toEqual(['roleChanged', 'policyChanged', 'roleChanged', 'personDisabled', 'personEnabled', 'resetByCoordinator'])
    expect(await told('maria@parish.org', goodPassword)).toEqual(['policyChanged', 'roleChanged', 'policyChanged', 'roleChanged', 'personDisabled', 'personEnabled', 'personReset'])
  })

  it('keeps five hundred lines and tells two hundred at once', async () => {
    const { bench } = await openParish('cheatSheet', 'timed')
    for (let tries = 0; tries < 520; tries += 1) {
      await trySignIn(bench, 'jo@parish.org', 'wrong')
      if (tries % 2 === 1) bench.host.now += 2 * day
    }
    const { notices, failuresSince } = await signIn(bench, 'jo@parish.org')
    expect(notices).toHaveLength(200)
    // One place was taken by the line of this very sign-in, until it proved right.
    expect(failuresSince).toBe(499)
  })
})

describe('the rules in force', () => {
  it('every choice of presets is either in force for everybody or refused with its reason', async () => {
    const { bench, maria } = await openParish()
    const names = ['cheatSheet', 'facility', 'advice'] as const
    for (let bits = 1; bits < 8; bits += 1) {
      const presets = names.filter((_, index) => (bits & (1 << index)) !== 0)
      const combined = combinePresets(presets)
      const answer = await bench.ask('coordinator.setPolicy', { presets: [...presets, ...presets].slice(0, 3), release: 'timed', password: goodPassword }, maria.token)
      if (combined.ok) {
        expect(answer).toMatchObject({ ok: true, reply: { presets, release: 'timed' } })
        expect(await policyOf(bench)).toEqual(combined.policy)
      } else expect(answer).toMatchObject({ status: 422, code: 'RULES_CONTRADICT', params: { reason: combined.reason } })
    }
  })

  it('hold for sign-up too, and survive a restart', async () => {
    const { bench } = await openParish('advice', 'admin', { file: newFile() })
    const again = await bench.restart()
    expect(await again.get('identity.policy', {})).toMatchObject({ presets: ['advice'], release: 'admin', policy: { minLength: 12, special: true } })
    const { challengeId } = await again.get('identity.challenge', {})
    const form = goodForm(challengeId, { email: 'ann@parish.org', confirmEmail: 'ann@parish.org' })
    expect(await again.ask('identity.signUp', form)).toMatchObject({ code: 'INVALID', problems: { password: { code: 'PASSWORD_TOO_SHORT' } } })
  })

  it('only with the coordinator’s password, and by coordinators only', async () => {
    const { bench, maria, jo } = await openParish()
    const input = { presets: ['facility' as const], release: 'timed' as const, password: goodPassword }
    expect(await bench.ask('coordinator.setPolicy', { ...input, password: 'wrong' }, maria.token)).toMatchObject({ code: 'PASSWORD_REFUSED' })
    for (const ask of [
      () => bench.ask('coordinator.setPolicy', input, jo.token),
      () => bench.ask('coordinator.view', {}, jo.token),
      () => bench.ask('coordinator.people', {}, jo.token),
      () => bench.ask('coordinator.create', { email: 'x@y.org', firstName: 'X', lastName: 'Yo', site: 'This parish', coordinator: true }, jo.token),
      () => bench.ask('coordinator.unlock', { accountId: jo.accountId }, jo.token)
    ]) expect(await ask()).toEqual({ ok: false, status: 403, code: 'NOT_ALLOWED' })
  })

  it('an address in use, or one that looks like it, is not made twice', async () => {
    const { bench, maria } = await openParish()
    for (const email of ['JO@parish.org', 'jо@parish.org' /* Cyrillic о */, 'practice@epistle.example']) {
      expect(await bench.ask('coordinator.create', { email, firstName: 'X', lastName: 'Yo', site: 'This parish', coordinator: false }, maria.token)).toMatchObject({ code: 'CHECK_EMAIL' })
    }
    expect(await bench.ask('coordinator.create', { email: 'x', firstName: '', lastName: '1', site: ' ', coordinator: false }, maria.token)).toMatchObject({
      code: 'INVALID',
      problems: { email: { code: 'EMAIL_INVALID' }, firstName: { code: 'REQUIRED' }, lastName: { code: 'NAME_INVALID' }, site: { code: 'REQUIRED' } }
    })
  })
})

describe('the file', () => {
  it('holds no secret in plain text: password, answers, passcode, codes, tokens, the app’s secret', async () => {
    const file = newFile()
    const { bench, maria, jo } = await openParish('cheatSheet', 'timed', { file })
    const { secret, printedCodes } = await enrolTotp(bench, jo)
    const { attemptToken } = await startSecondStep(bench, 'jo@parish.org')
    bench.host.now += minute
    const { rememberToken, sessionToken, deviceToken } = await bench.get('identity.secondStep', { attemptToken, method: 'totp', code: rfcTotp(secret, bench.host.now), remember: true })
    const { secret: pending } = await bench.get('identity.beginTotp', { password: goodPassword }, jo.token)
    const { code } = await bench.get('coordinator.create', { email: 'ann@parish.org', firstName: 'Ann', lastName: 'Lee', site: 'This parish', coordinator: false }, maria.token)
    const waiting = await startSecondStep(bench, 'jo@parish.org')
    const bytes = bytesOnDisk(file)
    const raw = Buffer.from((secret.match(/./g) ?? []).map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('').match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
    const canaries = [
      goodPassword, 'Saint Brigid Primary', 'saint brigid primary', 'Alder Lane', 'alder lane', 'Biscuit', 'biscuit', secret, pending, code, rememberToken ?? '', sessionToken, deviceToken, attemptToken,
      waiting.attemptToken, jo.token, ...printedCodes, ...printedCodes.map((one) => one.replaceAll('-', '')), ...printedCodes.map((one) => one.replaceAll('-', '').slice(2))
    ]
    expect(raw).toHaveLength(20)
    for (const canary of [...canaries, raw, raw.toString('hex'), raw.toString('base64')]) expect(bytes.includes(canary), String(canary)).toBe(false)
  })

  it('made by the version before: its accounts go on, the first one coordinates', async () => {
    const file = newFile()
    const host = { now: Date.parse('2026-11-23T15:00:00Z') }
    const old = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(file) }) })
    expect((await new Migrator({ db: old, provider: migrations }).migrateTo('001-first')).error).toBeUndefined()
    await old.destroy()
    const hash = await quickKdf.hash(goodPassword)
    inFile(file, (db) => {
      const insert = db.prepare(`INSERT INTO account (id, email, email_skeleton, password_hash, passcode_hash, first_name, last_name, street, city, state, zip, phone,
        terms_version, terms_at, emessaging_version, emessaging_at, disabled, created_at) VALUES (?, ?, ?, ?, 'p', ?, 'Old', 's', 'c', 'TX', '78701', '+15125550142', '1', 5, '1', 6, 0, ?)`)
      for (const [index, name] of ['practice@epistle.example', 'first@parish.org', 'second@parish.org'].entries()) {
        insert.run(`A-${index}`, name, name, hash, name.split('@')[0], 10 + index)
        db.prepare('INSERT INTO password_history VALUES (?, ?, ?)').run(`A-${index}`, hash, 10 + index)
      }
      db.prepare('INSERT INTO device (token_hash, account_id, device_id, made_at) VALUES (?, ?, ?, ?)').run('t', 'A-1', 'pc-1', 11)
      db.prepare('INSERT INTO ledger (account_id, wallet_id, reason, reference, amount, at) VALUES (?, ?, ?, ?, ?, ?)').run('A-1', 'state:TX', 'grant', 'R-1', 7, 12)
    })
    const bench = await openBench({ file, host })
    const first = await signIn(bench, 'first@parish.org')
    expect(first.profile).toMatchObject({ coordinator: true, site: 'This parish', mustChangePassword: false, mustAcceptTerms: false, termsVersion: '1', emessagingTermsVersion: '1', passwordChangedAt: 11 })
    expect((await signIn(bench, 'second@parish.org')).profile.coordinator).toBe(false)
    expect((await signIn(bench, 'practice@epistle.example')).profile).toMatchObject({ coordinator: false, site: 'Practice' })
    expect((await bench.get('coordinator.people', {}, first.sessionToken)).people.map(({ email }) => email)).toEqual(['first@parish.org', 'second@parish.org'])
    expect((await bench.get('identity.details', {}, first.sessionToken)).terms).toEqual([{ document: 'terms', version: '1', at: 5 }, { document: 'emessaging', version: '1', at: 6 }])
    expect((await bench.get('stamps.wallets', {}, first.sessionToken)).wallets).toMatchObject([{ balance: 7 }])
    expect(await bench.ask('identity.changePassword', { password: goodPassword, newPassword: goodPassword, confirmPassword: goodPassword }, first.sessionToken)).toMatchObject({ problems: { newPassword: { code: 'PASSWORD_USED_BEFORE' } } })
    await bench.service.practice.prepareAccount()
    await bench.service.close()
    expect(inFile(file, (db) => [db.pragma('integrity_check', { simple: true }), db.pragma('foreign_key_check')])).toEqual(['ok', []])
  })

  it('a practice account can be practised with in every way, and opens again', async () => {
    const bench = await openBench()
    const one = await bench.service.practice.prepareAccount()
    const { sessionToken } = await signIn(bench, one.email, one.password)
    await bench.get('identity.setCodeByPost', { password: one.password, method: 'email' }, sessionToken)
    await bench.get('identity.notMe', {}, sessionToken)
    const two = await bench.service.practice.prepareAccount()
    expect((await signIn(bench, two.email, two.password)).profile).toMatchObject({ mustChangePassword: false, coordinator: false })
    const first = await signUpWith(bench, 'maria@parish.org')
    expect((await bench.get('coordinator.view', {}, first.token)).sites).toEqual(['This parish'])
    expect(await bench.ask('coordinator.create', { email: 'x@parish.org', firstName: 'X', lastName: 'Yo', site: 'practice', coordinator: true }, first.token)).toMatchObject({ code: 'NOT_ALLOWED' })
    expect((await bench.ask('identity.resume', { deviceToken: first.deviceToken, deviceId: pc.deviceId })).ok).toBe(true)
  })
})
