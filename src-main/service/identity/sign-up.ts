import { emailSkeleton, normaliseEmail } from '../../rules/email'
import { normalisePassword } from '../../rules/password-policy'
import { normaliseName, normalisePhone, normaliseZip } from '../../rules/person'
import { normaliseAnswer } from '../../rules/security-questions'
import { checkSignUp } from '../../rules/sign-up'
import { currentTerms } from '../../rules/terms'
import type { MessageInput, MessageReply } from '../../wire/messages'
import { transact, type Call, type OpenHandler, type Tx } from '../context'
import { nextNumber } from '../database/numbers'
import type { AccountRow } from '../database/schema'
import { done, problemsFrom, refuse, type Outcome, type Refusal } from '../outcome'
import { practiceEmail } from '../practice/people'
import { accountMadeWith, answersChallenge, closeChallenge, type MadeBefore } from './challenge'
import { postCheckEmail, postWelcome } from './notices'
import { note } from './account-log'
import { clearGuard, emailKeyOf } from './guard'
import { keepPassword } from './password-history'
import { policyOf, readChoice } from './policy'
import { signedIn } from './sessions'
import { firstSite, foundIfFirst } from './sites'
import { keepAcceptance } from './terms'

type Form = MessageInput<'identity.signUp'>
type Reply = Outcome<MessageReply<'identity.signUp'>>
const codeWrong = { verificationCode: { code: 'VERIFICATION_CODE_WRONG' } }

/** `identity.signUp`: checks every rule again, then makes the account, its first session and its welcome at once. */
export const signUp: OpenHandler<'identity.signUp'> = async (call, form) => {
  const madeBefore = await accountMadeWith(call, form.challengeId)
  if (madeBefore !== null) return sameSignUp(call, form, madeBefore)

  const problems = await findProblems(call, form)
  if (problems !== undefined) return refuse('INVALID', { problems })
  if (await isTaken(call, form.email)) {
    return transact(call, async (tx) => {
      await closeChallenge(tx, form.challengeId, null)
      await postCheckEmail(tx, normaliseEmail(form.email))
      return refuse('CHECK_EMAIL')
    })
  }
  const hashes = await hashSecrets(call, form)
  return transact(call, async (tx) => {
    const account = await foundIfFirst(tx, await insertAccount(tx, form, hashes))
    await clearGuard(tx, emailKeyOf(call, account.email))
    await closeChallenge(tx, form.challengeId, account.id)
    await postWelcome(tx, account)
    await note(tx, account.id, 'accountCreated', form.deviceId)
    return done(await signedIn(tx, call, account, form))
  })
}

/**
 * The answer to this sign-up was lost: the same form gets the same account, any other form a used-up picture. Only while the
 * picture would still be good and the account is as it was made: this is not a second door.
 */
const sameSignUp = async (call: Call, form: Form, { accountId, until }: MadeBefore): Promise<Reply> => {
  const account = await call.context.db.selectFrom('account').selectAll().where('id', '=', accountId).executeTakeFirstOrThrow()
  const asMade = until > call.now && account.disabled === 0 && account.second_step === 'off' && account.code_until === null
  const same = asMade && account.email === normaliseEmail(form.email) && (await call.context.kdf.verify(account.password_hash, normalisePassword(form.password)))
  if (!same) return refuse('INVALID', { problems: codeWrong })
  return transact(call, async (tx) => done(await signedIn(tx, call, account, form)))
}

const findProblems = async (call: Call, form: Form): Promise<Refusal['problems']> => {
  const [first, second, third] = form.questions
  if (first === undefined || second === undefined || third === undefined) return { question1: { code: 'QUESTION_UNKNOWN' } }
  const problems = problemsFrom(checkSignUp({ ...form, questions: [first, second, third] }, policyOf(await readChoice(call.context.db)))) ?? {}
  if (form.termsVersion !== currentTerms.terms) problems['acceptTerms'] = { code: 'TERMS_NOT_ACCEPTED' }
  if (problems['verificationCode'] === undefined && !(await answersChallenge(call, form.challengeId, form.verificationCode))) Object.assign(problems, codeWrong)
  return Object.keys(problems).length === 0 ? undefined : problems
}

/** An address that is in use, in any case of letters, or that looks like one (Cyrillic а for Latin a). */
export const isTaken = async (call: Call, email: string): Promise<boolean> => {
  if (emailSkeleton(email) === emailSkeleton(practiceEmail)) return true
  const found = await call.context.db
    .selectFrom('account')
    .select('id')
    .where((where) => where.or([where('email', '=', normaliseEmail(email)), where('email_skeleton', '=', emailSkeleton(email))]))
    .executeTakeFirst()
  return found !== undefined
}

type Hashes = { readonly password: string; readonly passcode: string; readonly answers: readonly string[] }

const hashSecrets = async ({ context: { kdf } }: Call, form: Form): Promise<Hashes> => {
  const [password, passcode, ...answers] = await Promise.all([
    kdf.hash(normalisePassword(form.password)),
    kdf.hash(form.passcode),
    ...form.questions.map(({ answer }) => kdf.hash(normaliseAnswer(answer)))
  ])
  return { password, passcode, answers }
}

const insertAccount = async (tx: Tx, form: Form, hashes: Hashes): Promise<AccountRow> => {
  const account = await tx.db
    .insertInto('account')
    .values({
      id: await nextNumber(tx, 'A'),
      email: normaliseEmail(form.email),
      email_skeleton: emailSkeleton(form.email),
      password_hash: hashes.password,
      passcode_hash: hashes.passcode,
      first_name: normaliseName(form.firstName),
      last_name: normaliseName(form.lastName),
      street: normaliseName(form.street),
      city: normaliseName(form.city),
      state: form.state,
      zip: normaliseZip(form.zip),
      phone: normalisePhone(form.phone) ?? '',
      terms_version: form.termsVersion,
      terms_at: tx.now,
      emessaging_version: null,
      emessaging_at: null,
      disabled: 0,
      created_at: tx.now,
      site: await firstSite(tx),
      password_changed_at: tx.now
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepPassword(tx, account.id, hashes.password)
  await keepAcceptance(tx, account.id, 'terms', form.termsVersion)
  await tx.db
    .insertInto('security_answer')
    .values(hashes.answers.map((hash, index) => ({ account_id: account.id, position: index + 1, question_id: form.questions[index]?.questionId ?? '', answer_hash: hash })))
    .execute()
  return account
}
