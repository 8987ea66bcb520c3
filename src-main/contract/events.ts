import type { JobView } from './jobs'
import type { Surroundings } from './surroundings'
import type { Session, Settings, SyncStatus } from './views'

/** What main tells the windows. Past tense, and always after the fact is on disk. */
export type Fact =
  | 'drafts'
  /** Those of a draft; `drafts` comes with it. */
  | 'photos'
  | 'outbox'
  | 'sent'
  | 'inbox'
  | 'contacts'
  | 'stamps'
  | 'post'
  | 'accounts'
  | 'practice'
  | 'account'
  | 'people'
  | 'imported'
  | 'marks'
  | 'backups' | 'searches' | 'index'

export type AppEvent =
  | { readonly type: 'changed'; readonly facts: readonly Fact[] }
  | { readonly type: 'syncStatusChanged'; readonly status: SyncStatus }
  | { readonly type: 'sessionChanged'; readonly session: Session | null }
  /** Nobody has moved for a while: at `at` the screen locks (or the session ends) unless `desk.stay` is called. */
  | { readonly type: 'idleWarning'; readonly what: 'lock' | 'signOut'; readonly at: number }
  /** Long work has come further, or to its end. */
  | { readonly type: 'jobChanged'; readonly job: JobView }
  /** The disk, the clock or the place of the data folder: what is to be said about them has changed. */
  | { readonly type: 'surroundingsChanged'; readonly surroundings: Surroundings }
  /** The menu, or a dialog of the shell, leads to a screen. */
  | { readonly type: 'screenWanted'; readonly screen: 'help' | 'trouble' }
  | { readonly type: 'settingsChanged'; readonly settings: Settings }
  /** Please save what is typed and answer with `windows.flushed`: the app is about to close. */
  | { readonly type: 'flushRequested'; readonly flushId: string }
