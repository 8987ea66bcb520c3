/** A disk on which no transaction gets through while it is full. */
import Database from 'better-sqlite3'
import { diskFiles, type Files } from '../../src-main/storage/files'

/** @param isFull asked as each transaction begins */
export const openDatabaseOnDisk =
  (isFull: () => boolean): Files['openDatabase'] =>
  (file) => {
    const connection = diskFiles.openDatabase(file)
    const transaction = connection.transaction.bind(connection)
    connection.transaction = ((work: () => unknown) => {
      if (isFull()) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
      return transaction(work)
    }) as typeof connection.transaction
    return connection
  }
