/**
 * The names alone, without schemas, for the preload: it must stay one small file without zod.
 * A test holds this list and `commands` equal.
 */
export const channels = [
  'app.state',
  'accounts.signUpStart',
  'accounts.create',
  'accounts.signIn',
  'accounts.practice',
  'accounts.signOut',
  'accounts.acceptEmessagingTerms',
  'home.summary',
  'facilities.list',
  'directory.search',
  'contacts.list',
  'contacts.add',
  'contacts.enterInvitationCode',
  'contacts.remove',
  'stamps.wallets',
  'stamps.offer',
  'stamps.quote',
  'stamps.purchase',
  'stamps.receipts',
  'drafts.list',
  'drafts.create',
  'drafts.open',
  'drafts.save',
  'drafts.discard',
  'drafts.undoDiscard',
  'drafts.revisions',
  'letters.quote',
  'letters.send',
  'letters.outbox',
  'letters.sent',
  'letters.open',
  'letters.cancel',
  'inbox.list',
  'inbox.open',
  'sync.status',
  'sync.now',
  'post.list',
  'practice.state',
  'practice.set',
  'practice.fastForward',
  'settings.get',
  'settings.set',
  'windows.open',
  'windows.flushed'
] as const

export type Channel = (typeof channels)[number]

/** Prefix of every ipc channel of ours; events go the other way on `epistle:event`. */
export const channelPrefix = 'epistle:'
export const eventChannel = 'epistle:event'
