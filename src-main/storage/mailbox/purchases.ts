import type { PurchaseState } from '../../contract/views'
import type { StatementSource } from '../statements'

export type PurchaseRecord = {
  readonly purchaseId: string
  readonly key: string
  readonly walletId: string
  readonly walletName: string
  readonly facilityId: string
  readonly packageId: string
  readonly packageLabel: string
  readonly stamps: number
  readonly cents: number
  readonly cardBrand: string
  readonly cardLast4: string
  readonly state: PurchaseState
  readonly receipt: string | null
  readonly madeAt: number
}

const columns = `id AS purchaseId, key, wallet_id AS walletId, wallet_name AS walletName, facility_id AS facilityId, package_id AS packageId,
  package_label AS packageLabel, stamps, cents, card_brand AS cardBrand, card_last4 AS cardLast4, state, receipt, made_at AS madeAt`

export const purchaseTable = (connection: StatementSource) => {
  const insert = connection.prepare(`
    INSERT INTO purchase (id, key, wallet_id, wallet_name, facility_id, package_id, package_label, stamps, cents, card_brand, card_last4, state, made_at)
    VALUES (@purchaseId, @key, @walletId, @walletName, @facilityId, @packageId, @packageLabel, @stamps, @cents, @cardBrand, @cardLast4, 'pending', @madeAt)`)
  const settle = connection.prepare('UPDATE purchase SET state = ?, receipt = ?, settled_at = ? WHERE key = ?')
  const byKey = connection.prepare(`SELECT ${columns} FROM purchase WHERE key = ?`)
  const pending = connection.prepare(`SELECT ${columns} FROM purchase WHERE state = 'pending' ORDER BY made_at`)
  const receipts = connection.prepare('SELECT count(*) FROM purchase WHERE receipt = ?').pluck()
  const page = connection.prepare(`SELECT ${columns} FROM purchase WHERE state <> 'declined' ORDER BY made_at DESC, id DESC LIMIT ? OFFSET ?`)
  const count = connection.prepare(`SELECT count(*) FROM purchase WHERE state <> 'declined'`).pluck()
  return {
    insert: (purchase: Omit<PurchaseRecord, 'state' | 'receipt'>): void => {
      insert.run(purchase)
    },
    settle: (key: string, state: Exclude<PurchaseState, 'pending'>, receipt: string | null, at: number): void => {
      settle.run(state, receipt, at, key)
    },
    byKey: (key: string): PurchaseRecord | null => (byKey.get(key) as PurchaseRecord | undefined) ?? null,
    isReceiptKnown: (receipt: string): boolean => (receipts.get(receipt) as number) > 0,
    pending: (): readonly PurchaseRecord[] => pending.all() as PurchaseRecord[],
    page: (limit: number, offset: number): readonly PurchaseRecord[] => page.all(limit, offset) as PurchaseRecord[],
    count: (): number => count.get() as number
  }
}
