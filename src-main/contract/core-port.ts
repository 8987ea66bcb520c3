import type { CommandInput, CommandOutput, CoreCommandName } from './commands'
import type { AppEvent } from './events'
import type { Grant } from './jobs'
import type { ShellTrouble } from './surroundings'
import type { InnerCommandName, InnerCommands } from './inner-commands'
import type { Result } from './result'

/** The core as ipc and index see it, on its own thread or inline: parsed commands in, results and events out. */
export type CorePort = {
  readonly call: <N extends CoreCommandName>(name: N, input: CommandInput<N>) => Promise<Result<CommandOutput<N>>>
  /** A file was chosen in the system's dialog: whoever is at the desk may use it, once. A call made afterwards knows it. */
  readonly grant: (grant: Grant) => void
  /** What only the shell may ask, after a person chose something in a dialog of the system. */
  readonly callInner: <N extends InnerCommandName>(name: N, input: InnerCommands[N]['input']) => Promise<Result<InnerCommands[N]['output']>>
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
  /** Something of the shell went wrong: a line for the "What went wrong" page. */
  readonly noteTrouble: (kind: 'window' | 'settings', code: ShellTrouble) => void
  /** Writes the support bundle. It is on disk when this answers with success. */
  readonly saveReport: (file: string) => Promise<Result<null>>
  /** Finishes what is under way, closes every file. Nothing may be called afterwards. */
  readonly close: () => Promise<void>
}
