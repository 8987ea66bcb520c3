import { emailSkeleton, normaliseEmail } from '../../rules/email'
import { normalisePassword, policyPresets } from '../../rules/password-policy'
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
import { accountMadeWith, answersChallenge, closeChallenge } from './challenge'
import { postCheckEmail, postWelcome } from './notices'
import { signedIn } from './sessions'

type Form = MessageInput<'identity.signUp'>
type Reply = Outcome<MessageReply<'identity.signUp'>>
/** The rules a new password has to meet (domain.md, Identity: the cheat sheet's). */
const policy = policyPresets.cheatSheet
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
    const account = await insertAccount(tx, form, hashes)
    await closeChallenge(tx, form.challengeId, account.id)
    await postWelcome(tx, account)
    return done(await signedIn(tx, call, account, form.deviceId))
  })
}

/** The answer to this sign-up was lost: the same form gets the same account, any other form a used-up picture. */
const sameSignUp = async (call: Call, form: Form, accountId: string): Promise<Reply> => {
  const account = await call.context.db.selectFrom('account').selectAll().where('id', '=', accountId).executeTakeFirstOrThrow()
  const same = account.email === normaliseEmail(form.email) && (await call.context.kdf.verify(account.password_hash, normalisePassword(form.password)))
  if (!same) return refuse('INVALID', { problems: codeWrong })
  return transact(call, async (tx) => done(await signedIn(tx, call, account, form.deviceId)))
}

const findProblems = async (call: Call, form: Form): Promise<Refusal['problems']> => {
  const [first, second, third] = form.questions
  if (first === undefined || second === undefined || third === undefined) return { question1: { code: 'QUESTION_UNKNOWN' } }
  const problems = problemsFrom(checkSignUp({ ...form, questions: [first, second, third] }, policy)) ?? {}
  if (form.termsVersion !== currentTerms.terms) problems['acceptTerms'] = { code: 'TERMS_NOT_ACCEPTED' }
  if (problems['verificationCode'] === undefined && !(await answersChallenge(call, form.challengeId, form.verificationCode))) Object.assign(problems, codeWrong)
  return Object.keys(problems).length === 0 ? undefined : problems
}

/** An address that is in use, in any case of letters, or that looks like one (Cyrillic а for Latin a). */
const isTaken = async (call: Call, email: string): Promise<boolean> => {
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
      created_at: tx.now
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await tx.db.insertInto('password_history').values({ account_id: account.id, password_hash: hashes.password, at: tx.now }).execute()
  await tx.db
    .insertInto('security_answer')
    .values(hashes.answers.map((hash, index) => ({ account_id: account.id, position: index + 1, question_id: form.questions[index]?.questionId ?? '', answer_hash: hash })))
    .execute()
  return account
}
