import type { CommandInput } from '../contract/commands'
import type { Marks, Note, NoteSaved } from '../contract/correspondence'
import { failure, success, type Result } from '../contract/result'
import { isBlank, normaliseText } from '../rules/text'
import type { Marked } from '../storage/mailbox/marks'
import type { NoteRecord } from '../storage/mailbox/notes'
import type { DeskSession } from './desk-session'
import type { OutsideContext } from './export'
import { viewPrayer } from './prayers'

/** A pause this long ends a sitting: what stood there before it can be brought back. */
const sittingMs = 60_000

const view = (session: DeskSession, { kind, id }: Marked): Marks => {
  const { mailbox } = session
  const { flagged, archived } = mailbox.marks.get({ kind, id })
  const prayer = mailbox.prayers.openOf({ kind, id })
  return {
    kind,
    id,
    flagged: flagged !== null,
    archived: archived !== null,
    note: mailbox.notes.get({ kind, id }),
    prayer: prayer === null ? null : viewPrayer(session, prayer)
  }
}

/** Which lists show what is marked. */
const listsOf = { letter: ['sent'], reply: ['inbox'], imported: ['sent', 'inbox'], contact: [] } as const

/** Everything marked on one letter, reply or contact. */
export const marksOf = (session: DeskSession, input: CommandInput<'marks.of'>): Result<Marks> =>
  session.mailbox.marks.exists(input) ? success(view(session, input)) : failure('NOT_FOUND')

export const setFlag = (session: DeskSession, input: CommandInput<'marks.flag'>): Result<Marks> =>
  change(session, input, (at) => session.mailbox.marks.setFlagged(input, input.on ? at : null))

/** Puts a letter or reply away, out of the lists; it stays on this PC. A contact is removed, not archived. */
export const setArchived = (session: DeskSession, input: CommandInput<'marks.archive'>): Result<Marks> =>
  input.kind === 'contact' ? failure('NOT_FOUND') : change(session, input, (at) => session.mailbox.marks.setArchived(input, input.on ? at : null))

/** Flags many letters and answers (or takes their flags away), a slice at a time; those that are not there any more are left out. */
export const flagSeveral = (context: OutsideContext, session: DeskSession, { items, on }: CommandInput<'marks.flagSeveral'>): Promise<Result<null>> =>
  changeSeveral(context, session, items, (item, at) => session.mailbox.marks.setFlagged(item, on ? at : null))

/** Puts many away, or takes them out again. */
export const archiveSeveral = (context: OutsideContext, session: DeskSession, { items, on }: CommandInput<'marks.archiveSeveral'>): Promise<Result<null>> =>
  changeSeveral(context, session, items, (item, at) => session.mailbox.marks.setArchived(item, on ? at : null))

/** Marks written in one transaction: a few milliseconds. */
const sliceOfMarks = 50

const changeSeveral = async (context: OutsideContext, session: DeskSession, items: readonly Marked[], write: (item: Marked, at: number) => void): Promise<Result<null>> => {
  const { mailbox, clock } = session
  for (let from = 0; from < items.length && mailbox.isOpen(); from += sliceOfMarks) {
    mailbox.transaction(() => {
      for (const item of items.slice(from, from + sliceOfMarks)) if (mailbox.marks.exists(item)) write(item, clock.now())
    })
    await context.outside.turn()
  }
  session.announce('marks', 'sent', 'inbox')
  return success(null)
}

/** The same for everything one person wrote and got, at every address. */
export const archiveThread = (session: DeskSession, input: CommandInput<'thread.archive'>): Result<null> => {
  const { mailbox, clock } = session
  const personId = mailbox.people.personOf(input.contactId)
  if (personId === null) return failure('NOT_FOUND')
  mailbox.transaction(() => mailbox.marks.setArchivedAll(personId, input.on ? clock.now() : null))
  session.announce('marks', 'sent', 'inbox')
  return success(null)
}

const change = (session: DeskSession, { kind, id }: Marked, write: (at: number) => void): Result<Marks> => {
  const { mailbox, clock } = session
  if (!mailbox.marks.exists({ kind, id })) return failure('NOT_FOUND')
  mailbox.transaction(() => write(clock.now()))
  session.announce('marks', ...listsOf[kind])
  return success(view(session, { kind, id }))
}

/**
 * Keeps a private note, durably, as it is typed. A save that stands on an older text never overwrites: the note then holds
 * the words of both windows.
 */
export const saveNote = (session: DeskSession, input: CommandInput<'marks.saveNote'>): Result<NoteSaved> => {
  const { mailbox, clock } = session
  const item: Marked = { kind: input.kind, id: input.id }
  if (!mailbox.marks.exists(item)) return failure('NOT_FOUND')
  const text = normaliseText(input.text)
  const saved = mailbox.transaction((): NoteSaved => {
    const stored = mailbox.notes.get(item)
    const now = clock.now()
    if (stored === null) {
      const first: Note = { revision: 1, text, before: null, savedAt: now }
      // Nothing typed is nothing kept.
      if (!isBlank(text)) mailbox.notes.put(item, first)
      return { outcome: 'saved', note: first }
    }
    const joined = input.baseRevision === stored.revision ? text : joinTexts(stored.text, text)
    if (joined === stored.text) return { outcome: joined === text ? 'saved' : 'joined', note: stored }
    const next: NoteRecord = { revision: stored.revision + 1, text: joined, before: earlierText(stored, joined, now), savedAt: now }
    mailbox.notes.put(item, next)
    return { outcome: joined === text ? 'saved' : 'joined', note: next }
  })
  session.announce('marks')
  return success(saved)
}

/** Both texts, without saying the same twice. */
const joinTexts = (stored: string, text: string): string => {
  if (text.includes(stored)) return text
  return stored.includes(text) ? stored : `${stored}\n\n${text}`
}

const earlierText = (stored: NoteRecord, text: string, now: number): string | null => {
  if (isBlank(stored.text)) return stored.before
  const newSitting = now - stored.savedAt >= sittingMs || now < stored.savedAt
  const losesHalf = text.length * 2 < stored.text.length
  return newSitting || (losesHalf && stored.text.length > (stored.before ?? '').length) ? stored.text : stored.before
}
