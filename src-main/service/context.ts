import type { Transaction } from 'kysely'
import type { MessageInput, MessageName, MessageReply } from '../wire/messages'
import type { ServiceClock } from './clock'
import type { ServiceConfig } from './config'
import type { Db } from './database/open'
import type { AccountRow, Schema, SessionRow } from './database/schema'
import type { FacilityBook } from './directory/facilities'
import type { Outcome } from './outcome'
import type { NewPost, PostOffice } from './post'
import type { Keyed, Safe } from './secrets'

/** Slow hashing, given by the host (argon2id in the app). */
export type Kdf = {
  readonly hash: (secret: string) => Promise<string>
  readonly verify: (hash: string, secret: string) => Promise<boolean>
}

/** What every counter of the service works with, for as long as the service runs. */
export type Context = {
  readonly db: Db
  readonly clock: ServiceClock
  readonly seed: number
  readonly robotCheckAnswer: ServiceConfig['robotCheckAnswer']
  readonly randomBytes: (n: number) => Uint8Array
  readonly kdf: Kdf
  /** A hash of nothing in particular, verified for unknown addresses so that they take as long as known ones. */
  readonly dummyHash: string
  readonly keyed: Keyed
  readonly safe: Safe
  /** The host's own clock, which an authenticator app on a telephone shares; the service's may have been moved on for practice. */
  readonly realTime: () => number
  readonly facilities: FacilityBook
  readonly postOffice: PostOffice
}

/** One immediate transaction. Await nothing inside but its own `db`. */
export type Tx = {
  readonly db: Transaction<Schema>
  readonly now: number
  /** Puts a message into the simulated post; it is heard of once the transaction is durable. */
  readonly post: (item: NewPost) => Promise<void>
}

/** One request being answered. */
export type Call = { readonly context: Context; readonly now: number }
export type SignedInCall = Call & { readonly account: AccountRow; readonly sessionHash: string; readonly session: SessionRow; readonly deviceId: string }

export type OpenHandler<N extends MessageName> = (call: Call, input: MessageInput<N>) => Promise<Outcome<MessageReply<N>>>
export type SessionHandler<N extends MessageName> = (call: SignedInCall, input: MessageInput<N>) => Promise<Outcome<MessageReply<N>>>

/** Runs `work` in one transaction: all of it is on disk when this resolves, or none. */
export const transact = async <T>(call: Call, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const { db, postOffice } = call.context
  const posted: NewPost[] = []
  const result = await db.transaction().execute((transaction) =>
    work({
      db: transaction,
      now: call.now,
      post: (item) => {
        posted.push(item)
        return postOffice.write(transaction, item, call.now)
      }
    })
  )
  if (posted.length > 0) await postOffice.announce()
  return result
}
