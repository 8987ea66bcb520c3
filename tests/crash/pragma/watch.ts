/** Sees every connection to a SQLite file that this process opens, whoever opens it, by standing in the driver itself. */
import Database from 'better-sqlite3'

export type Seen = { readonly file: string; readonly connection: Database.Database; readonly openedBy: string }

type Patched = Record<'pragma' | 'prepare' | 'exec' | 'transaction' | 'close', (this: Database.Database, ...args: unknown[]) => unknown>

/** The calls of a connection after which it is known; nothing can be asked of a file without one of them. */
const calls = ['pragma', 'prepare', 'exec', 'transaction'] as const

/** @param beforeClose gets each connection a last time. @returns the connections seen so far, and a way to stop looking */
export const watchConnections = (beforeClose: (seen: Seen) => void): { readonly seen: readonly Seen[]; readonly asks: { count: number }; readonly stop: () => void } => {
  const seen: Seen[] = []
  const known = new WeakMap<Database.Database, Seen>()
  const asks = { count: 0 }
  const prototype = Database.prototype as unknown as Patched
  const before = Object.fromEntries([...calls, 'close' as const].map((call) => [call, prototype[call]])) as Patched
  prototype.close = function (this: Database.Database, ...args: unknown[]) {
    const entry = known.get(this)
    if (entry !== undefined && this.open) beforeClose(entry)
    return before.close.apply(this, args)
  }
  for (const call of calls) {
    prototype[call] = function (this: Database.Database, ...args: unknown[]) {
      if (!known.has(this)) {
        const entry = { file: this.name, connection: this, openedBy: new Error('opened').stack ?? '' }
        known.set(this, entry)
        seen.push(entry)
      }
      asks.count += 1
      return before[call].apply(this, args)
    }
  }
  return {
    seen,
    asks,
    stop: () => {
      for (const call of [...calls, 'close' as const]) prototype[call] = before[call]
    }
  }
}

/** What every connection has to have (reliability.md, `rel:pragma`), written down once more and not taken from the product. */
export const required = {
  journal_mode: ['wal'],
  synchronous: [2],
  foreign_keys: [1],
  trusted_schema: [0],
  cell_size_check: [1],
  temp_store: [2],
  locking_mode: ['exclusive']
} as const satisfies Readonly<Record<string, readonly (string | number)[]>>

/** @returns what a connection lacks, in words */
export const lacks = (connection: Database.Database): readonly string[] =>
  Object.entries(required).flatMap(([name, wanted]) => {
    const found: unknown = connection.pragma(name, { simple: true })
    return (wanted as readonly unknown[]).includes(found) ? [] : [`${name} is ${String(found)}`]
  })
