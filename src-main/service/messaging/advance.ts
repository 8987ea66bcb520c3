import { reviewDays } from '../../rules/review'
import { transact, type Call, type Tx } from '../context'
import type { LetterRow, LetterState, Schema } from '../database/schema'
import { postRejected } from './notices'
import { photoRemoved } from './photos'
import { approvedAt, deliveredAt, heldAt, repliedAt, reviewedAt } from './timetable'
import { replyUpdate, stateUpdate, tell } from './updates'
import type { Facility } from '../directory/facilities'

/** Steps in one transaction; more wait for the next, so that a leap of months does not hold everything up. */
const stepsPerTransaction = 500

/**
 * Brings every letter to where it is by now: there are no timers, the service looks at its calendar whenever it is asked
 * something. Each step is told with the time it was due, in the order in which the steps were due.
 */
export const advance = async (call: Call): Promise<void> => {
  while ((await nextDue(call.context.db, call.now)) !== undefined) {
    await transact(call, async (tx) => {
      for (let step = 0; step < stepsPerTransaction; step += 1) {
        const letter = await nextDue(tx.db, call.now)
        if (letter === undefined) return
        await takeStep(tx, call, letter)
      }
    })
  }
  await letPeopleLeave(call)
}

const nextDue = (db: Pick<Tx['db'], 'selectFrom'>, now: number): Promise<LetterRow | undefined> =>
  db.selectFrom('letter').selectAll().where('next_at', '<=', now).orderBy('next_at').orderBy('id').limit(1).executeTakeFirst()

type Change = { readonly state: LetterState; readonly reason?: string | null; readonly nextAt: number | null }

const takeStep = async (tx: Tx, call: Call, letter: LetterRow): Promise<void> => {
  const at = letter.next_at ?? call.now
  const { seed } = call.context
  const facility = call.context.facilities.find(letter.facility_id)
  const person = await tx.db.selectFrom('person').selectAll().where('facility_id', '=', letter.facility_id).where('number', '=', letter.number).executeTakeFirstOrThrow()
  if (facility === undefined) throw new Error('a letter to a facility that does not exist')
  const { delay, replyByPostOnly } = facility.published
  const gone = goneBy(person, at)

  switch (letter.state) {
    case 'submitted':
      return change(tx, letter, at, { state: 'screening', nextAt: letter.verdict === 'pass' ? whenPassed(letter, facility, at) : heldAt(seed, letter.key, at) })
    case 'screening':
      if (letter.verdict === 'pass') return change(tx, letter, at, { state: 'approved', nextAt: deliveredAt(seed, letter.key, at) })
      return change(tx, letter, at, { state: 'held', reason: letter.finding, nextAt: reviewedAt(seed, letter.key, reviewDays(facility.published, letter.photos > 0), delay, letter.submitted_at, at) })
    case 'held':
      if (letter.verdict === 'hold') return change(tx, letter, at, { state: 'approved', reason: letter.photo_removed === 1 ? photoRemoved : null, nextAt: deliveredAt(seed, letter.key, at) })
      await change(tx, letter, at, { state: 'rejected', reason: letter.finding, nextAt: null })
      return postRejected(tx, letter, person, facility)
    case 'approved':
      if (gone !== null) return change(tx, letter, at, { state: 'undeliverable', reason: gone, nextAt: null })
      return change(tx, letter, at, { state: 'delivered', nextAt: replyByPostOnly ? null : repliedAt(seed, letter.key, letter.prepaid_reply === 1, at) })
    case 'delivered':
      return gone === null ? answer(tx, letter, at) : rest(tx, letter)
    case 'replied':
    case 'rejected':
    case 'undeliverable':
      return rest(tx, letter)
  }
}

const whenPassed = (letter: LetterRow, facility: Facility, at: number): number =>
  approvedAt(facility.published.delay, letter.submitted_at, letter.language === 'es' ? facility.spanishExtraDays : 0, at)

/** Nothing more will happen to this letter. */
const rest = async (tx: Tx, letter: LetterRow): Promise<void> => {
  await tx.db.updateTable('letter').set({ next_at: null }).where('id', '=', letter.id).execute()
}

const change = async (tx: Tx, letter: LetterRow, at: number, { state, reason = null, nextAt }: Change): Promise<void> => {
  await tx.db.updateTable('letter').set({ state, next_at: nextAt }).where('id', '=', letter.id).execute()
  await tell(tx, stateUpdate(letter, state, reason, at))
}

/** Only that there is an answer: its words are found when the account asks for them (updates.ts). */
const answer = async (tx: Tx, letter: LetterRow, at: number): Promise<void> => {
  const { key, account_id, facility_id, number } = letter
  await change(tx, letter, at, { state: 'replied', nextAt: null })
  await tell(tx, replyUpdate({ account_id, key, reply_id: `reply-${letter.id}`, facility_id, number, subject: null, body: null, at }))
}

/** Why a person cannot get anything at that moment; null when they can. */
const goneBy = (person: Schema['person'], at: number): string | null => {
  if (person.status !== 'active') return person.status
  return person.leaves_at !== null && person.leaves_at <= at ? 'released' : null
}

const letPeopleLeave = async (call: Call): Promise<void> => {
  const due = await call.context.db.selectFrom('person').select('number').where('leaves_at', '<=', call.now).limit(1).executeTakeFirst()
  if (due === undefined) return
  await transact(call, async (tx) => {
    await tx.db.updateTable('person').set({ status: 'released', leaves_at: null }).where('leaves_at', '<=', call.now).execute()
  })
}
