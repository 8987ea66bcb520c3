/** Copies in words: what is in one, where it is, what would be missing, what came back. */
import type { BackupCopy, BackupsView, ChosenFolder, MailboxContents, MissingSince, Restored, Salvaged } from '@contract/views'
import { dayAndTime, type DateSense } from './dates'
import { counted } from './plural'

const listed = (parts: readonly string[]): string => (parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`)

/** What there is of each; what there is none of is not named. */
const partsOf = ({ letters, drafts, replies, contacts }: MailboxContents | Salvaged): readonly string[] =>
  [
    letters > 0 ? counted(letters, 'letter') : '',
    drafts > 0 ? counted(drafts, 'draft') : '',
    replies > 0 ? counted(replies, 'answer') : '',
    contacts > 0 ? counted(contacts, 'contact') : ''
  ].filter((part) => part !== '')

/** "214 letters, 3 drafts, 12 answers and 9 contacts"; "1 contact"; "nothing yet" */
export const contentsWords = (contents: MailboxContents): string => listed(partsOf(contents)) || 'nothing yet'

const places: { readonly [P in BackupCopy['place']]: string } = {
  thisPc: 'on this PC',
  folder: 'in your folder or on your stick',
  found: 'where you looked'
}
export const placeWords = (place: BackupCopy['place']): string => places[place]

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** "Today 10:42" */
export const copyTitle = (copy: BackupCopy, sense: DateSense = {}): string => upperFirst(dayAndTime(copy.madeAt, sense))

/** "2 letters, 1 answer and changes in 3 drafts"; empty when nothing came later. */
export const missingWords = ({ letters, replies, draftsChanged }: MissingSince): string =>
  listed(
    [
      letters > 0 ? counted(letters, 'letter') : '',
      replies > 0 ? counted(replies, 'answer') : '',
      draftsChanged > 0 ? `changes in ${counted(draftsChanged, 'draft')}` : ''
    ].filter((part) => part !== '')
  )

/** What the rehearsal found: "This copy is good: 214 letters, 3 drafts, … , from today 10:42." */
export const rehearsalWords = (copy: BackupCopy, sense: DateSense = {}): string => `This copy is good: ${contentsWords(copy.contents)}, from ${dayAndTime(copy.madeAt, sense)}.`

/** What became of the copy in the chosen folder; null when there is nothing to say. */
export const folderWords = (folder: ChosenFolder): string | null => {
  switch (folder.trouble) {
    case null:
      return null
    case 'made':
      return null
    case 'missing':
      return 'The USB stick is not in. The copy on this PC was made.'
    case 'noRoom':
      return 'The USB stick is full. The copy on this PC was made.'
    case 'failed':
      return 'The copy could not be put on the USB stick. The copy on this PC was made.'
  }
}

export type BackupNotice = { readonly key: 'old' | 'stick'; readonly tone: 'warn' | 'info'; readonly title: string; readonly text: string }

const oldCopy = ({ newestAt }: BackupsView, sense: DateSense): BackupNotice =>
  newestAt === null
    ? { key: 'old', tone: 'warn', title: 'No copy of your letters has been made for more than a week.', text: 'Your letters are here. Press “Back up now”; if that does not work, it says why.' }
    : {
        key: 'old',
        tone: 'warn',
        title: 'The last good copy of your letters is older than a week.',
        text: `It was made ${dayAndTime(newestAt, sense)}. Your letters are here. Press “Back up now”; if that does not work, it says why.`
      }

const stickAway = ({ carriedAt, ready }: ChosenFolder, sense: DateSense): BackupNotice => ({
  key: 'stick',
  tone: 'info',
  title: ready ? 'No copy has reached your USB stick for more than a week.' : 'Your USB stick has not been in for more than a week.',
  text: `${carriedAt === null ? '' : `The last copy went there ${dayAndTime(carriedAt, sense)}. `}Copies on this PC are made as always. ${ready ? '' : 'Put the stick in, then '}${ready ? 'Press' : 'press'} “Back up now”.`
})

/** What is to be said of copies where it is seen without looking for it; empty most of the time. */
export const backupNotices = (view: BackupsView, sense: DateSense = {}): readonly BackupNotice[] => [
  ...(view.stale ? [oldCopy(view, sense)] : []),
  // An old copy on this PC is the larger trouble, and the same button ends both.
  ...(!view.stale && view.folder?.stale === true ? [stickAway(view.folder, sense)] : [])
]

/** What a restore came to, a sentence a line. */
export const restoredWords = ({ madeAt, contents, salvaged, keptAs }: Restored, sense: DateSense = {}): readonly string[] => {
  const lines = [madeAt === null ? `Your letters are back: ${contentsWords(contents)}.` : `Your letters are back as they were ${dayAndTime(madeAt, sense)}: ${contentsWords(contents)}.`]
  if (salvaged !== null) {
    const parts = partsOf(salvaged)
    lines.push(parts.length > 0 ? `From the damaged file came besides: ${listed(parts)}.` : 'Nothing newer was found in the damaged file.')
    if (salvaged.unsent > 0) {
      lines.push(
        `${counted(salvaged.unsent, 'letter')} that had not been sent for certain ${salvaged.unsent === 1 ? 'is a draft' : 'are drafts'} now. Look in Sent Messages before you send ${salvaged.unsent === 1 ? 'it' : 'them'} again.`
      )
    }
    if (salvaged.unreadable > 0) lines.push(`${counted(salvaged.unreadable, 'place')} in the damaged file could not be read. What stood only there is missing.`)
  }
  if (keptAs !== null) lines.push(`The file from before was not deleted. It is kept as ${keptAs}.`)
  return lines
}
