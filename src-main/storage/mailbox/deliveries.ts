import type { Connection } from '../open'

export type DeliveryState = 'QUEUED' | 'SENDING' | 'SENT' | 'REJECTED' | 'CANCELLED'

export type DeliveryRecord = {
  readonly deliveryId: string
  readonly letterId: string
  /** Made in the confirm transaction, never replaced, never reused. */
  readonly key: string
  readonly payloadHash: string
  readonly walletId: string
  readonly stamps: number
  readonly state: DeliveryState
  readonly attempts: number
  readonly nextTryAt: number
}

const columns = `id AS deliveryId, letter_id AS letterId, key, payload_hash AS payloadHash, wallet_id AS walletId, stamps, state, attempts,
  next_try_at AS nextTryAt`

export const deliveryTable = (connection: Connection) => {
  const insert = connection.prepare(`
    INSERT INTO delivery (id, letter_id, key, payload_hash, wallet_id, unit, stamps, state, attempts, next_try_at)
    VALUES (@deliveryId, @letterId, @key, @payloadHash, @walletId, @unit, @stamps, 'QUEUED', 0, @at)`)
  const due = connection.prepare(`SELECT ${columns} FROM delivery INDEXED BY delivery_due WHERE state IN ('QUEUED', 'SENDING') AND next_try_at <= ?
    ORDER BY next_try_at, rowid LIMIT 1`)
  const nextTime = connection.prepare(`SELECT min(next_try_at) FROM delivery WHERE state IN ('QUEUED', 'SENDING')`).pluck()
  const byLetter = connection.prepare(`SELECT ${columns} FROM delivery WHERE letter_id = ?`)
  const sending = connection.prepare(`UPDATE delivery SET state = 'SENDING', attempts = attempts + 1 WHERE id = ?`)
  const retry = connection.prepare('UPDATE delivery SET next_try_at = ? WHERE id = ?')
  const sent = connection.prepare(`UPDATE delivery SET state = 'SENT', receipt = ? WHERE id = ?`)
  const settle = connection.prepare('UPDATE delivery SET state = ? WHERE id = ?')
  const dueNow = connection.prepare(`UPDATE delivery SET next_try_at = ? WHERE state IN ('QUEUED', 'SENDING') AND next_try_at > ?`)
  const waiting = connection.prepare(`SELECT count(*) FROM delivery WHERE state IN ('QUEUED', 'SENDING')`).pluck()
  const waitingFor = connection
    .prepare(`SELECT count(*) FROM delivery d JOIN letter l ON l.id = d.letter_id WHERE d.state IN ('QUEUED', 'SENDING') AND l.contact_id = ?`)
    .pluck()
  return {
    insert: (delivery: Omit<DeliveryRecord, 'state' | 'attempts' | 'nextTryAt'> & { readonly unit: 'stamp' | 'credit'; readonly at: number }): void => {
      insert.run(delivery)
    },
    nextDue: (now: number): DeliveryRecord | null => (due.get(now) as DeliveryRecord | undefined) ?? null,
    nextTryAt: (): number | null => (nextTime.get() as number | null) ?? null,
    byLetter: (letterId: string): DeliveryRecord | null => (byLetter.get(letterId) as DeliveryRecord | undefined) ?? null,
    markSending: (deliveryId: string): void => {
      sending.run(deliveryId)
    },
    tryAgainAt: (deliveryId: string, at: number): void => {
      retry.run(at, deliveryId)
    },
    markSent: (deliveryId: string, receipt: string): void => {
      sent.run(receipt, deliveryId)
    },
    settle: (deliveryId: string, state: 'REJECTED' | 'CANCELLED'): void => {
      settle.run(state, deliveryId)
    },
    /** Everything that waits may be tried now, with its old key. */
    makeAllDue: (now: number): void => {
      dueNow.run(now, now)
    },
    countWaiting: (): number => waiting.get() as number,
    countWaitingFor: (contactId: string): number => waitingFor.get(contactId) as number
  }
}
