/** Every command that waits for something, begun while somebody leaves: it is answered with a yes or a word, never with a bug, and its owner gets in. */
import { password, testCard } from '../../support/core'
import type { Bench } from '../sim/bench'
import { seededNumbers } from '../support/seeded-numbers'
import { codes, interleave, internal, type Act, type Scenario } from './interleave'

const answers = ['Saint Brigid Primary', 'Alder Lane', 'Biscuit']
const questions = ['first-school', 'childhood-street', 'favorite-pet'].map((questionId, index) => ({ questionId, answer: `New ${answers[index] ?? ''}` })) as [
  { questionId: string; answer: string },
  { questionId: string; answer: string },
  { questionId: string; answer: string }
]
const address = { street: '14 Chapel Road', city: 'Austin', state: 'TX', zip: '78701' }

/** What somebody may just have asked for, by its name. */
const asked = async ({ world, me, write, must }: Bench): Promise<Readonly<Record<string, Act>>> => {
  const draft = await write('in hand')
  const activity = await must(world.call('account.activity', {}))
  const offer = await must(world.call('stamps.offer', { contactId: me.contactId }))
  const packageId = offer.packages[0]?.packageId ?? ''
  const { ticket } = await must(world.call('stamps.quote', { contactId: me.contactId, packageId }))
  return {
    details: () => world.begin('account.details', {}),
    profile: () => world.begin('account.updateProfile', { firstName: 'Maria', lastName: 'Delgado', phone: '512 555 0143', ...address }),
    questions: () => world.begin('account.changeQuestions', { password, questions }),
    passcode: () => world.begin('account.changePasscode', { password, passcode: '4827', confirmPasscode: '4827' }),
    'recovery code': () => world.begin('account.newRecoveryCode', { password }),
    totp: () => world.begin('account.beginTotp', { password }),
    'printed codes': () => world.begin('account.newPrintedCodes', { password }),
    devices: () => world.begin('account.devices', {}),
    'not me': () => world.begin('account.notMe', { entryId: activity.items[0]?.entryId ?? '' }),
    terms: () => world.begin('accounts.acceptEmessagingTerms', { version: '1' }),
    directory: () => world.begin('directory.search', { query: 'Reyes', state: 'TX', facilityId: 'cedar-state' }),
    'add contact': () => world.begin('contacts.add', { facilityId: 'cedar-state', number: '000012' }),
    offer: () => world.begin('stamps.offer', { contactId: me.contactId }),
    buy: () => world.begin('stamps.purchase', { ticket, ...testCard }),
    backup: () => world.begin('backups.make', {}),
    rehearse: () => world.begin('backups.rehearse', {}),
    discard: () => world.begin('drafts.discard', { draftId: draft.draftId }),
    sync: () => world.begin('sync.now', {}),
    'escrow on': () => world.begin('coordinator.setEscrow', { on: true, password }),
    people: () => world.begin('coordinator.people', {})
  }
}

const leaving = ['accounts.signOut', 'desk.handOver', 'desk.lock'] as const

export const whateverAndLeave: Scenario = async (bench, gate, seed) => {
  const { world } = bench
  const acts = await asked(bench)
  const random = seededNumbers(seed)
  const one = random.pick(Object.keys(acts))
  const other = random.pick(Object.keys(acts))
  bench.told().buys += 1
  const way = random.pick(leaving)
  const answered = await interleave(bench, gate, seed, [acts[one], acts[other], () => world.begin(way, {})].filter((act) => act !== undefined))
  if (internal(answered)) return `${one}, ${other} and ${way}: ${codes(answered)}`
  const session = await bench.comeBack()
  if (session?.mailbox !== 'open') return `after ${one}, ${other} and ${way} the mailbox is ${session?.mailbox ?? 'not reached'}`
  if (session.duties.length === 0) return null
  // A new password is owed after "This was not me".
  const owed = await world.call('duties.changePassword', { newPassword: 'Harbour9maple', confirmPassword: 'Harbour9maple' })
  return owed?.ok === true ? null : `what is owed after ${one}, ${other} and ${way} cannot be done`
}
