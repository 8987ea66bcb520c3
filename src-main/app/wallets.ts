import type { FacilityRules } from '../contract/facility'
import type { Wallet } from '../contract/views'
import { stateName, walletIdOf } from '../rules/wallet'
import type { Mailbox } from '../storage/mailbox'

const nameOf = (facility: FacilityRules): string => (facility.walletScope === 'state' ? stateName(facility.state) : facility.name)

/** The wallet that pays for letters to this facility, with what is free and what waiting letters hold. */
export const walletFor = (mailbox: Mailbox, facility: FacilityRules): Wallet => {
  const walletId = walletIdOf(facility)
  const { available, reserved } = mailbox.ledger.balance(walletId)
  return { walletId, name: nameOf(facility), unit: facility.unitWord, available, reserved }
}

/** Every wallet that holds or has held something, and those of the contacts' facilities. */
export const walletsOf = (mailbox: Mailbox): readonly Wallet[] => {
  const used = new Set(mailbox.ledger.balances().map((balance) => balance.walletId))
  const writtenTo = new Set(mailbox.contacts.list().map((contact) => contact.facilityId))
  const wallets = new Map<string, Wallet>()
  for (const facility of mailbox.facilities.all()) {
    const paid = !facility.freeMessages
    if (paid && (used.has(walletIdOf(facility)) || writtenTo.has(facility.id))) {
      wallets.set(walletIdOf(facility), walletFor(mailbox, facility))
    }
  }
  return [...wallets.values()].sort((a, b) => a.name.localeCompare(b.name))
}
