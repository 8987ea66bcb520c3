/** The books of both sides after a crash: every stamp is somewhere, none is spent twice, every charge has its stamps. */
import { createHash } from 'node:crypto'
import type { Memory } from './memory'
import { all, groupBy, wrongIf, type Rows } from './rows'

type Line = { seq: number; wallet: string; reason: string; reference: string; source: string; target: string; amount: number }
type Delivery = { id: string; key: string; wallet: string; stamps: number; state: string }
type Purchase = { id: string; key: string; wallet: string; stamps: number; state: string; receipt: string | null }
type ServiceLine = { seq: number; wallet: string; reason: string; reference: string; amount: number }
type Charge = { key: string; receipt: string; stamps: number; wallet: string }
type Answer = { key: string; kind: string; outcome: string }

const settledBy: Readonly<Record<string, string | null>> = { QUEUED: null, SENDING: null, SENT: 'post', REJECTED: 'void', CANCELLED: 'cancel' }

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

export const judgeBooks = (mailbox: Rows, service: Rows, accountId: string, memory: Memory, drained: boolean): readonly string[] => {
  const lines = all<Line>(mailbox, 'SELECT seq, wallet_id AS wallet, reason, reference, from_account AS source, to_account AS target, amount FROM ledger ORDER BY seq')
  const deliveries = all<Delivery>(mailbox, 'SELECT id, key, wallet_id AS wallet, stamps, state FROM delivery')
  const purchases = all<Purchase>(mailbox, 'SELECT id, key, wallet_id AS wallet, stamps, state, receipt FROM purchase')
  const theirs = all<ServiceLine>(service, 'SELECT seq, wallet_id AS wallet, reason, reference, amount FROM ledger WHERE account_id = ? ORDER BY seq', accountId)
  const charges = all<Charge>(service, 'SELECT key, receipt_number AS receipt, stamps, wallet_id AS wallet FROM purchase WHERE account_id = ?', accountId)
  const mails = all<{ key: string; stamps: number }>(service, 'SELECT key, stamps FROM letter WHERE account_id = ?', accountId)
  const answers = all<Answer>(service, 'SELECT key, kind, outcome FROM key_result WHERE account_id = ?', accountId)
  return [
    ...deliveries.flatMap((delivery) => judgeDelivery(delivery, lines.filter(({ reference }) => reference === delivery.key))),
    ...judgeWallets(mailbox, lines, deliveries),
    ...judgePurchases(purchases, lines, charges, memory, drained),
    ...judgeService(theirs, charges, mails, answers),
    ...judgeHistory('ours', lines, memory),
    ...judgeHistory('theirs', theirs, memory),
    ...(drained ? judgeEquality(lines, theirs) : []),
    ...judgeActivity(mailbox)
  ]
}

const judgeDelivery = ({ id, stamps, state }: Delivery, lines: readonly Line[]): readonly string[] => {
  const reserves = lines.filter(({ reason }) => reason === 'reserve')
  const settles = lines.filter(({ reason }) => reason === 'post' || reason === 'void' || reason === 'cancel')
  const wanted = stamps === 0 ? null : (settledBy[state] ?? null)
  return [
    ...wrongIf(reserves.length !== (stamps === 0 ? 0 : 1) || sum(reserves.map(({ amount }) => amount)) !== stamps, () => `delivery ${id} has ${reserves.length} reservations`),
    ...wrongIf(settles.length !== (wanted === null ? 0 : 1) || (wanted !== null && settles[0]?.reason !== wanted), () => `delivery ${id} is ${state}, its stamps are settled by ${settles.map(({ reason }) => reason).join(' and ') || 'nothing'}`),
    ...wrongIf(lines.length !== reserves.length + settles.length, () => `delivery ${id} has lines of another kind`)
  ]
}

const balance = (lines: readonly Line[], account: string): number =>
  sum(lines.map(({ source, target, amount }) => (target === account ? amount : 0) - (source === account ? amount : 0)))

const judgeWallets = (mailbox: Rows, lines: readonly Line[], deliveries: readonly Delivery[]): readonly string[] => {
  const kept = all<{ wallet: string; available: number; reserved: number; spent: number }>(mailbox, 'SELECT wallet_id AS wallet, available, reserved, spent FROM wallet_balance')
  const inWallet = (wallet: string, ...states: readonly string[]): number =>
    sum(deliveries.filter((delivery) => delivery.wallet === wallet && states.includes(delivery.state)).map(({ stamps }) => stamps))
  const wallets = groupBy(lines, ({ wallet }) => wallet)
  return [
    ...wrongIf(kept.length !== wallets.size, () => 'a wallet has no ledger, or a ledger no wallet'),
    ...kept.flatMap(({ wallet, available, reserved, spent }) => {
      const own = wallets.get(wallet) ?? []
      return [
        ...wrongIf(balance(own, 'available') !== available || balance(own, 'reserved') !== reserved || balance(own, 'spent') !== spent, () => `${wallet}: the sums beside the ledger are not its sums`),
        ...wrongIf(available < 0 || reserved < 0, () => `${wallet}: available ${available}, reserved ${reserved}`),
        ...wrongIf(reserved !== inWallet(wallet, 'QUEUED', 'SENDING'), () => `${wallet}: ${reserved} reserved for ${inWallet(wallet, 'QUEUED', 'SENDING')} of waiting letters`),
        ...wrongIf(spent !== inWallet(wallet, 'SENT'), () => `${wallet}: ${spent} spent for ${inWallet(wallet, 'SENT')} of sent letters`)
      ]
    }),
    // One PC and one price: nothing may happen elsewhere, nothing may need adjusting.
    ...lines.filter(({ reason }) => reason === 'elsewhere' || reason === 'adjust').map(({ reason, amount }) => `a line of ${amount} that nobody expects: ${reason}`)
  ]
}

