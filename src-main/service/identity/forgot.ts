import { normaliseEmail } from '../../rules/email'
import { normalisePassword } from '../../rules/password-policy'
import { normaliseAnswer } from '../../rules/security-questions'
import type { MessageInput } from '../../wire/messages'
import { transact, type Call, type OpenHandler, type Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { done, refuse } from '../outcome'
import { newDigits, sameText } from '../secrets'
import { note } from './account-log'
import { signOutEverywhere, forgetRemembered } from './devices'
import { clearGuard, countTry, emailKeyOf, readLock, triesAllowed } from './guard'
import { problemsFor, problemsOf, setPassword } from './new-password'
import { postPasswordReset, postResetCode } from './notices'
import { followsAdvice, readChoice } from './policy'
import { checkPrintedCode, usePrintedCode } from './printed-codes'
import { tellLocked } from './prove'
import { checkTotp, useTotpStep } from './totp'

const codeMs = 15 * 60_000
const triesPerCode = 5
/** So many codes an hour go out for one address; more are asked for in vain, and silently. */
const codesAnHour = 5
const hourMs = 60 * 60_000
/** Stands in place of a question's id: its answer is a code of the authenticator app, or a printed one. */
const secondStepAnswer = 'second-step'

const findAccount = (call: Call, email: string): Promise<AccountRow | undefined> =>
  call.context.db.selectFrom('account').selectAll().where('email', '=', email).where('disabled', '=', 0).executeTakeFirst()

const codeKey = (call: Call, emailKey: string, code: string): string => call.context.keyed(`reset code ${emailKey}`, code)

/** `identity.forgotStart`: the same answer and the same work for every address; where it is an account's, six digits go there. */
export const forgotStart: OpenHandler<'identity.forgotStart'> = async (call, { email }) => {
  const address = normaliseEmail(email)
  const emailKey = emailKeyOf(call, address)
  const account = await findAccount(call, address)
  return transact(call, async (tx) => {
    await tx.db.deleteFrom('reset_code').where('asked_since', '<=', tx.now - hourMs).where('expires_at', '<=', tx.now).execute()
    const kept = await tx.db.selectFrom('reset_code').selectAll().where('email_key', '=', emailKey).executeTakeFirst()
    const sameHour = kept !== undefined && kept.asked_since > tx.now - hourMs
    const asked = sameHour ? kept.asked + 1 : 1
    if (asked > codesAnHour) return done({})
    const code = newDigits(call.context.randomBytes)
    const row = { code_key: codeKey(call, emailKey, code), expires_at: tx.now + codeMs, tries_left: triesPerCode, asked, asked_since: sameHour ? kept.asked_since : tx.now }
    await tx.db
      .insertInto('reset_code')
      .values({ email_key: emailKey, ...row })
      .onConflict((conflict) => conflict.column('email_key').doUpdateSet(row))
      .execute()
    if (account !== undefined) await postResetCode(tx, account, code)
    return done({})
  })
}

type Input = MessageInput<'identity.forgotFinish'>

/**
 * `identity.forgotFinish`: the code from the e-mail and the three answers, checked as one set; under the advice, the code and, where the
 * account has a second step, a code of the app or a printed one. Whatever does not fit, the answer is one sentence.
 *
 * A wrong code costs one of the code's five tries. With the right code, wrong answers count like wrong passwords; without it the answers
 * change nothing, so that nobody can find out whether they were right.
 */
export const forgotFinish: OpenHandler<'identity.forgotFinish'> = async (call, input) => {
  const address = normaliseEmail(input.email)
  const emailKey = emailKeyOf(call, address)
  const ownProblems = await problemsOf(call, input, { email: address })
  if (ownProblems !== undefined) return refuse('INVALID', { problems: ownProblems })

  const account = await findAccount(call, address)
  const begun = await transact(call, (tx) => countCode(tx, call, emailKey, account, input.code))
  const advice = followsAdvice(await readChoice(call.context.db))
  const answersFit = await fitAnswers(call, account, input)
  const printed = await checkPrintedCode(call, account?.id ?? '', secondStepCode(input))
  const rest = account === undefined ? null : advice ? await checkFactor(call, account, input, printed) : answersFit ? noFactor : null

  if (account === undefined || begun.state !== 'right' || rest === null) {
    if (account !== undefined && begun.state === 'right') await transact(call, (tx) => noteWrong(tx, account, begun))
    return refuse('RESET_REFUSED')
  }
  const problems = await problemsFor(call, input, account)
  if (problems !== undefined) {
    await transact(call, (tx) => giveBack(tx, emailKey))
    return refuse('INVALID', { problems })
  }
  const passwordHash = await call.context.kdf.hash(normalisePassword(input.newPassword))
  return transact(call, async (tx) => {
    await tx.db.deleteFrom('reset_code').where('email_key', '=', emailKey).execute()
    await clearGuard(tx, emailKey)
    if (rest.totpStep !== null) await useTotpStep(tx, account.id, rest.totpStep)
    if (rest.printed !== null) await usePrintedCode(tx, account.id, rest.printed)
    const changed = await setPassword(tx, account, passwordHash)
    await tx.db.updateTable('account').set({ must_accept_terms: 1 }).where('id', '=', account.id).execute()
    await signOutEverywhere(tx, account.id)
    await forgetRemembered(tx, account.id)
    await note(tx, account.id, 'passwordReset', null)
    await postPasswordReset(tx, changed)
    return done({})
  })
}

type CountedCode = { readonly state: 'wrong' } | { readonly state: 'right'; readonly failures: number; readonly minutes: number | null }

/** Counts the try before it looks at the code; with the right code, counts the answers that are still to be looked at, too. */
const countCode = async (tx: Tx, call: Call, emailKey: string, account: AccountRow | undefined, typed: string): Promise<CountedCode> => {
  const locked = (await readLock(tx, call, account, emailKey)) !== null
  const row = await tx.db.selectFrom('reset_code').selectAll().where('email_key', '=', emailKey).executeTakeFirst()
  if (row === undefined || row.tries_left === 0 || row.expires_at <= tx.now || locked) return { state: 'wrong' }
  await tx.db.updateTable('reset_code').set({ tries_left: row.tries_left - 1 }).where('email_key', '=', emailKey).execute()
  if (!sameText(row.code_key, codeKey(call, emailKey, typed.replace(/\s/g, ''))) || account === undefined) return { state: 'wrong' }
  const counted = await countTry(tx, call, emailKey, account)
  return counted.state === 'locked' ? { state: 'wrong' } : { state: 'right', failures: counted.failures, minutes: counted.minutes }
}

const noteWrong = async (tx: Tx, account: AccountRow, { failures, minutes }: CountedCode & { readonly state: 'right' }): Promise<void> => {
  await note(tx, account.id, 'signInFailed', null, { way: 'forgotten password' })
  if (failures >= triesAllowed) await tellLocked(tx, account, minutes)
}

/** Everything fitted but the new password's own rules: the code stays good for a better one. */
const giveBack = async (tx: Tx, emailKey: string): Promise<void> => {
  await clearGuard(tx, emailKey)
  await tx.db.updateTable('reset_code').set({ tries_left: triesPerCode }).where('email_key', '=', emailKey).execute()
}

/** All three or none, in any order; three slow hashes in every case. */
const fitAnswers = async ({ context }: Call, account: AccountRow | undefined, { answers }: Input): Promise<boolean> => {
  const kept = account === undefined ? [] : await context.db.selectFrom('security_answer').selectAll().where('account_id', '=', account.id).execute()
  const hashOf = (questionId: string): string | undefined => kept.find(({ question_id }) => question_id === questionId)?.answer_hash
  const fits = await Promise.all(answers.map(({ questionId, answer }) => context.kdf.verify(hashOf(questionId) ?? context.dummyHash, normaliseAnswer(answer))))
  const different = new Set(answers.map(({ questionId }) => questionId)).size === answers.length
  return different && kept.length === answers.length && answers.every(({ questionId }, index) => hashOf(questionId) !== undefined && fits[index] === true)
}

type Factor = { readonly totpStep: number | null; readonly printed: string | null }
const noFactor: Factor = { totpStep: null, printed: null }

const secondStepCode = ({ answers }: Input): string => answers.find(({ questionId }) => questionId === secondStepAnswer)?.answer ?? ''

/** A forgotten password is no way around the second step (ASVS 6.4.3). @returns what to use up, or null when it does not fit */
const checkFactor = async (call: Call, account: AccountRow, input: Input, printed: string | null): Promise<Factor | null> => {
  if (account.second_step === 'off') return noFactor
  if (printed !== null) return { totpStep: null, printed }
  const totpStep = await transact(call, (tx) => checkTotp(tx, call, account, secondStepCode(input)))
  return totpStep === null ? null : { totpStep, printed: null }
}
