/** Who may be answered in which state: the table of app/commands.ts written down a second time, on purpose. */
import type { Access } from '../../../src-main/contract/commands'
import type { ErrorCode } from '../../../src-main/contract/error-codes'
import type { State } from './world'

/** The one refusal a call of this access gets in this state; null: it is answered. */
export const refusalFor: { readonly [S in State]: { readonly [A in Access]: ErrorCode | null } } = {
  signedOut: { open: null, locked: 'SIGNED_OUT', duties: 'SIGNED_OUT', session: 'SIGNED_OUT' },
  signedIn: { open: null, locked: null, duties: null, session: null },
  locked: { open: null, locked: null, duties: 'LOCKED', session: 'LOCKED' },
  dutiesOwed: { open: null, locked: null, duties: null, session: 'DUTY_FIRST' },
  otherAccount: { open: null, locked: null, duties: null, session: null }
}

/** What nobody hears who is answered. */
export const neverWhenAnswered: readonly ErrorCode[] = ['SIGNED_OUT', 'LOCKED', 'DUTY_FIRST']
