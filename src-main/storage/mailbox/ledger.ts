import type { StatementSource } from '../statements'

export type LedgerReason = 'purchase' | 'grant' | 'reserve' | 'post' | 'void' | 'cancel' | 'elsewhere' | 'adjust'
type Account = 'outside' | 'available' | 'reserved' | 'spent'

export type LedgerEntry = {
  readonly walletId: string
  readonly reason: LedgerReason
  /** What this is about: a delivery's or a purchase's key, or the service's own reference. */
  readonly reference: string
  readonly amount: number
  readonly at: number
}

export type WalletBalance = { readonly walletId: string; readonly available: number; readonly reserved: number; readonly spent: number }

const movement: Record<Exclude<LedgerReason, 'adjust'>, readonly [Account, Account]> = {
  purchase: ['outside', 'available'],
  grant: ['outside', 'available'],
  reserve: ['available', 'reserved'],
  post: ['reserved', 'spent'],
  void: ['reserved', 'available'],
  cancel: ['reserved', 'available'],
  elsewhere: ['available', 'spent']
}

/** The volunteer's own book of stamps: append-only, double entry, one line per (reason, reference) for ever. */
export const ledgerTable = (connection: StatementSource) => {
  const insert = connection.prepare(`
    INSERT INTO ledger (wallet_id, reason, reference, from_account, to_account, amount, at)
    VALUES (@walletId, @reason, @reference, @from, @to, @amount, @at)`)
  const has = connection.prepare('SELECT 1 FROM ledger WHERE reason = ? AND reference = ?').pluck()
  const balances = connection.prepare('SELECT wallet_id AS walletId, available, reserved, spent FROM wallet_balance ORDER BY wallet_id')
  const balance = connection.prepare('SELECT wallet_id AS walletId, available, reserved, spent FROM wallet_balance WHERE wallet_id = ?')
  const write = (entry: LedgerEntry, from: Account, to: Account, amount: number): void => {
    insert.run({ ...entry, from, to, amount })
  }
  return {
    /** Moves stamps; an entry about nothing (a free letter) writes nothing. @throws SqliteError when the same line exists */
    append: (entry: LedgerEntry): void => {
      if (entry.amount === 0) return
      if (entry.reason === 'adjust') {
        const up = entry.amount > 0
        write(entry, up ? 'outside' : 'available', up ? 'available' : 'outside', Math.abs(entry.amount))
        return
      }
      const [from, to] = movement[entry.reason]
      write(entry, from, to, entry.amount)
    },
    has: (reason: LedgerReason, reference: string): boolean => has.get(reason, reference) !== undefined,
    balances: (): readonly WalletBalance[] => balances.all() as WalletBalance[],
    balance: (walletId: string): WalletBalance =>
      (balance.get(walletId) as WalletBalance | undefined) ?? { walletId, available: 0, reserved: 0, spent: 0 }
  }
}
