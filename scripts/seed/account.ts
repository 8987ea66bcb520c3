/** The account an archive is made for: created as a person creates one, with contacts from the service's directory. */
import { hash, verify } from '@node-rs/argon2'
import { randomBytes, randomInt } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { commands, type CommandCall, type CommandInput, type CommandOutput, type CoreCommandName } from '../../src-main/contract/commands'
import type { Contact, Facility } from '../../src-main/contract/views'
import { createCore } from '../../src-main/core'
import { diskFiles } from '../../src-main/storage/files'
import { quietPc } from '../../src-main/this-pc'
import { testOutside } from '../../tests/support/outside'
import { costs, derive, vaultCost, type Cost } from './cost'
import type { SeedPerson } from './plan'

export const defaultAccount = { email: 'maria@parish.org', password: 'Lantern7oak' } as const
export type Login = { readonly email: string; readonly password: string }

/** A core on the real clock and disk, as the app runs it, without a window. */
const openCore = async (profileDir: string, cost: Cost) => {
  const bugs: string[] = []
  const core = await createCore({
    profileDir,
    version: '0.0.0',
    device: { name: 'seed-archive', fingerprint: 'seed-archive' },
    clock: { now: () => Date.now() },
    uptime: () => performance.now(),
    random: { bytes: (count) => randomBytes(count), number: () => randomInt(2 ** 32) / 2 ** 32 },
    timers: {
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      }
    },
    kdf: { hash: (secret) => hash(secret, { algorithm: 2, ...costs[cost] }), verify: (stored, secret) => verify(stored, secret) },
    vault: { derive, cost: vaultCost(cost) },
    files: diskFiles,
    network: (service) => service,
    outside: testOutside(),
    pc: quietPc,
    serviceConfig: { robotCheckAnswer: 'PSALM' },
    logBug: (where, error) => bugs.push(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  })
  return {
    core,
    must: async <N extends CoreCommandName>(name: N, input: CommandCall<N>): Promise<CommandOutput<N>> => {
      const result = await core.call(name, commands[name].input.parse(input) as CommandInput<N>)
      if (!result.ok) throw new Error(`${name}: ${result.code} ${JSON.stringify(result.problems ?? result.params ?? {})} ${bugs.join('\n')}`)
      return result.value
    }
  }
}
type Desk = Awaited<ReturnType<typeof openCore>>

const signUp = async (desk: Desk, { email, password }: Login): Promise<string> => {
  const { challengeId } = await desk.must('accounts.signUpStart', {})
  const { accountId } = await desk.must('accounts.create', {
    email,
    confirmEmail: email,
    password,
    confirmPassword: password,
    acceptTerms: true,
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
    challengeId,
    verificationCode: 'PSALM'
  })
  await desk.must('accounts.acceptEmessagingTerms', { version: '1' })
  return accountId
}

const signIn = async (desk: Desk, { email, password }: Login): Promise<string> => {
  const answer = await desk.must('accounts.signIn', { email, password })
  if (answer.outcome !== 'signedIn') throw new Error('This account asks for a second step. Choose another one.')
  if (!answer.session.emessagingTermsAccepted) await desk.must('accounts.acceptEmessagingTerms', { version: '1' })
  return answer.session.accountId
}

const names = ['da', 'ma', 'jo', 'an', 're', 'ga', 'lu', 'el', 'ro', 'sa', 'be', 'ca'] as const

/** A person who is invited first becomes ready with the code that came by the service's post. */
const accept = async (desk: Desk, contact: Contact): Promise<boolean> => {
  if (contact.standing === 'ready') return true
  const post = await desk.must('post.list', {})
  const invitation = post.find(({ subject }) => subject === `Invitation from ${contact.name}`)
  const code = /invitation code is (\S+?)\./u.exec(invitation?.body ?? '')?.[1]
  if (code === undefined) return false
  await desk.must('contacts.enterInvitationCode', { contactId: contact.contactId, code })
  return true
}

