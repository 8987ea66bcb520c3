/** One line of the "What went wrong" page in words: what it was, and where. */
import type { ErrorCode } from '@contract/error-codes'
import type { ShellTrouble, Trouble, TroubleCode } from '@contract/surroundings'
import { failureWords } from './errors'

const shellWords: { readonly [C in ShellTrouble]: readonly [sentence: string, next: string] } = {
  WINDOW_CRASHED: ['A window of Epistle failed and was opened again.', 'What was typed more than a second before is there.'],
  WINDOW_KEEPS_FAILING: ['A window of Epistle failed several times within a minute.', 'Save a report on this page and show it to whoever looks after this PC.'],
  WINDOW_STOPPED_ANSWERING: ['A window of Epistle did not answer for a while.', 'If it happens again, close other programs first.'],
  GRAPHICS_CRASHED: ['The graphics of this PC failed and were started again.', 'If the picture flickers, ask whoever looks after this PC for a newer graphics driver.'],
  SETTINGS_RESET: ['The display settings could not be read and were reset.', 'The old file was kept beside the new one.'],
  SETTINGS_UNSAVED: ['The display settings could not be saved.', 'They count until Epistle is closed.']
}

const isOfShell = (code: TroubleCode): code is ShellTrouble => code in shellWords

/** What stands on the screen in the moment itself asks for haste; afterwards it is said calmly. */
const afterwards: { readonly [C in ErrorCode]?: readonly [sentence: string, next: string] } = {
  DISK_FULL: ['Something could not be saved: the disk was full.', 'Make room on this PC. What you typed was tried again by itself.'],
  DISK_FAULT: ['Something could not be saved: the disk reported a fault.', 'Ask whoever looks after this PC to check the disk.'],
  READ_ONLY: ['Something could not be saved: Epistle was not allowed to write.', 'Ask whoever looks after this PC for the right to write to the folder of Epistle.'],
  SERVICE_TROUBLE: ['The service had trouble of its own.', 'Letters that waited were tried again by themselves.'],
  INTERNAL: ['Something went wrong inside Epistle.', 'This is our mistake. The report on this page tells whoever helps where it was.']
}

/** What happened, and what it means. */
export const troubleWords = (code: TroubleCode): { readonly sentence: string; readonly next: string } => {
  const own = isOfShell(code) ? shellWords[code] : afterwards[code]
  if (own === undefined) return failureWords({ code: code as ErrorCode })
  const [sentence, next] = own
  return { sentence, next }
}

/** Rooms of the commands, as they are called on the screen. */
const places: Readonly<Record<string, string>> = {
  accounts: 'signing in or out',
  account: 'Account',
  coordinator: 'Coordinator',
  desk: 'locking or leaving',
  directory: 'Contacts',
  contacts: 'Contacts',
  facilities: 'Contacts',
  stamps: 'Purchase Stamps',
  drafts: 'saving a draft',
  letters: 'letters',
  inbox: 'Inbox',
  home: 'Home',
  sync: 'the line to the service',
  service: 'the simulated service',
  settings: 'Settings',
  surroundings: 'this page',
  practice: 'practice controls',
  post: 'Service post'
}

/** "while saving a draft", or null where the sentence says it all. */
export const whereWords = ({ where }: Pick<Trouble, 'where'>): string | null => places[where.split('.')[0] ?? ''] ?? null
