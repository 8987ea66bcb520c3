import type { AppEvent } from './events'
import type { CommandCall, CommandName, CommandOutput } from './commands'
import type { Result } from './result'

type Room<N extends string> = N extends `${infer R}.${string}` ? R : never
type Verb<N extends string, R extends string> = N extends `${R}.${infer V}` ? V : never

/** `window.epistle`: `epistle.letters.send({ticket})`, one frozen function per command, and one way to listen. */
export type Bridge = {
  readonly [R in Room<CommandName>]: {
    readonly [V in Verb<CommandName, R>]: (
      input: `${R}.${V}` extends CommandName ? CommandCall<`${R}.${V}`> : never
    ) => Promise<`${R}.${V}` extends CommandName ? Result<CommandOutput<`${R}.${V}`>> : never>
  }
} & {
  /** Calls back for every event; returns how to stop. */
  readonly onEvent: (listener: (event: AppEvent) => void) => () => void
}
