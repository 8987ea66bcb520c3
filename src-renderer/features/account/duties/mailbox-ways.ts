import type { Session } from '@contract/views'
import type { RadioCard } from '@/ui/RadioCards.vue'

export type MailboxWay = 'recoveryCode' | 'oldPassword' | 'coordinator' | 'empty' | 'backup'
type Trouble = Exclude<Session['mailbox'], 'open'>

export const mailboxWords: { readonly [T in Trouble]: { readonly title: string; readonly why: (name: string) => string } } = {
  sealed: {
    title: 'Your letters are sealed',
    why: () => 'You are signed in. But the letters on this PC are locked with another password, the one before. Choose how to open them.'
  },
  missing: {
    title: 'Your letters are not here',
    why: (name) => `We can't find ${name}'s letters on this PC. Restore a backup. Your password is right, and it is not to blame.`
  },
  damaged: {
    title: 'The file with your letters is damaged',
    why: (name) => `The file with ${name}'s letters on this PC cannot be read. Your password is right, and nothing was deleted.`
  }
}

const cards: { readonly [W in MailboxWay]: Omit<RadioCard, 'value'> } = {
  recoveryCode: { label: 'With my recovery code', detail: 'The code you printed, five groups of letters and numbers.' },
  oldPassword: { label: 'With my old password', detail: 'The one you used here before the new one.' },
  coordinator: { label: 'Ask the coordinator', detail: 'Works where the parish allowed it.' },
  backup: { label: 'Restore a backup', detail: 'Copies are made by themselves. Choose one, or look on a USB stick.' },
  empty: { label: 'Start with an empty mailbox', detail: 'Write again at once. The old letters are kept aside on this PC.' }
}

/** What can be done about it. A file that is not there, or cannot be read, is opened by no code. */
export const mailboxWays = (trouble: Trouble): readonly RadioCard[] => {
  const ways: readonly MailboxWay[] = trouble === 'sealed' ? ['recoveryCode', 'oldPassword', 'coordinator', 'empty'] : ['backup', 'empty']
  // What is not here cannot be kept aside.
  const detailOf = (way: MailboxWay): string | undefined => (way === 'empty' && trouble === 'missing' ? 'Write again at once.' : cards[way].detail)
  return ways.map((way) => ({ value: way, ...cards[way], detail: detailOf(way) }))
}

export const isWay = (value: string): value is MailboxWay => Object.hasOwn(cards, value)
