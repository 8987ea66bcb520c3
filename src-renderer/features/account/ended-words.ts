import type { Ended } from '@/stores/session'

/** Said on the start screen to who comes back. Drafts are kept in every case. */
export const endedWords: { readonly [E in Ended]: { readonly tone: 'info' | 'warn'; readonly title: string; readonly text: string } } = {
  noPasscode: {
    tone: 'info',
    title: 'Signed out instead of locked',
    text: 'This account has no passcode on this PC, so nothing could open the screen again. Sign in, and choose a passcode under your name at the top, in Security.'
  },
  nothingOpen: {
    tone: 'info',
    title: 'Signed out instead of locked',
    text: 'No letters were open, so there was nothing to lock. Sign in again when you like.'
  },
  wrongPasscode: {
    tone: 'warn',
    title: 'Three passcodes were wrong, so the session ended',
    text: 'Your drafts are kept. Sign in with your password.'
  },
  unasked: {
    tone: 'info',
    title: 'You were signed out',
    text: 'Nobody had typed or clicked for a while, or the session was ended in another window. Your drafts are kept.'
  }
}
