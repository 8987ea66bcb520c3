import type { Session } from '@contract/views'
import { clockTime, dayName } from '@/words/dates'
import type { DateSense } from '@/words/dates'
import { counted } from '@/words/plural'

type LastSignIn = NonNullable<Session['lastSignIn']>
export type LastSignInWords = { readonly tone: 'info' | 'warn'; readonly title: string; readonly text: string }

const relative = new Set(['Today', 'Yesterday'])

const whenWords = (at: number, sense: DateSense): string => {
  const day = dayName(at, sense)
  return relative.has(day) ? `${day.toLowerCase()} at ${clockTime(at, sense)}` : `on ${day} at ${clockTime(at, sense)}`
}

/** A torn end of the log was left out when the mailbox was opened. Before that, everything is there. */
export const lostChange = {
  title: 'The last change before Epistle was interrupted may be missing.',
  text: 'Epistle was closed while it saved, by a power cut or a crash. At most a second of typing is gone; everything before that is here. Look at the end of the letter you were writing.'
} as const

/** "You last signed in on Tuesday at 9:20." Nothing to say about an account that is new and was left in peace. */
export const lastSignInWords = ({ at, failuresSince }: LastSignIn, sense: DateSense = {}): LastSignInWords | null => {
  const since = at === null ? 'This is your first sign-in.' : `You last signed in ${whenWords(at, sense)}.`
  if (failuresSince > 0) {
    return {
      tone: 'warn',
      title: failuresSince === 1 ? 'There was a failed try to sign in' : `There were ${counted(failuresSince, 'failed try', 'failed tries')} to sign in`,
      text: `${since} If ${failuresSince === 1 ? 'it was not you' : 'they were not all yours'}, look at the activity and report it.`
    }
  }
  return at === null ? null : { tone: 'info', title: since, text: 'Nobody has tried a wrong password since. If you were not here then, look at your activity.' }
}
