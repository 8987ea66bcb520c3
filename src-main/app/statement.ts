import type { Fact } from '../contract/events'
import type { Mailbox } from '../storage/mailbox'
import { note } from './activity'
import type { Clock, Ids } from './ports'

/** One line of the service's own account of our stamps. */
export type StatementLine = {
  readonly seq: number
  readonly walletId: string
  readonly reason: 'purchase' | 'message' | 'grant'
  readonly reference: string
  /** Signed: what a letter took is negative. */
  readonly amount: number
  readonly at: number
}

type Desk = { readonly mailbox: Mailbox; readonly clock: Clock; readonly ids: Ids }
type Sums = Readonly<Record<string, number>>

/** What the service's book holds for each wallet, up to the cursor. */
const readSums = (mailbox: Mailbox): Sums => JSON.parse(mailbox.meta.get('statementSums') ?? '{}') as Sums

/** Where to read on. A mailbox that has never added the statement up reads it again from its beginning: known lines change nothing. */
export const statementCursor = (mailbox: Mailbox): number => (mailbox.meta.get('statementSums') === null ? 0 : mailbox.meta.number('statementCursor'))

/**
 * Brings our book up to the service's, by key: what we know already changes nothing; what another PC did, or this PC after an
 * older copy was brought back, becomes a line of its own, and one in the activity log. Never a silent edit (reliability.md §5, Ledger).
 */
export const applyStatement = (desk: Desk, lines: readonly StatementLine[]): readonly Fact[] => {
  const { mailbox } = desk
  return mailbox.transaction(() => {
    let cursor = statementCursor(mailbox)
    const sums = new Map(Object.entries(readSums(mailbox)))
    let changed = false
    for (const line of lines) {
      if (line.seq <= cursor) continue
      cursor = line.seq
      sums.set(line.walletId, (sums.get(line.walletId) ?? 0) + line.amount)
      changed = (line.reason === 'message' ? applyLetter(desk, line) : applyIncome(desk, line)) || changed
    }
    if (lines.length > 0 || mailbox.meta.get('statementSums') === null) {
      mailbox.meta.set('statementCursor', cursor)
      mailbox.meta.set('statementSums', JSON.stringify(Object.fromEntries(sums)))
    }
    return changed ? ['stamps'] : []
  })
}

/** A letter that the service took. One of ours is settled by its own answer; one we gave back, or never had, is told. */
const applyLetter = (desk: Desk, line: StatementLine): boolean => {
  const { mailbox } = desk
  const letterId = mailbox.letters.idByKey(line.reference)
  const delivery = letterId === null ? null : mailbox.deliveries.byLetter(letterId)
  const isOurs = delivery !== null && delivery.state !== 'REJECTED' && delivery.state !== 'CANCELLED'
  if (isOurs || mailbox.ledger.has('elsewhere', line.reference)) return false
  const stamps = Math.abs(line.amount)
  mailbox.ledger.append({ ...line, reason: 'elsewhere', amount: stamps })
  note(desk, 'stampsUsedElsewhere', { stamps })
  return true
}

/** Stamps that came in. A purchase of ours whose answer was lost gets its receipt later (sync, settle); the stamps are there already. */
const applyIncome = (desk: Desk, line: StatementLine): boolean => {
  const { mailbox } = desk
  const reason = line.reason === 'grant' ? 'grant' : 'purchase'
  if (mailbox.ledger.has(reason, line.reference)) return false
  mailbox.ledger.append({ ...line, reason })
  if (reason === 'purchase' && mailbox.purchases.byKey(line.reference) === null) note(desk, 'stampsBoughtElsewhere', { stamps: line.amount })
  return true
}

/**
 * Compares the two books, wallet by wallet, and writes what is left between them as a visible line: the service owns the balance.
 * Only when nothing is under way, so that every line of one book has had its chance to be in the other.
 * @returns the facts that changed
 */
export const settleDifference = (desk: Desk): readonly Fact[] => {
  const { mailbox, clock } = desk
  if (mailbox.deliveries.countTried() > 0 || mailbox.purchases.pending().length > 0) return []
  const sums = readSums(mailbox)
  const balances = new Map(mailbox.ledger.balances().map((balance) => [balance.walletId, balance.available + balance.reserved]))
  const different = [...new Set([...Object.keys(sums), ...balances.keys()])].filter((walletId) => (sums[walletId] ?? 0) !== (balances.get(walletId) ?? 0))
  if (different.length === 0) return []
  mailbox.transaction(() => {
    for (const walletId of different) {
      const amount = (sums[walletId] ?? 0) - (balances.get(walletId) ?? 0)
      mailbox.ledger.append({ walletId, reason: 'adjust', reference: desk.ids.next(), amount, at: clock.now() })
      note(desk, 'stampsAdjusted', { stamps: amount })
    }
  })
  return ['stamps']
}
