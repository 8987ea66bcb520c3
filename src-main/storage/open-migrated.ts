import { diskFiles, type Files } from './files'
import { keepCopy } from './keep-copy'
import { checkHistory, migrate, type Migration } from './migrate'
import { openConnection, type Connection } from './open'

export type OpenMigrated = {
  /** 32 bytes for an encrypted file; none for a plain one. */
  readonly key?: Uint8Array | undefined
  readonly files?: Files | undefined
  /** A look through the file before its version is asked for and before anything is written; throws for one that is damaged. */
  readonly look?: (connection: Connection) => void
}

/**
 * Opens one of our files and brings it up to date. What is not ours, or newer than we are, is found out before the first
 * byte is written, and an older file is copied aside before it is changed.
 * @param file path, or `:memory:`
 * @throws StorageError
 */
export const openMigrated = (file: string, migrations: readonly Migration[], now: number, how: OpenMigrated = {}): Connection => {
  const { key, files = diskFiles } = how
  const look = (fresh: Connection): void => {
    how.look?.(fresh)
    checkHistory(fresh, migrations)
  }
  const connection = openConnection(file, { key, files, look })
  try {
    migrate(connection, migrations, now, (version) => keepCopy(files, connection, `${file}.version-${version}`))
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}
