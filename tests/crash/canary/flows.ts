/** One parish's whole life at a PC, with a canary in every field; what the app makes itself (codes, secrets, answers) is handed out as it appears. */
import { totpAt } from '../../../src-main/service/identity/totp'
import { goodSignUp, sendDraft, testCard, type TestDesk } from '../../support/core'
import { contactPerson, type Canary, type TypedCanaries } from './canaries'

const email = 'maria@parish.org'
const otherEmail = 'joe@parish.org'
const questionIds = ['first-school', 'childhood-street', 'favorite-pet'] as const

/** Stops while files are searched. @param made canaries that have appeared since the last stop */
export type Checkpoint = (name: string, made: readonly Canary[]) => Promise<void>

type Three = readonly [string, string, string]
type Answer = { questionId: string; answer: string }
const answersOf = (answers: Three): [Answer, Answer, Answer] => [
  { questionId: questionIds[0], answer: answers[0] },
  { questionId: questionIds[1], answer: answers[1] },
  { questionId: questionIds[2], answer: answers[2] }
]

/** Fails loudly where a flow did not take the path it is there for. */
const expectCode = async (what: string, result: Promise<{ readonly ok: boolean; readonly code?: string }>, code: string): Promise<void> => {
  const found = await result
  if (found.ok || found.code !== code) throw new Error(`${what}: ${code} was due, not ${found.ok ? 'an answer' : found.code}`)
}

export const runFlows = async (desk: TestDesk, typed: TypedCanaries, checkpoint: Checkpoint): Promise<void> => {
  await signUp(desk, typed)
  const recovery = (await desk.must('account.newRecoveryCode', { password: typed.password })).code
  const recoveryCanaries = [
    { name: 'recovery code', text: recovery },
    { name: 'recovery code without dashes', text: recovery.replaceAll('-', '') }
  ]
  const contactId = await findContact(desk, typed)
  await buyStamps(desk, typed, contactId)
  await writeAndSend(desk, typed, contactId)
  await checkpoint('signed up, stamps bought, a letter on its way', recoveryCanaries)
  await checkpoint('letters screened, delivered, refused and answered', await waitForAnswers(desk, typed, contactId))
  await checkpoint('password, questions, passcode and second step changed', await changeSecrets(desk, typed))
  await checkpoint('coordinator: account made and reset', await coordinate(desk, typed))
  await checkpoint('password forgotten, letters opened with the printed code', await forget(desk, typed, recovery))
  await workOffline(desk, typed, contactId)
  await checkpoint('signed in and written without the line', [])
  await practise(desk)
  await desk.must('accounts.signIn', { email, password: typed.resetPassword })
  await save(desk, contactId, typed.lastWords)
  await checkpoint('a draft half written, everything open', [])
}

/** After the crash: opens everything again, in order, and closes it. */
export const runAfterCrash = async (desk: TestDesk, typed: TypedCanaries): Promise<void> => {
  const answer = await desk.must('accounts.signIn', { email, password: typed.resetPassword })
  if (answer.outcome !== 'signedIn') throw new Error('a second step was asked')
  const drafts = await desk.must('drafts.list', {})
  if (!drafts.some((draft) => draft.excerpt.includes(typed.lastWords))) throw new Error('the draft of the crash is gone')
  await desk.must('sync.now', {})
  await desk.must('accounts.signOut', {})
  await desk.restart()
}

const signUp = async (desk: TestDesk, typed: TypedCanaries): Promise<void> => {
  const { challengeId } = await desk.must('accounts.signUpStart', {})
  const form = {
    ...goodSignUp(challengeId, email),
    password: typed.password,
    confirmPassword: typed.password,
    passcode: typed.passcode,
    confirmPasscode: typed.passcode,
    questions: answersOf(typed.answers)
  }
  await expectCode('two passwords that differ', desk.call('accounts.create', { ...form, confirmPassword: typed.wrongPassword }), 'INVALID')
  await desk.must('accounts.create', form)
  await desk.must('accounts.acceptEmessagingTerms', { version: '1' })
}

const findContact = async (desk: TestDesk, typed: TypedCanaries): Promise<string> => {
  await desk.must('directory.search', { query: typed.search, state: 'TX', facilityId: contactPerson.facilityId })
  await desk.must('directory.search', { query: contactPerson.lastName, state: 'TX', facilityId: contactPerson.facilityId })
  return (await desk.must('contacts.add', { facilityId: contactPerson.facilityId, number: contactPerson.number })).contactId
}

