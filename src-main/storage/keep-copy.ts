import type { Files } from './files'
import type { Connection } from './open'

/**
 * Leaves a whole copy of an open file beside it; an earlier copy of the same name is kept as it is.
 * Through SQLite and not by copying bytes: closing a second handle on the file would drop our lock on it (POSIX), and
 * `.backup()` throws on encrypted files (reliability.md M7).
 */
export const keepCopy = (files: Files, connection: Connection, target: string): void => {
  // A database in memory was read from a file that stays as it is.
  if (connection.memory || files.exists(target)) return
  connection.prepare('VACUUM INTO ?').run(target)
}
