import type { Tx } from './context'
import { done, refuse, type Outcome, type Refusal } from './outcome'

type Kind = 'purchase' | 'letter'

/** What a key was used for the first time, if ever. */
export type KeyUse<Reply> =
  | { readonly state: 'new' }
  | { readonly state: 'void' }
  /** The key came before with something else. */
  | { readonly state: 'other' }
  | { readonly state: 'answered'; readonly outcome: Outcome<Reply> }

/**
 * Looks a key up. The first final answer of a key is its answer for ever, a refusal like a reply: a late repeat of a
 * refused request must not succeed after the caller has given its stamps back (reliability.md §5).
 */
export const readKey = async <Reply>(tx: Tx, accountId: string, key: string, kind: Kind, requestHash: string): Promise<KeyUse<Reply>> => {
  const row = await tx.db.selectFrom('key_result').selectAll().where('account_id', '=', accountId).where('key', '=', key).executeTakeFirst()
  if (row === undefined) return { state: 'new' }
  if (row.kind !== kind) return { state: 'other' }
  if (row.outcome === 'void') return { state: 'void' }
  if (row.request_hash !== requestHash) return { state: 'other' }
  const answer: unknown = JSON.parse(row.answer)
  if (row.outcome === 'done') return { state: 'answered', outcome: done(answer as Reply) }
  const { code, ...extras } = answer as Refusal
  return { state: 'answered', outcome: refuse(code, extras) }
}

/** Keeps the final answer of a key, in the transaction that did what it says. */
export const keepAnswer = async <Reply>(tx: Tx, accountId: string, key: string, kind: Kind, requestHash: string, outcome: Outcome<Reply>): Promise<Outcome<Reply>> => {
  let answer: unknown
  if (outcome.ok) answer = outcome.reply
  else answer = { code: outcome.code, problems: outcome.problems, params: outcome.params } satisfies Refusal | Record<string, unknown>
  await tx.db
    .insertInto('key_result')
    .values({ account_id: accountId, key, kind, request_hash: requestHash, outcome: outcome.ok ? 'done' : 'refused', answer: JSON.stringify(answer), at: tx.now })
    .execute()
  return outcome
}

/** Makes an unknown purchase key void for ever: a request that was lost on the way can no longer charge. */
export const voidKey = async (tx: Tx, accountId: string, key: string): Promise<void> => {
  await tx.db
    .insertInto('key_result')
    .values({ account_id: accountId, key, kind: 'purchase', request_hash: null, outcome: 'void', answer: 'null', at: tx.now })
    .execute()
}

/** Keys are printable ASCII, so that no two of them can look alike or be folded into one on disk. */
export const isKey = (key: string): boolean => /^[\x21-\x7e]{1,128}$/.test(key)
