import { checkPasscodePair } from '../../rules/passcode'
import { checkPerson, normaliseName, normalisePhone, normaliseZip } from '../../rules/person'
import { checkQuestions, normaliseAnswer } from '../../rules/security-questions'
import type { MessageReply } from '../../wire/messages'
import { transact, type SessionHandler, type Tx } from '../context'
import type { AccountRow } from '../database/schema'
import { done, problemsFrom, refuse } from '../outcome'
import { note } from './account-log'
import { countPrintedCodes } from './printed-codes'
import { provePassword } from './prove'

type Details = MessageReply<'identity.details'>

const readDetails = async (tx: Tx, account: AccountRow): Promise<Details> => {
  const questions = await tx.db.selectFrom('security_answer').select('question_id').where('account_id', '=', account.id).orderBy('position').execute()
  const terms = await tx.db.selectFrom('terms_acceptance').select(['document', 'version', 'at']).where('account_id', '=', account.id).orderBy('at').execute()
  const { email, first_name, last_name, street, city, state, zip, phone } = account
  return {
    email,
    firstName: first_name,
    lastName: last_name,
    street,
    city,
    state,
    zip,
    phone,
    questionIds: questions.map(({ question_id }) => question_id),
    passwordChangedAt: account.password_changed_at,
    secondStep: { method: account.second_step, printedCodesLeft: await countPrintedCodes(tx, account.id) },
    terms
  }
}

/** `identity.details`: what a person may know about the own account; no secret, not even a hashed one. */
export const giveDetails: SessionHandler<'identity.details'> = (call) => transact(call, async (tx) => done(await readDetails(tx, call.account)))

/**
 * `identity.updateProfile`: name, address and telephone, by the rules of sign-up. A number that codes go to is part of the second step: it is
 * changed by switching that off, which asks for the password (ASVS 7.5.1).
 */
export const updateProfile: SessionHandler<'identity.updateProfile'> = (call, form) =>
  transact(call, async (tx) => {
    const problems = problemsFrom(checkPerson(form))
    if (problems !== undefined) return refuse('INVALID', { problems })
    const change = {
      first_name: normaliseName(form.firstName),
      last_name: normaliseName(form.lastName),
      street: normaliseName(form.street),
      city: normaliseName(form.city),
      state: form.state,
      zip: normaliseZip(form.zip),
      phone: normalisePhone(form.phone) ?? ''
    }
    if (call.account.second_step === 'text' && change.phone !== call.account.phone) return refuse('INVALID', { problems: { phone: { code: 'PHONE_GETS_CODES' } } })
    const account = await tx.db.updateTable('account').set(change).where('id', '=', call.account.id).returningAll().executeTakeFirstOrThrow()
    await note(tx, account.id, 'profileChanged', call.deviceId)
    return done(await readDetails(tx, account))
  })

/** `identity.changeQuestions`: three new questions and answers (S1: managed by each individual End User). */
export const changeQuestions: SessionHandler<'identity.changeQuestions'> = async (call, { password, questions }) => {
  const proof = await provePassword(call, password)
  if (!proof.ok) return proof
  const problems = problemsFrom(checkQuestions(questions, password))
  if (problems !== undefined) return refuse('INVALID', { problems })
  const account_id = call.account.id
  const rows = await Promise.all(
    questions.map(async ({ questionId, answer }, index) => ({
      account_id,
      position: index + 1,
      question_id: questionId,
      answer_hash: await call.context.kdf.hash(normaliseAnswer(answer))
    }))
  )
  return transact(call, async (tx) => {
    await tx.db.deleteFrom('security_answer').where('account_id', '=', account_id).execute()
    await tx.db.insertInto('security_answer').values(rows).execute()
    await note(tx, account_id, 'questionsChanged', call.deviceId)
    return done({})
  })
}

/** `identity.changePasscode`: the four digits that open a locked screen in a live session, and nothing here. */
export const changePasscode: SessionHandler<'identity.changePasscode'> = async (call, { password, passcode, confirmPasscode }) => {
  const proof = await provePassword(call, password)
  if (!proof.ok) return proof
  const problems = problemsFrom(checkPasscodePair(passcode, confirmPasscode))
  if (problems !== undefined) return refuse('INVALID', { problems })
  const passcodeHash = await call.context.kdf.hash(passcode)
  return transact(call, async (tx) => {
    await tx.db.updateTable('account').set({ passcode_hash: passcodeHash }).where('id', '=', call.account.id).execute()
    await note(tx, call.account.id, 'passcodeChanged', call.deviceId)
    return done({})
  })
}
