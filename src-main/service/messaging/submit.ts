import { checkLetter } from '../../rules/letter-checks'
import { letterCost } from '../../rules/letter-cost'
import { currentTerms } from '../../rules/terms'
import { walletIdOf } from '../../rules/wallet'
import { canonicalLetter } from '../../wire/canonical'
import type { MessageInput, WireMessageReceipt } from '../../wire/messages'
import { transact, type SessionHandler, type SignedInCall, type Tx } from '../context'
import { nextNumber } from '../database/numbers'
import type { Facility, WireFacility } from '../directory/facilities'
import { findRegistration, unavailable } from '../directory/registration'
import { findPerson, type PersonRow } from '../directory/search'
import { keepAnswer, readKey } from '../keys'
import { done, problemsFrom, refuse, type Outcome, type Refusal } from '../outcome'
import { sha256 } from '../secrets'
import { balanceOf } from '../stamps/wallets'
import { isPhoto, judgePhotos } from './photos'
import { judge } from './screening'
import { firstStepAt } from './timetable'
import { stateUpdate, tell } from './updates'

type Input = MessageInput<'messaging.submit'>
type Reply = Outcome<WireMessageReceipt>

/**
 * `messaging.submit`: exactly once per key, for ever. Nothing the caller says about hash, price or balance is believed.
 * Debit, letter and the key's answer are one transaction; from the look at the addressee on, a refusal is kept like a receipt.
 * The text is read here, by the word list, and is never written anywhere; of photos only how many there were.
 */
export const submit: SessionHandler<'messaging.submit'> = (call, input) =>
  transact(call, async (tx) => {
    const photos = input.payload.photos.map((photo) => Buffer.from(photo, 'base64'))
    const hash = sha256(canonicalLetter({ ...input.payload, photos: photos.map((photo) => sha256(photo)) }, input.consentStamps))
    if (hash !== input.payloadHash) return refuse('BAD_REQUEST')
    const use = await readKey<WireMessageReceipt>(tx, call.account.id, input.key, 'letter', hash)
    if (use.state === 'answered') return use.outcome
    if (use.state !== 'new') return refuse('KEY_REUSED')
    if (call.account.emessaging_version !== currentTerms.emessaging) return refuse('TERMS_NEEDED')
    return keepAnswer(tx, call.account.id, input.key, 'letter', hash, await decide(tx, call, input, photos, hash))
  })

const decide = async (tx: Tx, call: SignedInCall, input: Input, photos: readonly Uint8Array[], hash: string): Promise<Reply> => {
  const found = await findPerson(call, tx.db, input.payload.facilityId, input.payload.number)
  const registration = found === null ? undefined : await findRegistration(tx, call.account.id, found.person)
  if (found === null || registration === undefined) return refuse('NOT_FOUND')
  const facility = found.facility.published
  const gone = unavailable(found.person)
  if (gone !== null) return gone
  if (registration.standing !== 'ready') return refuse('INVITATION_NEEDED')
  if (!photos.every(isPhoto)) return refuse('INVALID', { problems: { photos: { code: 'PHOTO_INVALID' } } })
  return checkText(input, facility) ?? accept(tx, call, input, hash, found.person, found.facility)
}

const checkText = ({ payload }: Input, facility: WireFacility): ({ readonly ok: false } & Refusal) | null => {
  const found = checkLetter(facility, { contactId: payload.number, subject: payload.subject, body: payload.body, photos: payload.photos.length })
  const tooLong = [found.body, found.subject].find((problem) => problem !== undefined && ['BODY_TOO_LONG', 'BODY_TOO_MANY_LINES', 'SUBJECT_TOO_LONG'].includes(problem.code))
  const problems = problemsFrom(found)
  if (problems === undefined) return null
  return tooLong === undefined ? refuse('INVALID', { problems }) : refuse('TOO_LONG', { problems, params: { ...tooLong.params } })
}

const accept = async (tx: Tx, call: SignedInCall, input: Input, hash: string, person: PersonRow, place: Facility): Promise<Reply> => {
  const { key, payload, consentStamps } = input
  const facility = place.published
  const { stamps, characters } = letterCost(facility, { body: payload.body, prepaidReply: payload.prepaidReply, photos: payload.photos.length, video: false })
  if (consentStamps < stamps) return refuse('PRICE_CHANGED', { params: { stamps } })
  const walletId = walletIdOf(facility)
  const account_id = call.account.id
  const have = await balanceOf(tx.db, account_id, walletId)
  if (have < stamps) return refuse('NOT_ENOUGH_STAMPS', { params: { need: stamps, have } })

  const [messageId, receiptNumber] = [await nextNumber(tx, 'M'), await nextNumber(tx, 'R')]
  if (stamps > 0) await tx.db.insertInto('ledger').values({ account_id, wallet_id: walletId, reason: 'message', reference: key, amount: -stamps, at: tx.now }).execute()
  await tx.db
    .insertInto('letter')
    .values({
      id: messageId,
      account_id,
      key,
      facility_id: person.facility_id,
      number: person.number,
      payload_hash: hash,
      characters,
      stamps,
      prepaid_reply: payload.prepaidReply && facility.prepaidReply ? 1 : 0,
      receipt_number: receiptNumber,
      state: 'submitted',
      submitted_at: tx.now,
      next_at: firstStepAt(call.context.seed, key, tx.now),
      ...judgePhotos(call.context.seed, key, payload.photos.length, place, judge(payload))
    })
    .execute()
  await tell(tx, stateUpdate({ account_id, key }, 'submitted', null, tx.now))
  return done({ receiptNumber, messageId, stamps, walletId, balance: have - stamps, at: tx.now, payloadHash: hash })
}
