/** The desk that steps happen at. */
import type { Result } from '../../../src-main/contract/result'
import type { Memory, Oracle } from './oracle'
import type { Person } from './people'
import type { World } from './world'

export type Desk = {
  readonly world: World
  readonly people: readonly Person[]
  readonly oracles: readonly Oracle[]
  /** Whose turn it is. */
  who: number
  /** Copies of mailboxes, and what had been told by then. */
  readonly copies: { readonly who: number; readonly copyId: string; readonly memory: Memory }[]
}

/** What became of a step, in a word. */
export const code = (result: Result<unknown> | null): string => (result === null ? 'stopped' : result.ok ? 'ok' : result.code)
