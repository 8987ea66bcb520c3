import type { MessagePort } from 'node:worker_threads'
import type { CoreCommandName } from './contract/commands'
import type { AppEvent } from './contract/events'
import type { Grant } from './contract/jobs'
import type { ShellTrouble } from './contract/surroundings'
import type { InnerCommandName } from './contract/inner-commands'
import type { PaperOutcome, Sheet } from './contract/paper'
import type { Result } from './contract/result'

/** What the shell hands the core's thread at its start. */
export type CoreThreadData = {
  readonly profileDir: string
  readonly version: string
  /** The text of `--service-config`, already read and found valid, or null. */
  readonly serviceConfig: string | null
}

export type ToCore =
  | { readonly type: 'call'; readonly id: number; readonly name: CoreCommandName; readonly input: unknown }
  | { readonly type: 'grant'; readonly grant: Grant }
  | { readonly type: 'trouble'; readonly kind: 'window' | 'settings'; readonly code: ShellTrouble }
  | { readonly type: 'saveReport'; readonly id: number; readonly file: string }
  | { readonly type: 'callInner'; readonly id: number; readonly name: InnerCommandName; readonly input: { readonly path: string } }
  | { readonly type: 'paperEnded'; readonly id: number; readonly outcome: PaperOutcome }
  | { readonly type: 'close' }

export type FromCore =
  | { readonly type: 'ready' }
  /** The profile cannot be opened; `code` is the person's answer, `owner` who holds it (when it is held). */
  | { readonly type: 'failed'; readonly code: string; readonly message: string; readonly owner: string | null }
  /** This PC's own file is damaged: the person is asked before anything is done about it. */
  | { readonly type: 'deskDamaged'; readonly from: 'copy' | 'nothing'; readonly answer: MessagePort }
  | { readonly type: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'event'; readonly event: AppEvent }
  | { readonly type: 'paper'; readonly id: number; readonly sheet: Sheet }
  | { readonly type: 'paperStop'; readonly id: number }
  | { readonly type: 'bug'; readonly where: string; readonly message: string }
  | { readonly type: 'closed' }
