/** What the simulated service has written in its own file: the other side's word on accounts, money and letters. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export type LedgerLine = { readonly reason: 'purchase' | 'message' | 'grant'; readonly reference: string; readonly amount: number }
export type ServiceLetter = { readonly number: string; readonly characters: number; readonly stamps: number; readonly state: string }
export type ServicePurchase = { readonly stamps: number; readonly cents: number; readonly cardLast4: string }

export type ServiceRecords = {
  readonly accounts: readonly { readonly email: string }[]
  readonly ledger: readonly LedgerLine[]
  readonly letters: readonly ServiceLetter[]
  readonly purchases: readonly ServicePurchase[]
  /** The sum of the ledger. */
  readonly balance: number
}

/** Reads `service.db` without writing to it. Close the app first: while it runs, the file is its own. */
export const readServiceRecords = (profileDir: string): ServiceRecords => {
  const file = new Database(join(profileDir, 'service.db'), { readonly: true, fileMustExist: true })
  try {
    const all = <Row>(sql: string): readonly Row[] => file.prepare(sql).all() as Row[]
    const ledger = all<LedgerLine>('SELECT reason, reference, amount FROM ledger ORDER BY seq')
    return {
      accounts: all('SELECT email FROM account ORDER BY id'),
      ledger,
      letters: all('SELECT number, characters, stamps, state FROM letter ORDER BY id'),
      purchases: all('SELECT stamps, cents, card_last4 AS cardLast4 FROM purchase ORDER BY receipt_number'),
      balance: ledger.reduce((sum, line) => sum + line.amount, 0)
    }
  } finally {
    file.close()
  }
}

/** The same while the app runs, from a copy of the file and its log. */
export const readServiceNow = (profileDir: string): ServiceRecords => {
  const beside = mkdtempSync(join(tmpdir(), 'epistle-service-'))
  try {
    for (const name of ['service.db', 'service.db-wal']) if (existsSync(join(profileDir, name))) copyFileSync(join(profileDir, name), join(beside, name))
    return readServiceRecords(beside)
  } finally {
    rmSync(beside, { recursive: true })
  }
}
