/** The service on a clock of its own, spoken to in text only, as the app does. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { createService, type Service, type ServiceConfig } from '../../../src-main/service'
import type { Kdf } from '../../../src-main/service/context'
import { canonicalLetter } from '../../../src-main/wire/canonical'
import { failureSchema, type WireFailure } from '../../../src-main/wire/failures'
import { messages, type LetterPayload, type MessageInput, type MessageName, type MessageReply } from '../../../src-main/wire/messages'

export const hour = 3_600_000
export const start = Date.parse('2026-11-23T15:00:00Z')

const sha = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** As slow hashing, but quick. */
export const quickKdf: Kdf = {
  hash: (secret) => Promise.resolve(`quick$${sha(`salt ${secret}`)}`),
  verify: (hash, secret) => Promise.resolve(hash === `quick$${sha(`salt ${secret}`)}`)
}

const seededBytes = (seed: string) => {
  let counter = 0
  return (count: number): Uint8Array => {
    const blocks: Buffer[] = []
    for (let have = 0; have < count; have += 32) blocks.push(createHash('sha256').update(`${seed}:${counter++}`).digest())
    return new Uint8Array(Buffer.concat(blocks).subarray(0, count))
  }
}

type Ask = <N extends MessageName>(name: N, input: MessageInput<N>, token?: string | null) => Promise<{ ok: true; reply: MessageReply<N> } | WireFailure>

export type Bench = {
  readonly service: Service
  /** Sends one request as text; the reply must fit the wire's schema. */
  readonly ask: Ask
  /** The same, for a request that has to succeed. */
  readonly get: <N extends MessageName>(name: N, input: MessageInput<N>, token?: string | null) => Promise<MessageReply<N>>
  /** Anything at all as a request. */
  readonly raw: (request: unknown) => Promise<{ ok: true; reply: unknown } | WireFailure>
  readonly host: { now: number }
  readonly bugs: unknown[]
  readonly waited: number[]
  /** Closes and opens the same file again. */
  readonly restart: (config?: ServiceConfig) => Promise<Bench>
  readonly file: string
}

const open: Service[] = []
const folders: string[] = []

afterAll(async () => {
  await Promise.all(open.splice(0).map((service) => service.close().catch(() => undefined)))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export const parseAnswer = (text: string): { ok: true; reply: unknown } | WireFailure => {
  const value = JSON.parse(text) as { ok: boolean; reply: unknown }
  return value.ok === true ? { ok: true, reply: value.reply } : failureSchema.parse(value)
}

type BenchOptions = { readonly config?: ServiceConfig; readonly file?: string; readonly kdf?: Kdf; readonly bytes?: string; readonly host?: { now: number }; readonly anyCode?: boolean; readonly uptime?: () => number }

/** Seed 7, the picture always says PSALM, the clock starts on a Monday at 15:00. */
export const openBench = async (options: BenchOptions = {}): Promise<Bench> => {
  const host = options.host ?? { now: start }
  const bugs: unknown[] = []
  const waited: number[] = []
  const file = options.file ?? ':memory:'
  const config: ServiceConfig = { seed: 7, ...(options.anyCode === true ? {} : { robotCheckAnswer: 'PSALM' }), ...options.config }
  const service = await createService({
    file,
    config,
    now: () => host.now,
    ...(options.uptime === undefined ? {} : { uptime: options.uptime }),
    randomBytes: seededBytes(options.bytes ?? `bytes ${host.now}`),
    delay: (ms) => {
      waited.push(ms)
      return Promise.resolve()
    },
    kdf: options.kdf ?? quickKdf,
    report: (error) => bugs.push(error)
  })
  open.push(service)
  const raw = async (request: unknown) => parseAnswer(await service.remote.exchange(typeof request === 'string' ? request : JSON.stringify(request)))
  const ask: Ask = async (name, input, token = null) => {
    const answer = await raw({ name, token, input })
    if (!answer.ok) return answer
    return { ok: true, reply: messages[name].reply.parse(answer.reply) as MessageReply<typeof name> }
  }
  return {
    service,
    ask,
    get: async (name, input, token = null) => {
      const answer = await ask(name, input, token)
      expect(answer).toMatchObject({ ok: true })
      if (!answer.ok) throw new Error(answer.code)
      return answer.reply
    },
    raw,
    host,
    bugs,
    waited,
    restart: async (again = options.config ?? {}) => {
      open.splice(open.indexOf(service), 1)
      await service.close()
      return openBench({ ...options, config: again, file, host, bytes: `bytes ${host.now} again ${Math.floor(performance.now() * 1_000)}` })
    },
    file
  }
}

/** A folder that is gone after the test. */
export const newFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'epistle-service-'))
  folders.push(folder)
  return join(folder, 'service.db')
}

/** Every byte the service has on disk: its file and SQLite's companions. */
export const bytesOnDisk = (file: string): Buffer => {
  const folder = join(file, '..')
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
}

