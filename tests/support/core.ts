/** The whole core without windows, on a clock of its own: real SQLite files, the real service behind its port, real argon2 (with small parameters). */
import { hash, hashRaw, verify } from '@node-rs/argon2'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandCall, CommandInput, CommandOutput, CoreCommandName } from '../../src-main/contract/commands'
import { commands } from '../../src-main/contract/commands'
import type { CorePort } from '../../src-main/contract/core-port'
import type { JobView } from '../../src-main/contract/jobs'
import type { Outside } from '../../src-main/app/outside'
import type { AppEvent } from '../../src-main/contract/events'
import type { Result } from '../../src-main/contract/result'
import type { Contact, Draft, Letter, Session } from '../../src-main/contract/views'
import { createCore, type CoreOptions } from '../../src-main/core'
import { goOnWithRoom } from '../../src-main/go-on-with-room'
import { parseServiceConfig } from '../../src-main/service'
import { diskFiles, type Files } from '../../src-main/storage/files'
import { testOutside } from './outside'
import { quietPc, type ThisPc } from '../../src-main/this-pc'
import { createVirtualTime, type VirtualTime } from './virtual-time'

const quick = { algorithm: 2, memoryCost: 8, timeCost: 1, parallelism: 1 } as const

/** A stream of bytes that is the same for the same seed. */
export const seededRandom = (seed: string) => {
  let counter = 0
  const block = (): Buffer => createHash('sha256').update(`${seed}:${counter++}`).digest()
  return {
    bytes: (count: number): Uint8Array => {
      const blocks: Buffer[] = []
      for (let have = 0; have < count; have += 32) blocks.push(block())
      return new Uint8Array(Buffer.concat(blocks).subarray(0, count))
    },
    number: (): number => block().readUInt32BE(0) / 2 ** 32
  }
}

export const goodSignUp = (challengeId: string, email = 'maria@parish.org') => ({
  email,
  confirmEmail: email,
  password: 'Lantern7oak',
  confirmPassword: 'Lantern7oak',
  acceptTerms: true,
  questions: [
    { questionId: 'first-school', answer: 'Saint Brigid Primary' },
    { questionId: 'childhood-street', answer: 'Alder Lane' },
    { questionId: 'favorite-pet', answer: 'Biscuit' }
  ] as [{ questionId: string; answer: string }, { questionId: string; answer: string }, { questionId: string; answer: string }],
  firstName: 'Maria',
  lastName: 'Delgado',
  street: '12 Chapel Road',
  city: 'Austin',
  state: 'TX',
  zip: '78701',
  phone: '512 555 0142',
  passcode: '4827',
  confirmPasscode: '4827',
  challengeId,
  verificationCode: 'PSALM'
})

export type TestDesk = {
  readonly profileDir: string
  readonly time: VirtualTime
  readonly events: AppEvent[]
  readonly bugs: string[]
  readonly call: <N extends CoreCommandName>(name: N, input: CommandCall<N>) => Promise<Result<CommandOutput<N>>>
  /** Behind the door, where the shape of what is asked was looked at already. */
  readonly inside: CorePort['call']
  /** As `call`, and throws on a failure: for the steps a test takes on its way. */
  readonly must: <N extends CoreCommandName>(name: N, input: CommandCall<N>) => Promise<CommandOutput<N>>
  /** The person chooses this file in the system's dialog. @returns what a window gets to know it by */
  readonly choose: (path: string, purpose?: 'save' | 'open') => string
  /** Waits until long work has come to its end. */
  readonly ended: (job: JobView) => Promise<JobView>
  /** What the shell asks after somebody chose a folder. */
  readonly inner: CorePort['callInner']
  /** Time passes while somebody sits at the desk: the screen does not lock. */
  readonly work: (ms: number) => Promise<void>
  /** Ends the core in order and starts it again on the same files. @param between what happens to the files meanwhile */
  readonly restart: (between?: () => Promise<void>) => Promise<void>
  /** Ends the core in order and leaves its files. */
  readonly end: () => Promise<void>
  readonly noteTrouble: CorePort['noteTrouble']
  readonly saveReport: CorePort['saveReport']
  readonly close: () => Promise<void>
}

