import { openConnection, StorageError, type Connection } from './open'

type Step = { readonly up: (connection: Connection) => void }

/** Triggers and views run by themselves; SQLite may write the names in them with or without quotation marks, and another version of it otherwise than this one. */
const runningByThemselves = (connection: Connection): readonly string[] =>
  (connection.prepare(`SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')`).all() as { type: string; name: string; sql: string }[]).map(
    ({ type, name, sql }) => `${type} ${name} ${sql.replace(/["`[\]\s]/gu, '')}`
  )

/** What the first so many steps make, by the list of steps; the same for every file of a kind. */
const known = new WeakMap<readonly Step[], Map<number, ReadonlySet<string>>>()

const madeBy = (steps: readonly Step[], count: number): ReadonlySet<string> => {
  const counts = known.get(steps) ?? new Map<number, ReadonlySet<string>>()
  known.set(steps, counts)
  const found = counts.get(count)
  if (found !== undefined) return found
  const scratch = openConnection(':memory:')
  try {
    steps.slice(0, count).forEach((step) => step.up(scratch))
    const made = new Set(runningByThemselves(scratch))
    counts.set(count, made)
    return made
  } finally {
    scratch.close()
  }
}

/**
 * Refuses a file with a trigger or a view that none of its steps made: whoever can write the file could have anything done with the next letter. One of ours that is
 * missing runs nothing; in a mailbox it stops sending, and never reading (I9).
 * @param count of the steps that the file has behind it
 * @throws StorageError DAMAGED
 * Source: bad-inputs.md (DB file: hostile trigger or view added).
 */
export const refuseStrangers = (connection: Connection, steps: readonly Step[], count: number): void => {
  const own = madeBy(steps, count)
  if (runningByThemselves(connection).some((one) => !own.has(one))) throw new StorageError('DAMAGED', 'the triggers and views of the file are not ours')
}
