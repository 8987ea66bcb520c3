/** Fills a profile with a believable correspondence. */
import { walletIdOf } from '../../src-main/rules/wallet'
import type { Mailbox } from '../../src-main/storage/mailbox'
import { buySomeStamps, prepareAccount, type Login } from './account'
import type { Cost } from './cost'
import { fillMailbox } from './fill'
import { openForFilling } from './mailbox'
import { planCorrespondence, type SeedPerson } from './plan'
import { readWords } from './words'

export { defaultAccount } from './account'
export { openSeeded } from './mailbox'

export type SeedOptions = {
  readonly profileDir: string
  /** Letters and answers together. */
  readonly letters: number
  readonly seed: string
  readonly login: Login
  /** The project's folder: where the texts are. */
  readonly folder: string
  /** `quick` makes an account that opens at once, for tests and measurements. */
  readonly cost: Cost
  readonly progress: (written: number, of: number) => void
  readonly stopped: () => boolean
}

export type Seeded = { readonly made: boolean; readonly written: number; readonly wanted: number; readonly sent: number; readonly received: number; readonly contacts: number }

const contactsFor = (letters: number): number => Math.min(240, Math.max(12, Math.round(letters / 60)))

/** Nothing bought for the past is left over: what is free is what the service knows of. */
const closeBooks = (mailbox: Mailbox, seed: string, people: readonly SeedPerson[], at: number): void => {
  const wallets = new Set(people.flatMap(({ facilityId }) => mailbox.facilities.get(facilityId) ?? []).map((facility) => walletIdOf(facility)))
  mailbox.transaction(() => {
    for (const walletId of wallets) {
      const { available, spent } = mailbox.ledger.balance(walletId)
      const reference = `seed-${seed}-${walletId}-${spent}`
      if (available > 0 && !mailbox.ledger.has('adjust', reference)) mailbox.ledger.append({ walletId, reason: 'adjust', reference, amount: -available, at })
    }
  })
}

/** Brings a profile to so many letters; what an earlier, interrupted run wrote is kept and gone on with. */
export const seedArchive = async (options: SeedOptions): Promise<Seeded> => {
  const { profileDir, letters, seed, login, cost } = options
  const { accountId, made, people } = await prepareAccount(profileDir, login, contactsFor(letters), cost)
  // Days since the epoch, not the hour: a run that goes on tonight plans what the one this afternoon did.
  const now = Math.floor(Date.now() / 86_400_000) * 86_400_000
  const { mailbox, fill, close } = await openForFilling(profileDir, accountId, login.password, cost)
  let written = 0
  let counts = { sent: 0, received: 0 }
  try {
    const events = planCorrespondence(seed, letters, people, now)
    const filling = { seed, people, words: readWords(options.folder), now }
    const before = mailbox.ledger.balances()
    written = await fillMailbox({ mailbox, fill }, filling, events, (done) => {
      options.progress(done, events.length)
      return !options.stopped()
    })
    options.progress(written, events.length)
    if (written === events.length && before.length === 0) closeBooks(mailbox, seed, people, now)
    counts = { sent: mailbox.archive.total('sent'), received: mailbox.archive.total('inbox') }
  } finally {
    close()
  }
  if (written >= letters) await buySomeStamps(profileDir, login, people, cost)
  return { made, written, wanted: letters, ...counts, contacts: people.length }
}
