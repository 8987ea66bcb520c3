import type { Transaction } from 'kysely'
import type { Db } from './database/open'
import type { Schema } from './database/schema'

/** An e-mail or text message the service "sent"; the Service post window shows it. */
export type PostItem = {
  readonly postId: string
  readonly kind: 'email' | 'text'
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly at: number
}
export type NewPost = Omit<PostItem, 'postId' | 'at'>

export type PostOffice = {
  readonly write: (db: Transaction<Schema>, item: NewPost, at: number) => Promise<void>
  /** Reads what was written since the last time and tells the listeners. */
  readonly announce: () => Promise<void>
  /** Newest first, at most `kept` of them. */
  readonly list: () => readonly PostItem[]
  readonly onArrived: (listener: (item: PostItem) => void) => () => void
}

const kept = 500

export const openPostOffice = async (db: Db): Promise<PostOffice> => {
  const listeners = new Set<(item: PostItem) => void>()
  let items: readonly PostItem[] = []
  let lastSeq = 0

  const readNew = async (): Promise<readonly PostItem[]> => {
    const rows = await db.selectFrom('post_item').selectAll().where('seq', '>', lastSeq).orderBy('seq', 'desc').limit(kept).execute()
    lastSeq = rows[0]?.seq ?? lastSeq
    const arrived = rows.map(({ seq, kind, recipient, subject, body, at }): PostItem => ({ postId: `post-${seq}`, kind, to: recipient, subject, body, at }))
    items = [...arrived, ...items].slice(0, kept)
    return arrived
  }
  await readNew()

  return {
    write: async (transaction, { kind, to, subject, body }, at) => {
      await transaction.insertInto('post_item').values({ kind, recipient: to, subject, body, at }).execute()
    },
    announce: async () => {
      const arrived = await readNew()
      for (const item of [...arrived].reverse()) for (const listener of listeners) listener(item)
    },
    list: () => items,
    onArrived: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    }
  }
}
