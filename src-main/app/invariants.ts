import type { LedgerFacts, LetterFacts } from '../storage/mailbox/checks'
import type { Mailbox } from '../storage/mailbox'
import type { LetterHash } from './ports'

/**
 * The rules that must never be broken (reliability.md §5). I2 (one mail for a delivery) is, on our side, one delivery for a letter, one key and one
 * receipt: SQLite refuses a second one as long as the schema says so, and what the service takes twice stands as a line of its own between
 * the two books (statement.ts). I10 is about a letter's photos too: its hash names theirs, and their bytes have to have them. I11 (a frozen text) is I9's triggers and I10's hash. I18 (nothing waits for ever) is no fact of a moment: the line
 * looks for it while it works (sync/liveness.ts).
 */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I12' | 'I13' | 'I14' | 'I15' | 'I16' | 'I17' | 'I18'

/** How far everything was found in order, and what the wallets held then: the next start looks at what came after. */
export type VerifiedPoint = {
  readonly letter: number
  readonly ledger: number
  readonly activity: number
  readonly activityHash: string | null
  readonly wallets: Readonly<Record<string, readonly [available: number, reserved: number, spent: number]>>
}
export const nothingVerified: VerifiedPoint = { letter: 0, ledger: 0, activity: 0, activityHash: null, wallets: {} }

export type Found = { readonly broken: Invariant } | { readonly point: VerifiedPoint }

const settledBy: Readonly<Record<string, string>> = { SENT: 'post', REJECTED: 'void', CANCELLED: 'cancel' }
const ownStatus: Readonly<Record<string, readonly string[]>> = { QUEUED: ['queued'], REJECTED: ['refused'], CANCELLED: ['cancelled'] }
const neverStatus: Readonly<Record<string, readonly string[]>> = { SENDING: ['queued', 'refused', 'cancelled'], SENT: ['queued', 'sending', 'refused', 'cancelled'] }

/** Looks at one letter by itself. @returns the rule it breaks, or null */
export const checkLetterFacts = (letter: LetterFacts, hashOf: LetterHash): Invariant | null => {
  const { key, state, stamps, attempts, status } = letter
  if (key === null || state === null || stamps === null || attempts === null || status === null) return 'I1'
  if (letter.confirmedHash === null || letter.confirmedHash !== letter.payloadHash || letter.confirmedStamps !== stamps) return 'I13'
  if (hashOf(letter, stamps) !== letter.payloadHash) return 'I10'
  if (state === 'SENT' && letter.receipt === null) return 'I3'
  if ((state === 'QUEUED' || state === 'CANCELLED') !== (attempts === 0)) return 'I12'
  if (!(ownStatus[state]?.includes(status) ?? !neverStatus[state]?.includes(status))) return 'I12'
  if (stamps > 0 && (letter.reserves !== 1 || letter.reserved !== stamps)) return 'I8'
  if (stamps > 0 && letter.settledBy !== (settledBy[state] ?? null)) return 'I8'
  return null
}

/** Looks at one line of the ledger: what it is about must stand where the line says. @returns the rule it breaks, or null */
const checkLine = (line: LedgerFacts, before: number): Invariant | null => {
  if (line.seq !== before + 1) return 'I15'
  if (!['reserve', 'post', 'void', 'cancel'].includes(line.reason)) return null
  if (line.state === null) return 'I8'
  const wanted = { post: 'SENT', void: 'REJECTED', cancel: 'CANCELLED' }[line.reason]
  return wanted === undefined || wanted === line.state ? null : 'I7'
}

type Wallets = Map<string, [available: number, reserved: number, spent: number]>

const addLine = (wallets: Wallets, { walletId, from, to, amount }: LedgerFacts): void => {
  const sums = wallets.get(walletId) ?? [0, 0, 0]
  const move = (account: string, by: number): void => {
    const at = ['available', 'reserved', 'spent'].indexOf(account)
    if (at >= 0) sums[at] = (sums[at] ?? 0) + by
  }
  move(from, -amount)
  move(to, amount)
  wallets.set(walletId, sums)
}

/**
 * Everything up to now, taken on trust: where a large mailbox has never been looked at, the start must not wait for all of it.
 * The complete look follows beside the work.
 */
export const trustedPoint = ({ checks, ledger }: Mailbox): VerifiedPoint => ({
  ...checks.ends(),
  activityHash: null,
  wallets: Object.fromEntries(ledger.balances().map(({ walletId, available, reserved, spent }) => [walletId, [available, reserved, spent] as const]))
})

