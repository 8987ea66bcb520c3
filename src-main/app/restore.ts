import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { Restored, RestoreView } from '../contract/views'
import type { Backups, CopyOutcome, StoredCopy } from '../storage/backups'
import type { Desk } from '../storage/desk'
import type { Mailbox } from '../storage/mailbox'
import type { MailboxKey, Vaults } from '../storage/vault'
import { note } from './activity'
import { keptCopies, missingSince, viewCopy, type PlacedCopy } from './backups'
import { countAsTried } from './delivery-steps'
import type { Keeper } from './keeper'
import { takeBack } from './letters'
import type { Clock, Ids } from './ports'
import { markVisitEnded } from './unexpected-end'
import { mailboxOf, type Visit } from './visit'
import type { Visits } from './visits'

export type RestoreContext = {
  readonly backups: Backups
  readonly keeper: Keeper
  readonly vaults: Vaults
  readonly visits: Visits
  readonly desk: Desk
  readonly clock: Clock
  readonly ids: Ids
}

/** The copies that can be gone back to: kept ones, and those where the person has just looked. */
const copiesFor = (context: RestoreContext, visit: Visit): readonly PlacedCopy[] => [
  ...keptCopies(context, visit.accountId),
  ...visit.foundCopies.map((copy) => ({ place: 'found' as const, copy }))
]

export const viewRestore = (context: RestoreContext, visit: Visit): RestoreView => {
  const mailbox = mailboxOf(visit)
  const now = mailbox?.contents() ?? null
  const chosen = context.keeper.chosenOf(visit.accountId)
  return {
    mailbox: visit.mailboxState,
    canSalvage: visit.mailboxState === 'damaged' && visit.key !== null,
    copies: copiesFor(context, visit).map((placed) => ({
      ...viewCopy(placed),
      missing: mailbox === null || now === null ? null : missingSince(mailbox, now, placed.copy)
    })),
    folderMissing: chosen !== null && !context.backups.isThere(chosen)
  }
}

/** Looks for copies in a folder somebody points at: the stick of another PC. Fails with NO_COPY_THERE. */
export const lookIn = (context: RestoreContext, visit: Visit, path: string): Result<RestoreView> => {
  const found = context.backups.find(path, visit.accountId)
  if (found.length === 0) return failure('NO_COPY_THERE')
  visit.foundCopies = found
  return success(viewRestore(context, visit))
}

const sameKey = (a: MailboxKey, b: MailboxKey): boolean => Buffer.from(a).equals(Buffer.from(b))

/** The key of the mailbox that is there, as far as this visit can have it. */
const presentKey = async ({ vaults }: RestoreContext, visit: Visit): Promise<MailboxKey | null> => {
  if (visit.key !== null) return visit.key
  if (visit.password === null || !vaults.hasWrap(visit.accountId, 'password')) return null
  return (await vaults.unlock(visit.accountId, visit.password))?.key ?? null
}

/** What opens a copy: the key of the mailbox, today's password, or what the person has typed. */
const keyOf = async (context: RestoreContext, visit: Visit, copy: StoredCopy, present: MailboxKey | null, input: CommandInput<'restore.from'>): Promise<MailboxKey | null> => {
  const { backups, vaults } = context
  if (present !== null && backups.opens(copy, present)) return present
  const header = backups.headerOf(copy)
  const secret = input.secret ?? ''
  const typed = secret === '' ? {} : input.with === 'recoveryCode' ? { recoveryCode: secret } : { password: secret }
  for (const way of [visit.password === null ? {} : { password: visit.password }, typed]) {
    const key = await vaults.unlockCopy(visit.accountId, header, way)
    if (key !== null && backups.opens(copy, key)) return key
  }
  return null
}

const whyNot = (outcome: Extract<CopyOutcome, { ok: false }>): Result<never> => {
  if (outcome.why === 'newer') return failure('NEWER_VERSION')
  if (outcome.why === 'copyDamaged') return failure('COPY_DAMAGED')
  return failure('COPY_NOT_MADE', { params: { reason: outcome.why } })
}

/** Stands for "without a copy": only what can be read in the damaged file. */
const withoutCopy = 'damaged-file'

type Prepared = { readonly key: MailboxKey; readonly header: string | null; readonly ready: Extract<CopyOutcome, { ok: true }> }

/** Lays the chosen mailbox out beside the one that is there, checked, and with what is newer in a damaged one. */
const prepare = async (
  context: RestoreContext,
  visit: Visit,
  input: CommandInput<'restore.from'>,
  present: MailboxKey | null
): Promise<Result<Prepared>> => {
  const { backups, vaults } = context
  const { file, laidOut } = vaults.places(visit.accountId)
  const damaged = visit.mailboxState === 'damaged' && present !== null ? file : null
  if (input.copyId === withoutCopy) {
    if (present === null || damaged === null) return failure('NOT_FOUND')
    const ready = await backups.salvage(visit.accountId, present, laidOut, damaged)
    return ready.ok ? success({ key: present, header: null, ready }) : whyNot(ready)
  }
  const placed = copiesFor(context, visit).find((one) => viewCopy(one).copyId === input.copyId)
  if (placed === undefined) return failure('NOT_FOUND')
  const key = await keyOf(context, visit, placed.copy, present, input)
  if (key === null) return failure(backups.isWhole(placed.copy) ? 'COPY_SEALED' : 'COPY_DAMAGED')
  const ready = await backups.layOut(placed.copy, key, laidOut, damaged !== null && present !== null && sameKey(present, key) ? damaged : null)
  return ready.ok ? success({ key, header: backups.headerOf(placed.copy), ready }) : whyNot(ready)
}

