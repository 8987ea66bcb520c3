import type { Fact } from '../contract/events'
import { applyArrivals, applyFacilities } from '../app/apply'
import type { Clock, Ids } from '../app/ports'
import { recordCharged, recordNotCharged } from '../app/purchase-steps'
import { applyStatement, settleDifference, statementCursor } from '../app/statement'
import type { Mailbox } from '../storage/mailbox'
import type { AccountWire } from './account-wire'

const pageLimit = 200
const statementLimit = 500

export type Pull = {
  readonly mailbox: Mailbox
  readonly wire: AccountWire
  readonly clock: Clock
  readonly ids: Ids
  /** Prices may have changed since they were fetched. */
  readonly rulesToo: boolean
  /** How many purchases have been begun or ended by the windows: while one is under way its key is left alone. */
  readonly charges: { readonly underWay: (key: string) => boolean; readonly count: () => number }
}

/**
 * Fetches what has happened since the cursors and writes it: rules, purchases whose answer is missing, the statement, news.
 * @returns the facts that changed, or null when the line failed
 */
export const pullAll = async ({ mailbox, wire, clock, ids, rulesToo, charges }: Pull): Promise<readonly Fact[] | null> => {
  const facts = new Set<Fact>()
  const add = (more: readonly Fact[]): void => more.forEach((fact) => facts.add(fact))
  const desk = { mailbox, clock, ids }

  if (rulesToo || mailbox.facilities.all().length === 0) {
    const listed = await wire('directory.facilities', {})
    if (listed.outcome !== 'answered') return null
    applyFacilities(mailbox, listed.reply.facilities, clock.now())
  }
  for (const purchase of mailbox.purchases.pending()) {
    // Asking about a key makes an unknown one void: a card that is on its way must not find that.
    if (charges.underWay(purchase.key)) continue
    const settled = await wire('stamps.settle', { key: purchase.key })
    if (settled.outcome !== 'answered') return null
    if (settled.reply.outcome === 'charged') recordCharged(desk, purchase.key, settled.reply.receipt.receiptNumber)
    else recordNotCharged(mailbox, purchase.key, 'cancelled', clock.now())
    add(['stamps'])
  }
  const chargesBefore = charges.count()
  for (;;) {
    const answered = await wire('stamps.statement', { after: statementCursor(mailbox), limit: statementLimit })
    if (answered.outcome !== 'answered') return null
    add(applyStatement(desk, answered.reply.entries))
    if (answered.reply.entries.length < statementLimit) break
  }
  if (charges.count() === chargesBefore) add(settleDifference(desk))
  let serviceAhead = 0
  for (;;) {
    const answered = await wire('messaging.updates', { after: mailbox.meta.number('updatesCursor'), limit: pageLimit })
    if (answered.outcome !== 'answered') return null
    add(applyArrivals(mailbox, answered.reply.updates, ids.next))
    serviceAhead = answered.reply.now - clock.now()
    if (!answered.reply.more) break
  }
  mailbox.transaction(() => {
    mailbox.meta.set('serviceAhead', serviceAhead)
    mailbox.meta.set('lastSyncAt', clock.now())
  })
  return [...facts]
}
