import type { CommandInput } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import type { DraftVersion, DraftVersionText } from '../contract/views'
import { slotMs, slotsToThin } from '../rules/draft-timeline'
import { excerpt, isBlank } from '../rules/text'
import { countWords, lossBetween, shrinkBetween } from '../rules/words-lost'
import type { Mailbox } from '../storage/mailbox'
import type { DraftRecord, DraftText } from '../storage/mailbox/drafts'
import { isDiskTrouble } from '../storage/open'
import type { DeskSession } from './desk-session'
import type { Clock, Timers } from './ports'

/** How far back a letter that was deleted little by little is remembered whole: as long as every version is kept. */
export const memoryMs = 60 * 60_000

/** The text that waits beside the draft, in the list of versions. */
const asideId = 'aside'

/** Takes away the versions of one draft that are no longer worth their place (rules/draft-timeline). */
const thin = ({ drafts }: Mailbox, draftId: string, now: number): void => {
  for (const slot of slotsToThin(drafts.versionTimes(draftId), now)) drafts.removeVersion(draftId, slot)
}

/**
 * Writes a text as the draft's newest, inside the transaction of the save. What it replaces stays a version of its own when
 * it is a minute old, when more than half of it goes, or when it was asked for; a big loss is never thinned.
 */
export const writeText = (
  mailbox: Mailbox,
  stored: DraftRecord,
  text: DraftText,
  now: number,
  how: {
    /** An earlier version is brought back: what it replaces is kept for ever. */
    readonly keepEarlier: boolean
    /** What becomes of a text set aside: a version before this one; gone, where this one goes on from it; or it waits on. */
    readonly aside: 'version' | 'goesOn' | 'waits'
  }
): void => {
  const { drafts } = mailbox
  const { draftId } = stored
  let { slot, revision } = stored
  const longest = text.body.length < stored.body.length ? drafts.longestSince(draftId, now - memoryMs) : null
  const losesLong = lossBetween(stored.body, text.body) !== null || (longest !== null && shrinkBetween(longest.body, text.body) !== null)
  const losesHalf = text.body.length * 2 < stored.body.length
  if (how.keepEarlier || losesLong) drafts.pin(draftId, slot)
  if (losesLong && longest !== null) drafts.pin(draftId, longest.slot)
  const aside = how.aside === 'waits' ? null : drafts.aside(draftId)
  if (aside !== null) {
    // The words set aside are in the new text, or become a version before it: they are never simply gone.
    if (how.aside === 'version' || !text.body.startsWith(aside.body)) drafts.saveInNewSlot(draftId, (slot += 1), (revision += 1), aside, aside.savedAt)
    drafts.clearAside(draftId)
  }
  const slotIsOver = now - stored.slotStartedAt >= slotMs || now < stored.slotStartedAt
  if (slot > stored.slot || how.keepEarlier || losesHalf || losesLong || slotIsOver) {
    drafts.saveInNewSlot(draftId, slot + 1, revision + 1, text, now)
    thin(mailbox, draftId, now)
  } else {
    drafts.saveInSlot(draftId, slot, revision + 1, text, now)
  }
}

/** What the draft said before, newest first, without the texts themselves. Also of letters that are sent. */
export const draftVersions = ({ mailbox: { drafts } }: DeskSession, input: CommandInput<'drafts.versions'>): Result<readonly DraftVersion[]> => {
  const draft = drafts.get(input.draftId)
  if (draft === null) return failure('NOT_FOUND')
  const written = drafts.versions(input.draftId).filter(({ slot, body, subject }) => slot === draft.slot || !isBlank(body) || !isBlank(subject))
  const view = (versionId: string, { subject, body, savedAt }: { readonly subject: string; readonly body: string; readonly savedAt: number }, pinned: boolean) => ({
    versionId,
    savedAt,
    subject,
    excerpt: excerpt(body, 120),
    words: countWords(body),
    pinned
  })
  const listed = written.map((version) => view(String(version.slot), version, version.pinned))
  const aside = drafts.aside(input.draftId)
  const versions = aside === null ? listed : [...listed.slice(0, 1), view(asideId, aside, true), ...listed.slice(1)]
  /** A text set aside is measured by the one it would replace, every other one by the one before it. */
  const wordsBefore = (index: number): number =>
    (versions[index]?.versionId === asideId ? versions[0] : versions.slice(index + 1).find(({ versionId }) => versionId !== asideId))?.words ?? 0
  return success(
    versions.map((version, index) => ({
      ...version,
      present: index === 0,
      aside: version.versionId === asideId,
      wordsChanged: version.words - wordsBefore(index)
    }))
  )
}

export const draftVersionText = ({ mailbox: { drafts } }: DeskSession, input: CommandInput<'drafts.version'>): Result<DraftVersionText> => {
  const found = input.versionId === asideId ? drafts.aside(input.draftId) : drafts.version(input.draftId, slotOf(input.versionId))
  if (found === null) return failure('NOT_FOUND')
  return success({ versionId: input.versionId, subject: found.subject, body: found.body, savedAt: found.savedAt })
}

const slotOf = (versionId: string): number => (/^[1-9]\d{0,8}$/.test(versionId) ? Number(versionId) : 0)

/** Drafts looked at in one slice, and the rest between two slices: nobody waits for this. */
const sliceSize = 20
const restMs = 250
const dayMs = 24 * 60 * 60_000

/**
 * Thins the timelines of all drafts, once a day, in slices of a few milliseconds while the mailbox is open.
 * @returns how to stop, before the mailbox is closed
 */
export const tidyTimelines = (mailbox: Mailbox, clock: Clock, timers: Timers): (() => void) => {
  let cancel: () => void = () => undefined
  const last = mailbox.meta.number('timelinesTidiedAt')
  if (clock.now() >= last && clock.now() - last < dayMs) return cancel
  const slice = (after: string): void => {
    let draftIds: readonly string[] = []
    try {
      mailbox.transaction(() => {
        draftIds = mailbox.drafts.idsWithVersions(after, sliceSize)
        for (const draftId of draftIds) thin(mailbox, draftId, clock.now())
        if (draftIds.length < sliceSize) mailbox.meta.set('timelinesTidiedAt', clock.now())
      })
    } catch (error) {
      // A full or damaged disk: tidying can wait for another day, writing cannot.
      if (!isDiskTrouble(error)) throw error
      return
    }
    const next = draftIds.at(-1)
    if (next !== undefined && draftIds.length === sliceSize) cancel = timers.after(restMs, () => slice(next))
  }
  cancel = timers.after(restMs, () => slice(''))
  return () => cancel()
}