const buyStamps = async (desk: TestDesk, typed: TypedCanaries, contactId: string): Promise<void> => {
  const quote = async (): Promise<string> => (await desk.must('stamps.quote', { contactId, packageId: 'cedar-20' })).ticket
  const card = (number: string, securityCode: string) => ({ ...testCard, card: { ...testCard.card, number, securityCode } })
  await expectCode('a card that is declined', desk.call('stamps.purchase', { ticket: await quote(), ...card(typed.declinedCard, typed.securityCode.slice(0, 3)) }), 'CARD_DECLINED')
  await expectCode('a security code that is too short', desk.call('stamps.purchase', { ticket: await quote(), ...card(typed.card, typed.securityCode.slice(0, 3)) }), 'INVALID')
  await desk.must('stamps.purchase', { ticket: await quote(), ...card(typed.card, typed.securityCode) })
}

const save = async (desk: TestDesk, contactId: string, body: string, subject = 'A letter') => {
  const draft = await desk.must('drafts.create', { contactId })
  const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { subject, body, prepaidReply: true } })
  if (saved.outcome !== 'saved') throw new Error(`the draft was not saved: ${saved.outcome}`)
  return saved.draft
}

const writeAndSend = async (desk: TestDesk, typed: TypedCanaries, contactId: string): Promise<void> => {
  const first = await save(desk, contactId, typed.earlierText)
  const second = await desk.must('drafts.save', { draftId: first.draftId, baseRevision: first.revision, patch: { subject: typed.subject, body: typed.body } })
  const stale = await desk.must('drafts.save', { draftId: first.draftId, baseRevision: first.revision - 1, patch: { body: typed.conflictText } })
  if (second.outcome !== 'saved' || stale.outcome !== 'conflict') throw new Error('no conflict where one was due')
  const gone = await save(desk, contactId, typed.discardedText)
  await desk.must('drafts.discard', { draftId: gone.draftId })
  for (const { versionId } of await desk.must('drafts.versions', { draftId: first.draftId })) await desk.must('drafts.version', { draftId: first.draftId, versionId })
  await sendDraft(desk, second.draft)
  await desk.must('sync.now', {})
}

/** A refused letter, and further ones until somebody answers. */
const waitForAnswers = async (desk: TestDesk, typed: TypedCanaries, contactId: string): Promise<readonly Canary[]> => {
  await sendDraft(desk, await save(desk, contactId, `${typed.heldWord}: I will hurt you.`))
  await desk.must('sync.now', {})
  for (let letter = 1; letter <= 8; letter += 1) {
    await desk.must('practice.fastForward', { hours: 24 * 14 })
    const [reply] = (await desk.must('inbox.list', {})).items
    if (reply === undefined) {
      await sendDraft(desk, await save(desk, contactId, `Letter ${letter}.`))
      await desk.must('sync.now', {})
      continue
    }
    const { body } = await desk.must('inbox.open', { messageId: reply.messageId })
    const longest = body.split('\n').reduce((best, line) => (line.length > best.length ? line : best), '')
    await desk.must('account.exportActivity', {})
    return [{ name: 'text of an answer', text: longest.slice(0, 60) }]
  }
  throw new Error('nobody answered')
}

const changeSecrets = async (desk: TestDesk, typed: TypedCanaries): Promise<readonly Canary[]> => {
  await desk.must('desk.lock', {})
  await expectCode('a wrong passcode', desk.call('desk.unlock', { passcode: typed.newPasscode }), 'PASSCODE_REFUSED')
  await desk.must('desk.unlock', { passcode: typed.passcode })
  const { password } = typed
  await expectCode('a wrong password before a change', desk.call('account.changePasscode', { password: typed.wrongPassword, passcode: typed.newPasscode, confirmPasscode: typed.newPasscode }), 'PASSWORD_REFUSED')
  await desk.must('account.changePasscode', { password, passcode: typed.newPasscode, confirmPasscode: typed.newPasscode })
  await desk.must('account.changeQuestions', { password, questions: answersOf(typed.newAnswers) })
  await desk.must('account.changePassword', { password, newPassword: typed.newPassword, confirmPassword: typed.newPassword })
  const setup = await desk.must('account.beginTotp', { password: typed.newPassword })
  const secret = setup.secret.replaceAll(' ', '')
  const { printedCodes } = await desk.must('account.confirmTotp', { code: totpAt(secret, desk.time.clock.now()) })
  await desk.must('accounts.signOut', {})
  await expectCode('a wrong password', desk.call('accounts.signIn', { email, password: typed.wrongPassword }), 'SIGN_IN_REFUSED')
  const asked = await desk.must('accounts.signIn', { email, password: typed.newPassword })
  if (asked.outcome !== 'secondStep') throw new Error('no second step was asked')
  await desk.must('accounts.secondStep', { attemptId: asked.attemptId, method: 'printed', code: printedCodes[0] ?? '', rememberThisPc: true })
  await desk.must('account.devices', {})
  await desk.must('account.secondStepOff', { password: typed.newPassword })
  return [
    { name: 'secret of the authenticator', text: secret },
    { name: 'secret of the authenticator, as shown', text: setup.secret },
    ...printedCodes.flatMap((code, index) => [
      { name: `printed code ${index + 1}`, text: code },
      { name: `printed code ${index + 1} without dashes`, text: code.replaceAll('-', '') }
    ])
  ]
}