/** What belongs to the account of today, not to the letters of a copy. Null where it is not known. */
type FactsOfToday = { readonly takenBack: readonly string[]; readonly deviceToken: string | null; readonly passcodeHash: string | null }

/** A letter may have been taken back in a mailbox that gave way to a copy without it, and stand waiting in the next copy. */
const allTakenBack = (mailbox: Mailbox): readonly string[] => [
  ...new Set([...(JSON.parse(mailbox.meta.get('takenBackBefore') ?? '[]') as string[]), ...mailbox.letters.takenBack()])
]

const factsOfToday = ({ desk, signedIn }: Visit): FactsOfToday => ({
  takenBack: desk === null ? [] : allTakenBack(desk.mailbox),
  deviceToken: desk?.mailbox.meta.get('deviceToken') ?? signedIn?.deviceToken ?? null,
  passcodeHash: desk?.mailbox.meta.get('passcodeHash') ?? null
})

/**
 * Writes into the mailbox that lies ready what has to be true of it from its first moment on, whatever comes between: what was taken back
 * after the copy was made does not leave because of it, what waited may have left, and the service and the screen know this PC by what they know today.
 * @returns how many lines its activity log has
 */
const makeReady = ({ vaults, clock, ids }: RestoreContext, accountId: string, { key, ready: { copy, salvaged } }: Prepared, today: FactsOfToday): number => {
  const mailbox = vaults.openLaidOut(accountId, key)
  const desk = { mailbox, clock, ids }
  try {
    mailbox.transaction(() => {
      mailbox.meta.set('takenBackBefore', JSON.stringify([...new Set([...allTakenBack(mailbox), ...today.takenBack])]))
      for (const letterId of today.takenBack) takeBack(desk, letterId)
      // The copy's own token may have been replaced since: with it the next sign-in without the line would never reach the service again.
      if (today.deviceToken !== null) mailbox.meta.set('deviceToken', today.deviceToken)
      if (today.passcodeHash !== null) mailbox.meta.set('passcodeHash', today.passcodeHash)
      countAsTried(mailbox, clock.now())
      // The visit in which the copy was made did not end in a crash.
      markVisitEnded(mailbox)
      if (copy.sequence !== 0) note(desk, 'mailboxRestored', { madeAt: copy.madeAt })
      if (salvaged !== null) note(desk, 'mailboxSalvaged', { letters: salvaged.letters, drafts: salvaged.drafts + salvaged.unsent })
    })
    return mailbox.activity.count('all')
  } finally {
    mailbox.close()
  }
}

/**
 * Puts a copy in the mailbox's place. What is there is kept under a name that says when; a crash leaves the one or the other. Nothing is
 * sent again because of it: what was confirmed keeps its keys, and the service knows those.
 * Fails with NOT_FOUND, COPY_SEALED, COPY_DAMAGED, NEWER_VERSION, COPY_NOT_MADE {reason}, and the mailbox is then as it was; with SIGNED_OUT when the
 * visit ended meanwhile: the copy is in its place then, and closed.
 */
export const restoreFrom = (context: RestoreContext, visit: Visit, input: CommandInput<'restore.from'>): Promise<Result<Restored>> =>
  context.visits.change(visit, async () => {
    const { vaults, visits, desk } = context
    const { accountId } = visit
    const present = await presentKey(context, visit)
    const chosen = await prepare(context, visit, input, present)
    if (!chosen.ok) return chosen
    const { key, header, ready } = chosen.value
    const wasDamaged = visit.desk === null
    const lines = makeReady(context, accountId, chosen.value, factsOfToday(visit))
    await visits.putDown(visit)
    const keepsHeader = present !== null && sameKey(present, key)
    const keptAs = vaults.swap(accountId, keepsHeader ? null : header, wasDamaged ? 'damaged' : 'before-restore')
    const mailbox = vaults.open(accountId, key)
    const taken = await visits.takeUp(visit, mailbox, key, async () => {
      desk.setSuspect(accountId, false)
      desk.restartActivityCount(accountId, lines)
      if (!keepsHeader && visit.password !== null) await vaults.setPassword(accountId, key, visit.password)
      return null
    })
    if (!taken.ok) return taken
    const { copy, salvaged } = ready
    return success({ session: taken.value, madeAt: copy.sequence === 0 ? null : copy.madeAt, contents: mailbox.contents(), keptAs, salvaged })
  })