/** Opens a desk in a folder of its own. @param config keys of `--service-config`; `dice`: another name for other chance, on a copied folder; `time`: another clock than a new virtual one */
export const openTestDesk = async (
  config: Record<string, unknown> = {},
  options: { readonly profileDir?: string; readonly fingerprint?: string; readonly dice?: string; readonly time?: VirtualTime; readonly files?: Files; readonly pc?: Partial<ThisPc>; readonly outside?: Partial<Outside>; readonly network?: CoreOptions['network']; readonly mayPutDeskRight?: CoreOptions['mayPutDeskRight'] } = {}
): Promise<TestDesk> => {
  const profileDir = options.profileDir ?? mkdtempSync(join(tmpdir(), 'epistle-core-'))
  const time = options.time ?? createVirtualTime()
  const parsed = parseServiceConfig(JSON.stringify({ robotCheckAnswer: 'PSALM', seed: 7, ...config }))
  if (!parsed.ok) throw new Error(parsed.message)
  const random = seededRandom(options.dice ?? 'desk')
  const events: AppEvent[] = []
  const bugs: string[] = []
  const start = (): Promise<CorePort> =>
    createCore({
      profileDir,
      version: '0.0.0',
      device: { name: 'Test PC', fingerprint: options.fingerprint ?? 'this-pc' },
      clock: time.clock,
      uptime: time.clock.now,
      random,
      timers: time.timers,
      kdf: { hash: (secret) => hash(secret, quick), verify },
      vault: {
        derive: (secret, salt, cost) => hashRaw(secret, { ...quick, memoryCost: cost.memoryKiB, timeCost: cost.passes, salt, outputLen: 32 }),
        cost: { memoryKiB: quick.memoryCost, passes: quick.timeCost, lanes: quick.parallelism }
      },
      files: options.files ?? diskFiles,
      pc: { ...quietPc, ...options.pc },
      network: options.network ?? ((service) => service),
      ...(options.mayPutDeskRight === undefined ? {} : { mayPutDeskRight: options.mayPutDeskRight }),
      outside: testOutside(options.outside),
      serviceConfig: parsed.config,
      logBug: (where, error) => bugs.push(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    })
  const begin = async (): Promise<CorePort> => {
    const begun = await goOnWithRoom(start)
    begun.onEvent((event) => events.push(event))
    return begun
  }
  let core = await begin()
  let places = 0
  const call = async <N extends CoreCommandName>(name: N, input: CommandCall<N>): Promise<Result<CommandOutput<N>>> =>
    core.call(name, commands[name].input.parse(input) as CommandInput<N>)
  return {
    profileDir,
    time,
    events,
    bugs,
    call,
    inside: (name, input) => core.call(name, input),
    must: async (name, input) => {
      const result = await call(name, input)
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result)}`)
      return result.value
    },
    choose: (path, purpose = 'save') => {
      const placeId = `place-${(places += 1)}`
      core.grant({ placeId, purpose, path })
      return placeId
    },
    ended: async (job) => {
      const last = (): JobView | undefined => events.flatMap((event) => (event.type === 'jobChanged' && event.job.jobId === job.jobId ? [event.job] : [])).at(-1)
      for (let view = last(); ; view = last()) {
        if (view !== undefined && view.state !== 'running') return view
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    inner: (name, input) => core.callInner(name, input),
    work: async (ms) => {
      for (let left = ms; left > 0; left -= 60_000) {
        await call('desk.stay', {})
        await time.advance(Math.min(left, 60_000))
      }
    },
    restart: async (between) => {
      await core.close()
      await between?.()
      core = await begin()
    },
    end: () => core.close(),
    noteTrouble: (kind, code) => core.noteTrouble(kind, code),
    saveReport: (file) => core.saveReport(file),
    close: async () => {
      await core.close()
      rmSync(profileDir, { recursive: true, force: true })
    }
  }
}

export const signUp = async (desk: TestDesk, email?: string): Promise<Session> => {
  const challenge = await desk.must('accounts.signUpStart', {})
  const session = await desk.must('accounts.create', goodSignUp(challenge.challengeId, email))
  await desk.must('accounts.acceptEmessagingTerms', { version: '1' })
  return session
}

export const password = 'Lantern7oak'

export const signInAs = async (desk: TestDesk, email = 'maria@parish.org', secret = password): Promise<Session> => {
  const answer = await desk.must('accounts.signIn', { email, password: secret })
  if (answer.outcome !== 'signedIn') throw new Error('a second step was asked')
  return answer.session
}

export const testCard = {
  card: { number: '4242 4242 4242 4242', expiry: '12/28', securityCode: '123', name: 'Maria Delgado' },
  billing: { street: '12 Chapel Road', city: 'Austin', state: 'TX', zip: '78701' }
}

/** A contact at Cedar State with 20 stamps bought for Texas. */
export const readyToWrite = async (desk: TestDesk): Promise<Contact> => {
  await signUp(desk)
  const contact = await desk.must('contacts.add', { facilityId: 'cedar-state', number: '448213' })
  const offer = await desk.must('stamps.offer', { contactId: contact.contactId })
  const packageId = offer.packages.find((pack) => pack.stamps === 20)?.packageId ?? ''
  const quote = await desk.must('stamps.quote', { contactId: contact.contactId, packageId })
  await desk.must('stamps.purchase', { ticket: quote.ticket, ...testCard })
  return contact
}

export const writeDraft = async (desk: TestDesk, contactId: string, body: string, subject = 'A letter'): Promise<Draft> => {
  const draft = await desk.must('drafts.create', { contactId })
  const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { subject, body } })
  if (saved.outcome !== 'saved') throw new Error(`the draft was not saved: ${saved.outcome}`)
  return saved.draft
}

export const sendDraft = async (desk: TestDesk, draft: Draft): Promise<Letter> => {
  const quote = await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })
  return desk.must('letters.send', { ticket: quote.ticket })
}

export const stampsFree = async (desk: TestDesk): Promise<number> =>
  (await desk.must('stamps.wallets', {})).reduce((sum, wallet) => sum + wallet.available, 0)

// The bench opens mailboxes by themselves, with what this file is bundled from.
export { openMailbox } from '../../src-main/storage/mailbox'
export { openVaults } from '../../src-main/storage/vault'

/** Two confirmed letters that wait, because the line was down when they were confirmed; it is up again. */
export const letTwoLettersWait = async (desk: TestDesk): Promise<void> => {
  const contact = await readyToWrite(desk)
  await desk.must('practice.set', { offline: true })
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'The first that waits.'))
  await sendDraft(desk, await writeDraft(desk, contact.contactId, 'The second that waits.'))
  await desk.must('practice.set', { offline: false })
}
