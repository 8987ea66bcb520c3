/** The versions that each of our files can have, and what a file of each version has to look like: taken from files made by their steps alone. */
import Database from 'better-sqlite3'
import { migrate } from '../../../src-main/storage/migrate'
import { deskMigrations } from '../../../src-main/storage/migrations/desk'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { all, type Rows } from '../support/rows'
import { beginService, serviceSteps } from './old-profile'

export type FileKind = 'desk' | 'mailbox' | 'service'

export type Steps = {
  readonly newest: Readonly<Record<FileKind, number>>
  /** @returns which version a file has, or what is half done about it */
  readonly versionOf: (kind: FileKind, file: Rows) => number | string
}

const schemaOf = (file: Rows): string =>
  JSON.stringify(all<{ name: string; sql: string }>(file, `SELECT name, coalesce(sql, '') AS sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`))

const schemasOf = async (kind: FileKind, steps: number): Promise<readonly string[]> => {
  const schemas: string[] = []
  for (let step = 0; step <= steps; step += 1) {
    const file = new Database(':memory:')
    if (kind === 'service' && step > 0) await beginService(file, step)
    if (kind !== 'service') migrate(file, (kind === 'desk' ? deskMigrations : mailboxMigrations).slice(0, step), 1, () => undefined)
    schemas.push(schemaOf(file))
    file.close()
  }
  return schemas
}

const historyTable = { desk: 'migration', mailbox: 'migration', service: 'kysely_migration' } as const

export const readSteps = async (): Promise<Steps> => {
  const newest = { desk: deskMigrations.length, mailbox: mailboxMigrations.length, service: (await serviceSteps()).length }
  const schemas = { desk: await schemasOf('desk', newest.desk), mailbox: await schemasOf('mailbox', newest.mailbox), service: await schemasOf('service', newest.service) }
  return {
    newest,
    versionOf: (kind, file) => {
      const hasHistory = all(file, `SELECT 1 FROM sqlite_schema WHERE name = '${historyTable[kind]}'`).length > 0
      const steps = hasHistory ? all(file, `SELECT 1 FROM ${historyTable[kind]}`).length : 0
      const integrity: unknown = file.pragma('integrity_check', { simple: true })
      if (integrity !== 'ok') return `integrity_check says ${String(integrity)}`
      if (kind !== 'service' && file.pragma('user_version', { simple: true }) !== steps) return `${steps} steps, and version ${String(file.pragma('user_version', { simple: true }))}`
      // The service's migrator makes its own two tables before its first step.
      if (steps === 0 && kind === 'service') return 0
      return schemas[kind][steps] === schemaOf(file) ? steps : `${steps} steps, and another schema than those make`
    }
  }
}
