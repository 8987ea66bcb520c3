import type { RunResult } from 'better-sqlite3'

/** A statement, as far as our tables use one. */
export type Statement = {
  run(...values: unknown[]): RunResult
  get(...values: unknown[]): unknown
  all(...values: unknown[]): unknown[]
  iterate(...values: unknown[]): IterableIterator<unknown>
  /** The first column alone, without its name. */
  pluck(): Statement
}

/** Where a table takes its statements from. */
export type StatementSource = { readonly prepare: (sql: string) => Statement }

/**
 * Prepares each statement when it is first used, and keeps it. The tables of a mailbox name more than two hundred; an evening needs a
 * fifth of them, and preparing all would be most of what opening costs.
 */
export const lateStatements = (source: StatementSource): StatementSource => ({ prepare: (sql) => late(() => source.prepare(sql)) })

const late = (prepare: () => Statement): Statement => {
  let kept: Statement | null = null
  const ready = (): Statement => (kept ??= prepare())
  return {
    run: (...values) => ready().run(...values),
    get: (...values) => ready().get(...values),
    all: (...values) => ready().all(...values),
    iterate: (...values) => ready().iterate(...values),
    pluck: () => late(() => prepare().pluck())
  }
}
