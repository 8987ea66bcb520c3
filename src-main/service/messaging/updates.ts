import type { WireUpdate } from '../../wire/messages'
import type { SessionHandler, SignedInCall, Tx } from '../context'
import type { NewUpdate, Schema } from '../database/schema'
import { done } from '../outcome'
import { writeReply, type ReplyText } from './replies'

/** Adds one line to what an account is told; its number rises by one and the line never changes again. */
export const tell = async (tx: Tx, update: NewUpdate): Promise<void> => {
  const { last } = await tx.db
    .selectFrom('account_update')
    .select((select) => select.fn.coalesce(select.fn.max<number>('seq'), select.val(0)).as('last'))
    .where('account_id', '=', update.account_id)
    .executeTakeFirstOrThrow()
  await tx.db
    .insertInto('account_update')
    .values({ ...update, seq: last + 1 })
    .execute()
}

const nothing = { key: null, state: null, reason: null, reply_id: null, facility_id: null, number: null, subject: null, body: null }

export const stateUpdate = (letter: { readonly account_id: string; readonly key: string }, state: NonNullable<NewUpdate['state']>, reason: string | null, at: number): NewUpdate => ({
  ...nothing,
  account_id: letter.account_id,
  kind: 'state',
  key: letter.key,
  state,
  reason,
  at
})

/** An answer to a letter comes without its text: it is never written down, and is the same whenever it is asked for. */
export const replyUpdate = (reply: {
  readonly account_id: string
  readonly key: string | null
  readonly reply_id: string
  readonly facility_id: string
  readonly number: string
  readonly subject: string | null
  readonly body: string | null
  readonly at: number
}): NewUpdate => ({ ...nothing, ...reply, kind: 'reply' })

type Row = Schema['account_update']

/** The words of an answer: those that stand in the file (the welcome of practice mode), or what follows from the letter's key. */
const textOf = async (call: SignedInCall, { key, subject, body }: Row): Promise<ReplyText> => {
  if (subject !== null && body !== null) return { subject, body }
  const letter = await call.context.db
    .selectFrom('letter')
    .innerJoin('person', (join) => join.onRef('person.facility_id', '=', 'letter.facility_id').onRef('person.number', '=', 'letter.number'))
    .select(['letter.key', 'letter.language', 'letter.submitted_at', 'person.first_name'])
    .where('letter.account_id', '=', call.account.id)
    .where('letter.key', '=', key)
    .executeTakeFirstOrThrow()
  return writeReply(
    call.context.seed,
    { key: letter.key, language: letter.language, submittedAt: letter.submitted_at },
    { first: call.account.first_name, from: letter.first_name }
  )
}

const toWire = async (call: SignedInCall, row: Row): Promise<WireUpdate> => {
  const { seq, key, at } = row
  if (row.kind === 'reply') {
    return { kind: 'reply', seq, key, at, replyId: row.reply_id ?? '', facilityId: row.facility_id ?? '', number: row.number ?? '', ...(await textOf(call, row)) }
  }
  if (row.state === null) throw new Error('a state update without a state')
  return { kind: 'state', seq, key: key ?? '', state: row.state, reason: row.reason, at }
}

/** `messaging.updates`: what happened after a cursor, oldest first. */
export const readUpdates: SessionHandler<'messaging.updates'> = async (call, { after, limit }) => {
  const rows = await call.context.db
    .selectFrom('account_update')
    .selectAll()
    .where('account_id', '=', call.account.id)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit + 1)
    .execute()
  return done({ updates: await Promise.all(rows.slice(0, limit).map((row) => toWire(call, row))), more: rows.length > limit, now: call.now })
}
