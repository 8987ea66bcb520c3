import { Ban, Check, Lock, ShieldCheck } from '@lucide/vue'
import type { PeopleEntry } from '@contract/views'
import { whenInSentence } from '@/words/dates'
import type { DateSense } from '@/words/dates'
import type { StateWords } from '@/words/states'

type Standing = Pick<PeopleEntry, 'coordinator' | 'disabled' | 'locked'>

/** How somebody's account stands, the gravest first; never by colour alone. */
export const standingWords = ({ coordinator, disabled, locked }: Standing): readonly StateWords[] => [
  ...(disabled ? [{ words: 'Switched off', tone: 'bad', icon: Ban } as const] : []),
  ...(locked ? [{ words: 'Locked', tone: 'warn', icon: Lock } as const] : []),
  ...(!disabled && !locked ? [{ words: 'Active', tone: 'ok', icon: Check } as const] : []),
  ...(coordinator ? [{ words: 'Coordinator', tone: 'info', icon: ShieldCheck } as const] : [])
]

export const lastSignedIn = (at: number | null, sense: DateSense = {}): string =>
  at === null ? 'Has not signed in yet.' : `Last signed in ${whenInSentence(at, sense)}.`

export type PersonAct = 'unlock' | 'disable' | 'enable' | 'makeCoordinator' | 'removeRole'

export type ActWords = {
  readonly button: string
  readonly title: string
  readonly what: readonly string[]
  readonly tone: 'primary' | 'danger'
  readonly done: (name: string) => string
}

/** What each act is called, what it will do, and what is said when it is done. */
export const actWords: { readonly [A in PersonAct]: ActWords } = {
  unlock: {
    button: 'Unlock',
    title: 'Unlock this account?',
    what: ['The password works again at once.', 'At the next sign-in the Terms come first, and a new password has to be chosen.'],
    tone: 'primary',
    done: (name) => `${name} can sign in again.`
  },
  disable: {
    button: 'Disable',
    title: 'Switch this account off?',
    what: ['Nobody can sign in with it until you switch it on again, and it is signed out everywhere.', 'The letters are kept.'],
    tone: 'danger',
    done: (name) => `The account of ${name} is switched off.`
  },
  enable: {
    button: 'Enable',
    title: 'Switch this account on again?',
    what: ['The password of before works again.'],
    tone: 'primary',
    done: (name) => `The account of ${name} is switched on again.`
  },
  makeCoordinator: {
    button: 'Make coordinator',
    title: 'Make this person a coordinator?',
    what: ['A coordinator can create, unlock, reset and switch off the accounts of the site, and change the rules for passwords.'],
    tone: 'primary',
    done: (name) => `${name} is a coordinator now.`
  },
  removeRole: {
    button: 'Remove role',
    title: 'End the role as coordinator?',
    what: ['The account stays, with all its letters. It can no longer look after others.'],
    tone: 'danger',
    done: (name) => `${name} is no longer a coordinator.`
  }
}

/** What can be done for this person now. Nobody disables themselves by accident. */
export const actsFor = ({ coordinator, disabled, locked, you }: PeopleEntry): readonly PersonAct[] => [
  ...(locked ? (['unlock'] as const) : []),
  ...(coordinator ? (['removeRole'] as const) : disabled ? [] : (['makeCoordinator'] as const)),
  ...(you ? [] : [disabled ? ('enable' as const) : ('disable' as const)])
]
