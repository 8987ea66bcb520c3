import Database from 'better-sqlite3'
import { CompiledQuery, Kysely, Migrator, SqliteAdapter, SqliteDialect, SqliteDriver, type DatabaseConnection, type DialectAdapter, type Driver, type SqliteDatabase, type SqliteStatement } from 'kysely'
import { migrations } from './migrations'
import type { Schema } from './schema'

export type Db = Kysely<Schema>

/** Every write of ours begins with the lock in hand: a transaction never has to be tried twice. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
  /** A full or failing disk has rolled back by itself already; what is to be heard is why, not that. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection)
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error
    }
  }
}

/** SQLite's DDL is transactional; saying so makes the migrator take all steps or none. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Many more than the service has; a search for many places makes one of its own. */
const statementsKept = 200

/** Kysely prepares every statement anew; here each is prepared once. Only for a schema that will not change any more. */
const keepingStatements = (database: Database.Database): SqliteDatabase => {
  const kept = new Map<string, Database.Statement>()
  return {
    prepare: (text) => {
      const known = kept.get(text)
      if (known !== undefined) return known as unknown as SqliteStatement
      if (kept.size >= statementsKept) kept.clear()
      const statement = database.prepare(text)
      kept.set(text, statement)
      return statement as unknown as SqliteStatement
    },
    close: () => {
      database.close()
    }
  }
}

class ServiceDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  constructor(database: SqliteDatabase) {
    super({ database })
    this.#database = database
  }
  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database })
  }
  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter()
  }
}

/**
 * Opens (and first makes) the service's file.
 * @param file path, or `:memory:`
 * @throws when it cannot be opened, is damaged, or was made by a newer version; nothing is changed then
 */
export const openDatabase = async (file: string, open = (path: string): Database.Database => new Database(path, { timeout: 1_000 })): Promise<Db> => {
  const database = open(file)
  try {
    for (const pragma of [
      'locking_mode = EXCLUSIVE',
      'journal_mode = WAL',
      'synchronous = FULL',
      'foreign_keys = ON',
      'trusted_schema = OFF',
      'cell_size_check = ON',
      'temp_store = MEMORY',
      'secure_delete = ON'
    ]) {
      database.pragma(pragma)
    }
    const changing = new Kysely<Schema>({ dialect: new ServiceDialect(database as unknown as SqliteDatabase) })
    const { error } = await new Migrator({ db: changing, provider: migrations }).migrateToLatest()
    if (error !== undefined) throw new Error("the service's file could not be brought up to date", { cause: error })
    return new Kysely<Schema>({ dialect: new ServiceDialect(keepingStatements(database)) })
  } catch (error) {
    database.close()
    throw error
  }
}
