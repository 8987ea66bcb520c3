import type { CommandInput, CommandOutput, CoreCommandName } from './commands'
import type { AppEvent } from './events'
import type { Grant } from './jobs'
import type { Result } from './result'

/** The core as ipc and index see it, on its own thread or inline: parsed commands in, results and events out. */
export type CorePort = {
  readonly call: <N extends CoreCommandName>(name: N, input: CommandInput<N>) => Promise<Result<CommandOutput<N>>>
  /** A file was chosen in the system's dialog: whoever is at the desk may use it, once. A call made afterwards knows it. */
  readonly grant: (grant: Grant) => void
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
  /** Finishes what is under way, closes every file. Nothing may be called afterwards. */
  readonly close: () => Promise<void>
}
