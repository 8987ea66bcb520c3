/** The bridge as a window sees it: for quick ways to a starting point, for facts no screen shows, and for forgeries. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright/test'
import type { CommandCall, CommandName, CommandOutput } from '../../src-main/contract/commands'
import type { Result } from '../../src-main/contract/result'

type Rooms = Readonly<Record<string, Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>>>

/** Calls `window.epistle` with whatever arguments, however wrong. @returns what main answered, or how the call failed */
export const forge = (page: Page, name: string, ...args: readonly unknown[]): Promise<unknown> =>
  page.evaluate(
    async ([room, verb, given]) => {
      const call = (window as unknown as { readonly epistle: Rooms }).epistle[room]?.[verb]
      return call === undefined ? { ok: false, code: 'NO_SUCH_COMMAND' } : call(...given)
    },
    [name.split('.')[0] ?? '', name.split('.')[1] ?? '', args] as const
  )

/** A command as the app's own windows send it. */
export const ask = <N extends CommandName>(page: Page, name: N, input: CommandCall<N>): Promise<Result<CommandOutput<N>>> =>
  forge(page, name, input) as Promise<Result<CommandOutput<N>>>

/**
 * As `ask`, and fails the test on a refusal: for the steps on the way to what is tested. A loop of these asks faster than any
 * window; the door then says to wait a moment (`limits.callsPerSecond`), and so it does.
 */
export const must = async <N extends CommandName>(page: Page, name: N, input: CommandCall<N>): Promise<CommandOutput<N>> => {
  let result = await ask(page, name, input)
  while (!result.ok && result.code === 'BUSY') {
    await wait(200)
    result = await ask(page, name, input)
  }
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result)}`)
  return result.value
}
