import { diskFiles, type Files } from './files'
import { keepCopy } from './keep-copy'
import { checkHistory, migrate, type Migration } from './migrate'
import { openConnection, type Connection } from './open'

/**
 * Opens one of our files and brings it up to date. What is not ours, or newer than we are, is found out before the first
 * byte is written, and an older file is copied aside before it is changed.
 * @param file path, or `:memory:`
 * @param key 32 bytes for an encrypted file; none for a plain one
 * @throws StorageError
 */
export const openMigrated = (file: string, migrations: readonly Migration[], now: number, key?: Uint8Array, files: Files = diskFiles): Connection => {
  const connection = openConnection(file, { key, files, look: (fresh) => checkHistory(fresh, migrations) })
  try {
    migrate(connection, migrations, now, (version) => keepCopy(files, connection, `${file}.version-${version}`))
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}
