import { checkNumber, fullName, unavailableReason } from '../../rules/contact'
import { plainWidth } from '../../rules/text'
import { transact, type SessionHandler, type SignedInCall, type Tx } from '../context'
import type { PersonStatus } from '../database/schema'
import { done, problemsFrom, refuse, type Refusal } from '../outcome'
import { createPrng } from '../prng'
import type { Facility } from './facilities'
import { findPerson, toWire, type PersonRow } from './search'

const dayMs = 24 * 3_600_000
const codeTriesAllowed = 5

/** `contacts.register`: the service's approval to write to somebody. Asked again, it says the same again. */
export const register: SessionHandler<'contacts.register'> = (call, input) =>
  transact(call, async (tx) => {
    const facility = call.context.facilities.find(input.facilityId)
    if (facility === undefined) return refuse('NOT_FOUND')
    const problems = problemsFrom({ number: checkNumber(facility.published, input.number) ?? undefined })
    if (problems !== undefined) return refuse('INVALID', { problems })
    const person = (await findPerson(call, tx.db, input.facilityId, input.number))?.person
    if (person === undefined) return refuse('NOT_FOUND')
    const gone = unavailable(person)
    if (gone !== null) return gone

    const kept = await findRegistration(tx, call.account.id, person)
    const invites = facility.invitationCodeDays !== null
    if (kept?.standing === 'ready' || (kept === undefined && !invites)) {
      if (kept === undefined) await insertReady(tx, call.account.id, person)
      return done({ person: toWire(person), standing: 'ready' as const })
    }
    const codeIsGood = kept !== undefined && (kept.code_expires_at ?? 0) > tx.now && kept.code_tries < codeTriesAllowed
    if (!codeIsGood) await invite(tx, call, facility, person)
    return done({ person: toWire(person), standing: 'invited' as const })
  })

/** `contacts.acceptInvitation`: the code that came by post makes the contact ready. */
export const acceptInvitation: SessionHandler<'contacts.acceptInvitation'> = (call, input) =>
  transact(call, async (tx) => {
    const found = await findPerson(call, tx.db, input.facilityId, input.number)
    const kept = found === null ? undefined : await findRegistration(tx, call.account.id, found.person)
    if (found === null || kept === undefined) return refuse('NOT_FOUND')
    if (kept.standing === 'ready') return done({ standing: 'ready' as const })
    const gone = unavailable(found.person)
    if (gone !== null) return gone

    const usable = (kept.code_expires_at ?? 0) > tx.now && kept.code_tries < codeTriesAllowed
    const right = kept.code_key === codeKey(call, plainWidth(input.code).replace(/[\s-]/g, ''))
    const row = tx.db.updateTable('registration').where('account_id', '=', call.account.id).where('facility_id', '=', kept.facility_id).where('number', '=', kept.number)
    if (usable && right) {
      await row.set({ standing: 'ready', code_key: null, code_expires_at: null }).execute()
      return done({ standing: 'ready' as const })
    }
    await row.set({ code_tries: kept.code_tries + 1 }).execute()
    return refuse('INVALID', { problems: { code: { code: 'INVITATION_CODE_WRONG' } } })
  })

/** @returns the refusal for somebody who cannot get letters now; null for somebody who can */
export const unavailable = (person: PersonRow): ({ readonly ok: false } & Refusal) | null => {
  const reason: Exclude<PersonStatus, 'active'> | null = unavailableReason(person.status)
  return reason === null ? null : refuse('CONTACT_UNAVAILABLE', { params: { name: fullName(toWire(person)), reason } })
}

export const findRegistration = (tx: Tx, accountId: string, person: PersonRow) =>
  tx.db
    .selectFrom('registration')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('facility_id', '=', person.facility_id)
    .where('number', '=', person.number)
    .executeTakeFirst()

export const insertReady = async (tx: Tx, accountId: string, person: PersonRow): Promise<void> => {
  await tx.db
    .insertInto('registration')
    .values({ account_id: accountId, facility_id: person.facility_id, number: person.number, standing: 'ready', code_key: null, code_expires_at: null, code_tries: 0, at: tx.now })
    .onConflict((conflict) => conflict.columns(['account_id', 'facility_id', 'number']).doNothing())
    .execute()
}

const codeKey = (call: SignedInCall, code: string): string => call.context.keyed('invitation', code)

/** Sends a new code; an older one is good no more. */
const invite = async (tx: Tx, call: SignedInCall, facility: Facility, person: PersonRow): Promise<void> => {
  const days = facility.invitationCodeDays ?? 10
  const dice = createPrng(Buffer.from(call.context.randomBytes(16)).toString('hex'))
  const code = Array.from({ length: 6 }, () => dice.between(0, 9)).join('')
  const fresh = { standing: 'invited' as const, code_key: codeKey(call, code), code_expires_at: tx.now + days * dayMs, code_tries: 0, at: tx.now }
  await tx.db
    .insertInto('registration')
    .values({ account_id: call.account.id, facility_id: person.facility_id, number: person.number, ...fresh })
    .onConflict((conflict) => conflict.columns(['account_id', 'facility_id', 'number']).doUpdateSet(fresh))
    .execute()
  const name = fullName(toWire(person))
  await tx.post({
    kind: 'email',
    to: call.account.email,
    subject: `Invitation from ${name}`,
    body: `${name} at ${facility.published.name} would like to hear from you.\n\nYour invitation code is ${code}. It is good for ${days} days. Enter it with your contact in eMessaging.\n\nThis is a practice service. No real message was sent.`
  })
}