/** Rows looked at in one go: well under a frame. */
const slice = 200

/**
 * Looks at what came after a verified point, and at everything that is not settled: what a start costs does not grow with the archive.
 * Each `yield` is a place to let others have their turn. From `nothingVerified` on it is the complete check of I1 to I16.
 */
export function* checkFrom(mailbox: Mailbox, accountId: string, hashOf: LetterHash, from: VerifiedPoint): Generator<undefined, Found> {
  const { checks, activity, meta } = mailbox
  if (meta.get('accountId') !== accountId) return { broken: 'I14' }
  if (!checks.isGuarded()) return { broken: 'I9' }
  if (!checks.keepsSingle()) return { broken: 'I2' }
  const until = checks.ends()
  if (until.letter < from.letter || until.ledger < from.ledger || until.activity < from.activity) return { broken: 'I15' }

  for (const letter of checks.unsettledLetters()) {
    const broken = checkLetterFacts(letter, hashOf)
    if (broken !== null) return { broken }
  }
  let seq = from.letter
  for (;;) {
    const letters = checks.lettersAfter(seq, slice)
    for (const letter of letters) {
      const broken = letter.seq === seq + 1 ? checkLetterFacts(letter, hashOf) : 'I15'
      if (broken !== null) return { broken }
      seq = letter.seq
    }
    if (letters.length < slice) break
    yield
  }
  let line = from.ledger
  const wallets: Wallets = new Map(Object.entries(from.wallets).map(([name, sums]) => [name, [...sums]]))
  for (;;) {
    const lines = checks.ledgerAfter(line, slice)
    for (const found of lines) {
      const broken = checkLine(found, line)
      if (broken !== null) return { broken }
      addLine(wallets, found)
      line = found.seq
    }
    if (lines.length < slice) break
    yield
  }
  const brokenBook = checkWallets(mailbox, wallets)
  if (brokenBook !== null) return { broken: brokenBook }

  let chained = { seq: from.activity, hash: from.activityHash }
  for (;;) {
    const next = activity.follow(chained.seq, chained.hash, slice)
    if (next === null) return { broken: 'I16' }
    const done = next.seq === chained.seq
    chained = next
    if (done) break
    yield
  }
  return { point: { letter: seq, ledger: line, activity: chained.seq, activityHash: chained.hash, wallets: Object.fromEntries(wallets) } }
}

/** The sums kept beside the ledger against its lines, and against what waits. No slice lies between reading the last line and this. */
const checkWallets = ({ checks, ledger }: Mailbox, wallets: Wallets): Invariant | null => {
  const waiting = checks.waiting()
  for (const { walletId, available, reserved, spent } of ledger.balances()) {
    const [a, r, s] = wallets.get(walletId) ?? [0, 0, 0]
    if (a !== available || r !== reserved || s !== spent) return 'I4'
    // Another PC may use stamps that are set aside here; together they can never be fewer than none.
    if (reserved < 0 || available + reserved < 0) return 'I5'
    if (reserved !== (waiting.get(walletId) ?? 0)) return 'I6'
  }
  return null
}

/**
 * Rows a table may have to be gone through in one look. SQLite's check of a table cannot be cut into slices, and nobody can save meanwhile: 0.1 s for
 * 47,000 rows, 1.7 s for 466,000. Larger tables are read slice by slice by the checks above, and with all their indexes in every copy that
 * is made, on the copy's own thread (storage/backups/check-copy.ts): each day, after a crash, at leaving.
 */
const wholeTableRows = 20_000

/** What only the weekly look goes through: purchases against their stamps, photos one by one against the hashes that letters name (I10), and SQLite's own check, table by table (I17). */
export function* checkFiles(mailbox: Mailbox): Generator<undefined, Invariant | null> {
  let place = 0
  for (;;) {
    const purchases = mailbox.checks.purchasesAfter(place, slice)
    if (purchases.some(({ isOdd }) => isOdd)) return 'I7'
    place = purchases.at(-1)?.place ?? place
    if (purchases.length < slice) break
    yield
  }
  for (let photo = mailbox.checks.photoAfter(0); photo !== null; photo = mailbox.checks.photoAfter(photo.place)) {
    if (!photo.isItself) return 'I10'
    yield
  }
  for (const table of mailbox.checks.smallTables(wholeTableRows)) {
    yield
    if (!mailbox.checks.isTableWhole(table)) return 'I17'
  }
  return null
}
