/** A parish with its coordinator, for the tests of accounts: everything through the line, as text. */
import { createHmac } from 'node:crypto'
import Database from 'better-sqlite3'
import { describe, expect } from 'vitest'
import type { MessageInput } from '../../../src-main/wire/messages'
import { goodForm, openBench, pc, signInAs, type Bench, type SignedIn } from './support'

export const minute = 60_000
export const day = 24 * 60 * minute
const presets = ['cheatSheet', 'facility', 'advice'] as const
type Preset = (typeof presets)[number]

/** Good under every preset, and under all of them at once. */
export const goodPassword = 'Lantern7oak!'
export const otherPassword = 'Hawthorn42!x'

export type Account = { readonly email: string; readonly password: string; readonly token: string; readonly deviceToken: string; readonly accountId: string }

export const signUpWith = async (bench: Bench, email: string, change: Partial<MessageInput<'identity.signUp'>> = {}): Promise<Account> => {
  const { challengeId } = await bench.get('identity.challenge', {})
  const password = change.password ?? goodPassword
  const form = goodForm(challengeId, { email, confirmEmail: email, password, confirmPassword: password, ...change })
  const { profile, sessionToken, deviceToken } = await bench.get('identity.signUp', form)
  return { email, password, token: sessionToken, deviceToken, accountId: profile.accountId }
}

export type Parish = { readonly bench: Bench; readonly maria: Account; readonly jo: Account }
type BenchOptions = Parameters<typeof openBench>[0]

/** Maria came first and coordinates; Jo is a volunteer; the preset is in force. */
export const openParish = async (preset: Preset = 'cheatSheet', release: 'timedThenAdmin' | 'timed' | 'admin' = 'timedThenAdmin', options: BenchOptions = {}): Promise<Parish> => {
  const bench = await openBench(options)
  const maria = await signUpWith(bench, 'maria@parish.org')
  await bench.get('coordinator.setPolicy', { presets: [preset], release, password: goodPassword }, maria.token)
  return { bench, maria, jo: await signUpWith(bench, 'jo@parish.org', { firstName: 'Jo', lastName: 'Park', phone: '512 555 0199' }) }
}

export const trySignIn = (bench: Bench, email: string, password: string, change: Partial<MessageInput<'identity.signIn'>> = {}) =>
  bench.ask('identity.signIn', { email, password, ...pc, ...change })

export const signIn = (bench: Bench, email: string, password = goodPassword, change: Partial<MessageInput<'identity.signIn'>> = {}): Promise<SignedIn> =>
  signInAs(bench, email, password, change)

export const startSecondStep = async (bench: Bench, email: string, password = goodPassword, change: Partial<MessageInput<'identity.signIn'>> = {}) => {
  const reply = await bench.get('identity.signIn', { email, password, ...pc, ...change })
  if (reply.outcome !== 'secondStep') throw new Error('no second step was asked for')
  return reply
}

/** The digits in the newest message to an address or number. */
export const postedCode = (bench: Bench, to: string): string => {
  const item = bench.service.post.list().find((one) => one.to === to && /code is \d{6}/.test(one.body))
  return /code is (\d{6})/.exec(item?.body ?? '')?.[1] ?? 'none'
}

export const wrongDigits = (code: string): string => (code === '000000' ? '111111' : '000000')

/** RFC 6238 written out again, so that the service is not compared with its own library. */
export const rfcTotp = (base32: string, ms: number): string => {
  const bits = Array.from(base32, (sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const offset = (hash[19] ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export type Enrolled = { readonly secret: string; readonly printedCodes: readonly string[] }

/** Switches the app's codes on; the step of its first code is used up by it. */
export const enrolTotp = async (bench: Bench, account: Account): Promise<Enrolled> => {
  const { secret } = await bench.get('identity.beginTotp', { password: account.password }, account.token)
  const { printedCodes } = await bench.get('identity.confirmTotp', { code: rfcTotp(secret, bench.host.now) }, account.token)
  bench.host.now += 30_000
  return { secret, printedCodes }
}

export const theAnswers = goodForm('x').questions
export const wrongAnswers = theAnswers.map((one, index) => (index === 1 ? { ...one, answer: 'Elm Lane' } : one))

export const policyOf = async (bench: Bench) => (await bench.get('identity.policy', {})).policy

/** Looks into the service's file, or changes it, while the service is closed. */
export const inFile = <T>(file: string, work: (db: Database.Database) => T): T => {
  const db = new Database(file)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** Sign-in is refused, with whatever sentence. */
export const expectRefused = (answer: { readonly ok: boolean }): void => {
  expect(answer).toMatchObject({ ok: false, status: 403 })
}

/** Passwords that differ, good under every preset. */
export const numbered = (index: number): string => `Hawthorn${String(index).padStart(2, '0')}!x`

type OpenUnder = (release?: 'timedThenAdmin' | 'timed' | 'admin', options?: BenchOptions) => Promise<Parish>

/** One suite, run against each preset. */
export const underEveryPreset = (suite: (open: OpenUnder, preset: Preset) => void): void => {
  describe.each(presets)('under %s', (preset) => suite((release, options) => openParish(preset, release, options), preset))
}
