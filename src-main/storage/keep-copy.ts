import { flushFolderOf } from './durable-files'
import type { Files } from './files'
import type { Connection } from './open'

/**
 * Leaves a whole copy of an open file beside it, in the place of one that is there: whole, or the one that was there stays.
 * Through SQLite and not by copying bytes: closing a second handle on the file would drop our lock on it (POSIX), and
 * `.backup()` throws on encrypted files (reliability.md M7).
 */
export const copyAside = (files: Files, connection: Connection, target: string): void => {
  // A database in memory was read from a file that stays as it is.
  if (connection.memory) return
  const fresh = `${target}.new`
  files.remove(fresh)
  connection.prepare('VACUUM INTO ?').run(fresh)
  files.flush(fresh)
  files.rename(fresh, target)
  flushFolderOf(files, target)
}

/** As `copyAside`, but an earlier copy of the same name is kept as it is. */
export const keepCopy = (files: Files, connection: Connection, target: string): void => {
  if (!files.exists(target)) copyAside(files, connection, target)
}
