import type { Session } from '../contract/views'
import type { Backups, StoredCopy } from '../storage/backups'
import type { Desk } from '../storage/desk'
import type { MailboxKey, Vaults } from '../storage/vault'
import type { Keeper } from './keeper'

export type MailboxKeyContext = { readonly desk: Desk; readonly vaults: Vaults; readonly backups: Backups; readonly keeper: Keeper }

/** What a password came to at the mailbox of this PC. */
export type FoundKey = {
  readonly key: MailboxKey | null
  /** `newer`: made by a newer app, and left as it is. */
  readonly state: Session['mailbox'] | 'newer'
  readonly encryptedNow: boolean
}

const found = (key: MailboxKey | null, state: FoundKey['state'], encryptedNow = false): FoundKey => ({ key, state, encryptedNow })

const copiesOf = ({ backups, keeper }: MailboxKeyContext, accountId: string): readonly StoredCopy[] =>
  (['thisPc', 'folder'] as const).flatMap((place) => backups.list(place, accountId, keeper.chosenOf(accountId)))

/** The key that this password opens, or why there is none. */
export const findKey = async (context: MailboxKeyContext, accountId: string, password: string): Promise<FoundKey> => {
  const { vaults, desk } = context
  const state = vaults.state(accountId)
  switch (state) {
    case 'none':
      // Copies of letters that are not here: somebody has lost them, so nothing new begins by itself.
      if (copiesOf(context, accountId).length > 0) return found(null, 'missing')
      return found(await vaults.create(accountId, password), 'open')
    case 'plain': {
      const key = await vaults.create(accountId, password)
      vaults.encrypt(accountId, key)
      desk.dropPasswordHash(accountId)
      return found(key, 'open', true)
    }
    case 'sealed': {
      const opened = await vaults.unlock(accountId, password)
      return found(opened?.key ?? null, opened === null ? 'sealed' : 'open')
    }
    case 'missing':
    case 'damaged': {
      const key = await headerFromCopy(context, accountId, password)
      return key === null ? found(null, state) : found(key, 'open')
    }
    case 'newer':
      return found(null, 'newer')
  }
}

/**
 * The small file beside the mailbox is lost, the mailbox is not: the one in a copy holds the same key. It takes the lost one's place,
 * and nobody has to be asked anything.
 */
const headerFromCopy = async (context: MailboxKeyContext, accountId: string, password: string): Promise<MailboxKey | null> => {
  const { vaults, backups } = context
  for (const copy of copiesOf(context, accountId)) {
    const header = backups.headerOf(copy)
    const key = await vaults.unlockCopy(accountId, header, { password })
    if (key !== null && vaults.opens(accountId, key)) {
      vaults.takeHeader(accountId, header)
      return key
    }
  }
  return null
}

/** What a mailbox knows of its account, read from a copy: so that somebody without the line can go back to one. */
export type CopiedFacts = { readonly key: MailboxKey; readonly profile: string | null; readonly deviceToken: string | null }

/** @returns the facts of the newest copy that this password opens, or null: then the person is not who they say, or there is no copy */
export const factsFromCopies = async (context: MailboxKeyContext, accountId: string, password: string): Promise<CopiedFacts | null> => {
  const { vaults, backups } = context
  const present = vaults.hasWrap(accountId, 'password') ? ((await vaults.unlock(accountId, password))?.key ?? null) : null
  for (const copy of copiesOf(context, accountId)) {
    const key = present ?? (await vaults.unlockCopy(accountId, backups.headerOf(copy), { password }))
    const facts = key === null ? null : backups.factsIn(copy, key)
    if (key !== null && facts !== null) return { key, ...facts }
  }
  return null
}