const coordinate = async (desk: TestDesk, typed: TypedCanaries): Promise<readonly Canary[]> => {
  const made = await desk.must('coordinator.create', { email: otherEmail, firstName: 'Joe', lastName: 'Kowalski', site: 'This parish' })
  await desk.must('coordinator.setEscrow', { on: true, password: typed.newPassword })
  await desk.must('desk.handOver', {})
  await desk.must('accounts.signIn', { email: otherEmail, password: made.code })
  await desk.must('duties.acceptTerms', { version: '1' })
  await desk.must('duties.changePassword', { newPassword: typed.othersPassword, confirmPassword: typed.othersPassword })
  const draft = await desk.must('drafts.create', {})
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { body: typed.othersText } })
  await desk.must('desk.handOver', {})
  await desk.must('accounts.signIn', { email, password: typed.newPassword })
  const reset = await desk.must('coordinator.reset', { accountId: made.person.accountId, password: typed.newPassword })
  await desk.must('desk.handOver', {})
  await desk.must('accounts.signIn', { email: otherEmail, password: reset.code })
  await desk.must('accounts.signOut', {})
  return [
    { name: "coordinator's one-use code", text: made.code },
    { name: "coordinator's code of a reset", text: reset.code }
  ]
}

/** A new password by post; the letters are opened with the printed code. */
const forget = async (desk: TestDesk, typed: TypedCanaries, recovery: string): Promise<readonly Canary[]> => {
  await desk.must('accounts.forgotStart', { email })
  const code = (await desk.must('post.list', {})).map((item) => /\b\d{6}\b/u.exec(item.body)?.[0]).find((found) => found !== undefined) ?? ''
  const fresh = { newPassword: typed.resetPassword, confirmPassword: typed.resetPassword }
  await expectCode('answers of before', desk.call('accounts.forgotFinish', { email, code, answers: answersOf(typed.answers), ...fresh }), 'RESET_REFUSED')
  await desk.must('accounts.forgotFinish', { email, code, answers: answersOf(typed.newAnswers), ...fresh })
  await desk.must('accounts.signIn', { email, password: typed.resetPassword })
  await desk.must('duties.acceptTerms', { version: '1' })
  await expectCode('a wrong old password', desk.call('duties.openMailbox', { with: 'oldPassword', secret: typed.wrongPassword }), 'MAILBOX_STAYS_SEALED')
  await desk.must('duties.openMailbox', { with: 'recoveryCode', secret: recovery })
  const { code: again } = await desk.must('account.newRecoveryCode', { password: typed.resetPassword })
  return [
    { name: 'second recovery code', text: again },
    { name: 'second recovery code without dashes', text: again.replaceAll('-', '') }
  ]
}

const workOffline = async (desk: TestDesk, typed: TypedCanaries, contactId: string): Promise<void> => {
  await desk.must('accounts.signOut', {})
  await desk.must('practice.set', { offline: true })
  await expectCode('a wrong password without the line', desk.call('accounts.signIn', { email, password: typed.wrongPassword }), 'SIGN_IN_REFUSED')
  await desk.must('accounts.signIn', { email, password: typed.resetPassword })
  await sendDraft(desk, await save(desk, contactId, typed.offlineText))
}

const practise = async (desk: TestDesk): Promise<void> => {
  await desk.must('practice.set', { offline: false })
  await desk.must('sync.now', {})
  await desk.must('practice.fastForward', { hours: 24 * 14 })
  await desk.must('accounts.signOut', {})
  await desk.must('accounts.practice', {})
  await desk.must('accounts.signOut', {})
}