/** Daniel Reyes and as many others as are wanted, spread over all facilities. */
const addContacts = async (desk: Desk, wanted: number): Promise<void> => {
  const known = await desk.must('contacts.list', {})
  if (!known.some(({ number }) => number === '448213')) await desk.must('contacts.add', { facilityId: 'cedar-state', number: '448213' })
  const facilities = await desk.must('facilities.list', {})
  let have = Math.max(1, known.length)
  for (let round = 0; have < wanted && round < 40; round += 1) {
    for (const facility of facilities) {
      const query = names[round % names.length] ?? 'ma'
      const { items } = await desk.must('directory.search', { query, state: facility.state, facilityId: facility.id, page: Math.floor(round / names.length) })
      for (const person of items.filter(({ status, alreadyContact }) => status === 'active' && !alreadyContact).slice(0, 6)) {
        if (have >= wanted) return
        await accept(desk, await desk.must('contacts.add', { facilityId: person.facilityId, number: person.number }))
        have += 1
      }
    }
  }
}

const writable = (contacts: readonly Contact[], facilities: readonly Facility[]): readonly SeedPerson[] => {
  const rules = new Map(facilities.map((facility) => [facility.id, facility]))
  const people = contacts
    .filter(({ standing, status }) => standing === 'ready' && status === 'active')
    .map((contact) => ({
      contactId: contact.contactId,
      facilityId: contact.facilityId,
      facilityName: contact.facilityName,
      number: contact.number,
      firstName: contact.firstName,
      lastName: contact.lastName,
      // The women's prison of the practice service has a Spanish-speaking chaplaincy.
      spanish: contact.facilityId === 'st-dismas-womens',
      answersHere: rules.get(contact.facilityId)?.replyByPostOnly !== true
    }))
  const daniel = people.findIndex(({ number, facilityId }) => facilityId === 'cedar-state' && number === '448213')
  return daniel < 0 ? people : [...people.slice(daniel, daniel + 1), ...people.slice(0, daniel), ...people.slice(daniel + 1)]
}

const isNew = (profileDir: string): boolean => {
  try {
    return !readdirSync(join(profileDir, 'mailboxes')).some((name) => name.endsWith('.vault'))
  } catch {
    return true
  }
}

/** Opens the account through the app's own doors and leaves again. @returns what the mailbox is opened with, and who is written to */
export const prepareAccount = async (profileDir: string, login: Login, contacts: number, cost: Cost) => {
  const desk = await openCore(profileDir, cost)
  try {
    const made = isNew(profileDir)
    const accountId = made ? await signUp(desk, login) : await signIn(desk, login)
    await addContacts(desk, contacts)
    const people = writable(await desk.must('contacts.list', {}), await desk.must('facilities.list', {}))
    return { accountId, made, people }
  } finally {
    await desk.core.close()
  }
}

/** Stamps to go on writing with, bought from the service itself, so that both books agree on what is free. */
export const buySomeStamps = async (profileDir: string, login: Login, people: readonly SeedPerson[], cost: Cost): Promise<void> => {
  const desk = await openCore(profileDir, cost)
  try {
    await signIn(desk, login)
    const [daniel] = people
    if (daniel === undefined) return
    const { packages, wallet } = await desk.must('stamps.offer', { contactId: daniel.contactId })
    const pack = packages[0]
    if (pack === undefined || wallet.available >= pack.stamps) return
    const { ticket } = await desk.must('stamps.quote', { contactId: daniel.contactId, packageId: pack.packageId })
    await desk.must('stamps.purchase', {
      ticket,
      card: { number: '4242 4242 4242 4242', expiry: '12/28', securityCode: '123', name: 'Maria Delgado' },
      billing: { street: '12 Chapel Road', city: 'Austin', state: 'TX', zip: '78701' }
    })
  } finally {
    await desk.core.close()
  }
}
