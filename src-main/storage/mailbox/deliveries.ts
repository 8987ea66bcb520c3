import type { StatementSource } from '../statements'

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
  /** For people to read; when a try is due is measured in time that nobody can set (sync/rests.ts). */
  readonly nextTryAt: number
}

const columns = `id AS deliveryId, letter_id AS letterId, key, payload_hash AS payloadHash, wallet_id AS walletId, stamps, state, attempts,
  next_try_at AS nextTryAt`

export const deliveryTable = (connection: StatementSource) => {
  const insert = connection.prepare(`
    INSERT INTO delivery (id, letter_id, key, payload_hash, wallet_id, unit, stamps, state, attempts, next_try_at)
    VALUES (@deliveryId, @letterId, @key, @payloadHash, @walletId, @unit, @stamps, 'QUEUED', 0, @at)`)
  const inOrder = connection.prepare(`SELECT d.id AS deliveryId FROM delivery d INDEXED BY delivery_due JOIN letter l ON l.id = d.letter_id
    WHERE d.state IN ('QUEUED', 'SENDING') ORDER BY l.seq`).pluck()
  const one = connection.prepare(`SELECT ${columns} FROM delivery WHERE id = ?`)
  const byLetter = connection.prepare(`SELECT ${columns} FROM delivery WHERE letter_id = ?`)
  const sending = connection.prepare(`UPDATE delivery SET state = 'SENDING', attempts = attempts + 1 WHERE id = ?`)
  const retry = connection.prepare('UPDATE delivery SET next_try_at = ? WHERE id = ?')
  const sent = connection.prepare(`UPDATE delivery SET state = 'SENT', receipt = ? WHERE id = ?`)
  const settle = connection.prepare('UPDATE delivery SET state = ? WHERE id = ?')
  const dueNow = connection.prepare(`UPDATE delivery SET next_try_at = ? WHERE state IN ('QUEUED', 'SENDING') AND next_try_at > ?`)
  const waiting = connection.prepare(`SELECT count(*) FROM delivery WHERE state IN ('QUEUED', 'SENDING')`).pluck()
  const tried = connection.prepare(`SELECT count(*) FROM delivery INDEXED BY delivery_due WHERE state IN ('QUEUED', 'SENDING') AND state = 'SENDING'`).pluck()
  const tries = connection.prepare(`SELECT id AS deliveryId, attempts FROM delivery INDEXED BY delivery_due WHERE state IN ('QUEUED', 'SENDING')`)
  const receipts = connection.prepare('SELECT count(*) FROM delivery WHERE receipt = ?').pluck()
  const waitingFor = connection
    .prepare(`SELECT count(*) FROM delivery d JOIN letter l ON l.id = d.letter_id WHERE d.state IN ('QUEUED', 'SENDING') AND l.contact_id = ?`)
    .pluck()
  return {
    insert: (delivery: Omit<DeliveryRecord, 'state' | 'attempts' | 'nextTryAt'> & { readonly unit: 'stamp' | 'credit'; readonly at: number }): void => {
      insert.run(delivery)
    },
    /**
     * The first unsettled delivery, in the order of confirming (never of any clock), that does not rest just now.
     * @param isResting whether its next try is still to come
     */
    nextDue: (isResting: (deliveryId: string) => boolean): DeliveryRecord | null => {
      for (const deliveryId of inOrder.all() as string[]) if (!isResting(deliveryId)) return one.get(deliveryId) as DeliveryRecord
      return null
    },
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
    /** Everything that waits may be tried now, with its old key; the time is for people to read. */
    makeAllDue: (now: number): void => {
      dueNow.run(now, now)
    },
    /** Those whose answer is not known. */
    countTried: (): number => tried.get() as number,
    /** Everything that waits, and how often it was tried. */
    waitingTries: (): readonly Pick<DeliveryRecord, 'deliveryId' | 'attempts'>[] => tries.all() as Pick<DeliveryRecord, 'deliveryId' | 'attempts'>[],
    isReceiptKnown: (receipt: string): boolean => (receipts.get(receipt) as number) > 0,
    countWaiting: (): number => waiting.get() as number,
    countWaitingFor: (contactId: string): number => waitingFor.get(contactId) as number
  }
}
