import type { Fact } from '../contract/events'
import { applyArrivals, applyFacilities, applyStatement } from '../app/apply'
import type { Clock, Ids } from '../app/ports'
import { recordCharged, recordNotCharged } from '../app/purchase-steps'
import type { Mailbox } from '../storage/mailbox'
import type { AccountWire } from './account-wire'

const pageLimit = 200
const statementLimit = 500

/** Fetches what has happened since the cursors and writes it. @returns the facts that changed, or null when the line failed */
export const pullAll = async (mailbox: Mailbox, wire: AccountWire, clock: Clock, ids: Ids): Promise<readonly Fact[] | null> => {
  const facts = new Set<Fact>()
  const add = (more: readonly Fact[]): void => more.forEach((fact) => facts.add(fact))

  if (mailbox.facilities.all().length === 0) {
    const listed = await wire('directory.facilities', {})
    if (listed.outcome !== 'answered') return null
    applyFacilities(mailbox, listed.reply.facilities, clock.now())
  }
  for (const purchase of mailbox.purchases.pending()) {
    const settled = await wire('stamps.settle', { key: purchase.key })
    if (settled.outcome !== 'answered') return null
    if (settled.reply.outcome === 'charged') recordCharged(mailbox, purchase.key, settled.reply.receipt.receiptNumber, clock.now())
    else recordNotCharged(mailbox, purchase.key, 'cancelled', clock.now())
    add(['stamps'])
  }
  for (;;) {
    const answered = await wire('stamps.statement', { after: mailbox.meta.number('statementCursor'), limit: statementLimit })
    if (answered.outcome !== 'answered') return null
    add(applyStatement(mailbox, answered.reply.entries))
    if (answered.reply.entries.length < statementLimit) break
  }
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

