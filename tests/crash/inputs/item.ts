/** How a row of the list of bad inputs is written down: what goes in, and what a person hears. */
import type { CommandCall, CoreCommandName } from '../../../src-main/contract/commands'
import type { ErrorCode } from '../../../src-main/contract/error-codes'
import type { Bench } from './bench'

/** A command on its way to the door. */
export type Call = { readonly name: CoreCommandName; readonly input: unknown }

export const call = <N extends CoreCommandName>(name: N, input: CommandCall<N>): Call => ({ name, input })

/** Refused: with this code and in these words; nothing is written but where `leaves` says so (tables, `service: sign_in_guard`). */
export type Refused = {
  readonly code: ErrorCode
  /** The field whose sentence it is; without one the sentence is about the whole. */
  readonly field?: string
  readonly says: string
  readonly next?: string
}

export type Item = {
  readonly what: string
  /** Does what comes before, and gives the call that is judged. */
  readonly call: (bench: Bench) => Call | Promise<Call>
  /** What a person hears, or how the answer is told to be right: null, or what is wrong with it. */
  readonly answer: Refused | ((value: unknown, bench: Bench) => string | null | Promise<string | null>)
  /** Tables that are due to change although it is refused. */
  readonly leaves?: readonly string[]
}

/** What the program cannot try itself, and the test that does: its file, and words of its title. */
export type Elsewhere = { readonly what: string; readonly file: string; readonly test: string }

/** One line of the list. Every item of it is tried here, tried elsewhere, or cannot happen in this app. */
export type Row = {
  readonly title: string
  readonly items: readonly Item[]
  readonly elsewhere?: readonly Elsewhere[]
  readonly cannotHappen?: readonly { readonly what: string; readonly why: string }[]
}

/** Several entries that are all answered alike. */
export const each = <Entry>(entries: Readonly<Record<string, Entry>>, of: (entry: Entry) => Omit<Item, 'what'>): readonly Item[] =>
  Object.entries(entries).map(([what, entry]) => ({ what, ...of(entry) }))

/** An answer that is a success. */
export const accepted = (): string | null => null

export const signs = (count: number): string => 'a'.repeat(count)