const judgePurchases = (purchases: readonly Purchase[], lines: readonly Line[], charges: readonly Charge[], memory: Memory, drained: boolean): readonly string[] => {
  const byKey = new Map(purchases.map((purchase) => [purchase.key, purchase]))
  return [
    ...[...memory.added].flatMap(([id, { receiptNumber, stamps }]) => {
      const found = purchases.find((purchase) => purchase.id === id)
      return wrongIf(found?.state !== 'added' || found.receipt !== receiptNumber || found.stamps !== stamps, () => `purchase ${id} was shown as added and is ${found?.state ?? 'lost'}`)
    }),
    ...purchases.flatMap(({ id, key, state, stamps, receipt }) => {
      const added = lines.filter(({ reason, reference }) => reason === 'purchase' && reference === key)
      const charged = charges.filter((charge) => charge.key === key)
      return [
        ...wrongIf(added.length > 1 || (state === 'added' && added.length === 0), () => `purchase ${id} is ${state}, with ${added.length} lines in the ledger`),
        // The statement may bring the stamps before the receipt comes; without a charge there are none.
        ...wrongIf(added.length > 0 && (charged.length === 0 || added[0]?.amount !== stamps), () => `purchase ${id} is ${state}, its stamps are in the book, and the service has not charged it so`),
        ...wrongIf(charged.length > 1, () => `purchase ${id} was charged ${charged.length} times`),
        ...wrongIf(state === 'added' && charged[0]?.receipt !== receipt, () => `purchase ${id} is added, and the service knows of no such receipt`),
        ...wrongIf((state === 'declined' || state === 'cancelled') && charged.length > 0, () => `purchase ${id} is ${state}, and the service has charged it`),
        ...wrongIf(drained && state === 'pending', () => `purchase ${id} is still pending after the outbox was emptied`)
      ]
    }),
    ...charges.filter(({ key }) => !byKey.has(key)).map(({ receipt }) => `the service has charged ${receipt}, of which this mailbox knows nothing`)
  ]
}

const judgeService = (lines: readonly ServiceLine[], charges: readonly Charge[], mails: readonly { key: string; stamps: number }[], answers: readonly Answer[]): readonly string[] => {
  const debits = lines.filter(({ reason }) => reason === 'message')
  const credits = lines.filter(({ reason }) => reason === 'purchase')
  const done = new Set(answers.filter(({ outcome }) => outcome === 'done').map(({ kind, key }) => `${kind} ${key}`))
  const matches = (reference: string, amount: number, found: readonly ServiceLine[]): boolean =>
    found.filter((line) => line.reference === reference && line.amount === amount).length === 1
  return [
    ...wrongIf(debits.length !== mails.filter(({ stamps }) => stamps > 0).length, () => `the service has ${debits.length} debits for ${mails.length} letters`),
    ...mails.filter(({ key, stamps }) => stamps > 0 && !matches(key, -stamps, debits)).map(({ key }) => `the service's letter ${key} has not exactly one debit`),
    ...wrongIf(credits.length !== charges.length, () => `the service has ${credits.length} credits for ${charges.length} charges`),
    ...charges.filter(({ key, stamps }) => !matches(key, stamps, credits)).map(({ key }) => `the service's charge ${key} has not exactly one credit`),
    ...mails.filter(({ key }) => !done.has(`letter ${key}`)).map(({ key }) => `the service has forgotten the answer for letter ${key}`),
    ...charges.filter(({ key }) => !done.has(`purchase ${key}`)).map(({ key }) => `the service has forgotten the answer for charge ${key}`),
    ...[...groupBy(lines, ({ wallet }) => wallet)].map(([wallet, own]) => ({ wallet, left: sum(own.map(({ amount }) => amount)) })).filter(({ left }) => left < 0).map(({ wallet, left }) => `the service has ${left} in ${wallet}`)
  ]
}

/** Lines of a book are never changed and never go away. */
const judgeHistory = (side: string, lines: readonly (Line | ServiceLine)[], memory: Memory): readonly string[] => {
  const now = new Map(lines.map((line) => [`${side} ${line.seq}`, JSON.stringify(line)]))
  const changed = [...memory.ledgerLines].filter(([name, text]) => name.startsWith(`${side} `) && now.get(name) !== text)
  for (const [name, text] of now) memory.ledgerLines.set(name, text)
  return changed.map(([name]) => `line ${name} of the ledger has changed or is gone`)
}

const judgeEquality = (ours: readonly Line[], theirs: readonly ServiceLine[]): readonly string[] => {
  const wallets = new Set([...ours, ...theirs].map(({ wallet }) => wallet))
  return [...wallets].flatMap((wallet) => {
    const here = balance(ours.filter((line) => line.wallet === wallet), 'available')
    const there = sum(theirs.filter((line) => line.wallet === wallet).map(({ amount }) => amount))
    return wrongIf(here !== there, () => `${wallet}: ${here} in our book, ${there} in the service's`)
  })
}

type Entry = { seq: number; id: string; at: number; kind: string; event: string; details: string; previous: string; hash: string }

/** The activity log is one unbroken chain. */
const judgeActivity = (mailbox: Rows): readonly string[] => {
  let previous = '0'.repeat(64)
  const broken: string[] = []
  for (const [index, row] of all<Entry>(mailbox, 'SELECT * FROM activity ORDER BY seq').entries()) {
    const hash = createHash('sha256').update(JSON.stringify([row.seq, row.id, row.at, row.kind, row.event, row.details, row.previous])).digest('hex')
    if (row.seq !== index + 1 || row.previous !== previous || row.hash !== hash) broken.push(`line ${row.seq} of the activity log does not follow from the one before`)
    previous = row.hash
  }
  return broken
}
