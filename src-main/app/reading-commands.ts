import type { CoreCommandName } from '../contract/commands'

/**
 * What can still be done where nothing can be written: looking, and the coming and going that looking needs. Everything that
 * is not named here is refused, so that a command somebody forgets can lose nothing.
 */
const readingCommands: readonly CoreCommandName[] = [
  'app.state',
  'accounts.signIn',
  'accounts.passwordRules',
  'accounts.signOut',
  'desk.lock',
  'desk.handOver',
  'desk.unlock',
  'desk.stay',
  'account.activity',
  'account.exportActivity',
  'home.summary',
  'contacts.list',
  'stamps.wallets',
  'stamps.receipts',
  'drafts.list',
  'drafts.open',
  'drafts.versions',
  'drafts.version',
  'drafts.unexpectedEnd',
  'letters.outbox',
  'letters.sent',
  'letters.open',
  'inbox.list',
  'inbox.open',
  'imports.open',
  'photos.open',
  'exports.start',
  'jobs.current',
  'jobs.cancel',
  'backups.view',
  'restore.view',
  'sync.status',
  'post.list',
  'practice.state',
  'surroundings.state',
  'surroundings.putAway',
  'surroundings.report'
]

export const isReading = (name: CoreCommandName): boolean => readingCommands.includes(name)