export const goodForm = (challengeId: string, change: Partial<MessageInput<'identity.signUp'>> = {}): MessageInput<'identity.signUp'> => ({
  challengeId,
  verificationCode: 'PSALM',
  email: 'maria@parish.org',
  confirmEmail: 'maria@parish.org',
  password: 'Lantern7oak',
  confirmPassword: 'Lantern7oak',
  acceptTerms: true,
  termsVersion: '1',
  questions: [
    { questionId: 'first-school', answer: 'Saint Brigid Primary' },
    { questionId: 'childhood-street', answer: 'Alder Lane' },
    { questionId: 'favorite-pet', answer: 'Biscuit' }
  ],
  firstName: 'Maria',
  lastName: 'Delgado',
  street: '12 Chapel Road',
  city: 'Austin',
  state: 'TX',
  zip: '78701',
  phone: '512 555 0142',
  passcode: '4827',
  confirmPasscode: '4827',
  deviceId: 'pc-1',
  deviceName: 'Office PC',
  ...change
})

/** The device every test signs in from, unless it says otherwise. */
export const pc = { deviceId: 'pc-1', deviceName: 'Office PC', rememberToken: null }

export type Person = { readonly facilityId: string; readonly number: string }
export const daniel: Person = { facilityId: 'cedar-state', number: '448213' }

export type Volunteer = { readonly token: string; readonly deviceToken: string; readonly accountId: string; readonly email: string }

export const signUp = async (bench: Bench, email = 'maria@parish.org'): Promise<Volunteer> => {
  const { challengeId } = await bench.get('identity.challenge', {})
  const { profile, sessionToken, deviceToken } = await bench.get('identity.signUp', goodForm(challengeId, { email, confirmEmail: email }))
  return { token: sessionToken, deviceToken, accountId: profile.accountId, email }
}

export type SignedIn = Extract<MessageReply<'identity.signIn'>, { outcome: 'signedIn' }>

/** A sign-in that needs no second step. */
export const signInAs = async (bench: Bench, email: string, password: string, change: Partial<MessageInput<'identity.signIn'>> = {}): Promise<SignedIn> => {
  const reply = await bench.get('identity.signIn', { email, password, ...pc, ...change })
  if (reply.outcome !== 'signedIn') throw new Error('a second step was asked for')
  return reply
}

export const goodCard = { number: '4242 4242 4242 4242', expiry: '12/29', securityCode: '123', name: 'Maria Delgado' }
export const goodBilling = { street: '12 Chapel Road', city: 'Austin', state: 'TX', zip: '78701' }

let keys = 0
export const newKey = (): string => `key-${String(++keys).padStart(6, '0')}-0123456789abcdef`

export const purchaseOf = (change: Partial<MessageInput<'stamps.purchase'>> = {}): MessageInput<'stamps.purchase'> => ({
  key: newKey(),
  facilityId: 'cedar-state',
  packageId: 'cedar-20',
  consentCents: 500,
  card: goodCard,
  billing: goodBilling,
  ...change
})

export const letterTo = (person: Person, change: Partial<LetterPayload> = {}, consentStamps = 1, key = newKey()): MessageInput<'messaging.submit'> => {
  const payload: LetterPayload = { ...person, subject: 'A quiet evening', body: 'Dear friend,\n\nthe candles are lit.', prepaidReply: false, photos: [], ...change }
  const photos = payload.photos.map((photo) => sha(Buffer.from(photo, 'base64')))
  return { key, payload, consentStamps, payloadHash: sha(canonicalLetter({ ...payload, photos }, consentStamps)) }
}

/** A volunteer with terms accepted, Daniel registered and twenty stamps. */
export const readyVolunteer = async (bench: Bench, email = 'maria@parish.org'): Promise<Volunteer> => {
  const volunteer = await signUp(bench, email)
  await bench.get('identity.acceptTerms', { document: 'emessaging', version: '1' }, volunteer.token)
  await bench.get('contacts.register', daniel, volunteer.token)
  await bench.get('stamps.purchase', purchaseOf(), volunteer.token)
  return volunteer
}

export const balance = async (bench: Bench, token: string, walletId = 'state:TX'): Promise<number | undefined> =>
  (await bench.get('stamps.wallets', {}, token)).wallets.find((wallet) => wallet.walletId === walletId)?.balance

export const allUpdates = async (bench: Bench, token: string) => {
  const all: MessageReply<'messaging.updates'>['updates'] = []
  for (;;) {
    const { updates, more } = await bench.get('messaging.updates', { after: all.at(-1)?.seq ?? 0, limit: 500 }, token)
    all.push(...updates)
    if (!more) return all
  }
}

/** The states of one letter so far, in order. */
export const statesOf = async (bench: Bench, token: string, key: string): Promise<readonly string[]> =>
  (await allUpdates(bench, token)).flatMap((update) => (update.kind === 'state' && update.key === key ? [update.state] : []))
