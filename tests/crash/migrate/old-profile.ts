/**
 * A profile as an older version of the app left it: files made by the first steps of their history alone, filled with the rows of
 * a volunteer's real work, as far as those steps had room for them.
 */
import { mkdirSync, copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import { migrations as serviceMigrations } from '../../../src-main/service/database/migrations'
import { migrate } from '../../../src-main/storage/migrate'
import { deskMigrations } from '../../../src-main/storage/migrations/desk'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { openTestDesk, sendDraft, signInAs, writeDraft } from '../../support/core'
import { addPhoto } from '../../support/photos'
import { keyOf, openRows } from '../support/keys'
import { all, type Rows } from '../support/rows'
import { copyTemplate, firstPassword, paidContact, type Template } from '../volunteer/template'
import { asItWas, holdsRows, type Filled } from './holds-rows'

/** How many steps of its history each file has behind it, and whether the mailbox is encrypted (at first none was). */
export type Versions = { readonly desk: number; readonly mailbox: number; readonly service: number; readonly sealed: boolean }

export type OldProfile = {
  readonly folder: string
  /** @returns what is missing of the rows the files were made with, in words */
  readonly check: (folder: string) => Promise<readonly string[]>
  readonly rows: number
}

export const serviceSteps = async (): Promise<readonly string[]> => Object.keys(await serviceMigrations.getMigrations()).sort()

/** @param folder where the profile is made; nothing is there yet */
export const makeOldProfile = async (folder: string, template: Template, versions: Versions): Promise<OldProfile> => {
  const { accountId } = template
  const now = copyTemplate(template, `${folder}-of-today`, 'profile')
  await work(now)
  mkdirSync(join(folder, 'mailboxes'), { recursive: true })
  const key = await keyOf(now, accountId, [firstPassword])
  if (key === null) throw new Error('the mailbox of today does not open')
  const mailbox = join('mailboxes', `${accountId}.db`)

  const file = async (path: string, isNewest: boolean, steps: (fresh: Rows) => unknown, from?: Uint8Array, to?: Uint8Array): Promise<readonly Filled[]> => {
    if (!isNewest) return fill(openRows(join(now, path), from), await begin(join(folder, path), steps, to))
    copyFileSync(join(now, path), join(folder, path))
    return readTables(openRows(join(now, path), from))
  }
  const files = {
    desk: await file('desk.db', versions.desk === deskMigrations.length, (fresh) => migrate(fresh, deskMigrations.slice(0, versions.desk), 1, () => undefined)),
    service: await file('service.db', versions.service === (await serviceSteps()).length, (fresh) => beginService(fresh, versions.service)),
    mailbox: await file(
      mailbox,
      versions.sealed && versions.mailbox === mailboxMigrations.length,
      (fresh) => migrate(fresh, mailboxMigrations.slice(0, versions.mailbox), 1, () => undefined),
      key,
      versions.sealed ? key : undefined
    )
  }
  if (versions.mailbox < 2) {
    // A mailbox without an activity log had none to count.
    const desk = openRows(join(folder, 'desk.db'))
    if (columnsOf(desk, 'account').includes('activity_count')) desk.exec('UPDATE account SET activity_count = 0')
    desk.close()
  }
  if (versions.sealed) copyFileSync(join(now, 'mailboxes', `${accountId}.vault`), join(folder, 'mailboxes', `${accountId}.vault`))
  rmSync(`${folder}-of-today`, { recursive: true, force: true })
  const rows = Object.values(files).reduce((sum, tables) => sum + tables.reduce((count, table) => count + table.rows.length, 0), 0)
  return {
    folder,
    rows,
    check: async (profile) => {
      // The key is made anew where the mailbox was not encrypted before.
      const found = await keyOf(profile, accountId, [firstPassword])
      if (found === null) return ['the mailbox does not open']
      const opened = openRows(join(profile, mailbox), found)
      try {
        return holdsRows(profile, files, opened)
      } finally {
        opened.close()
      }
    }
  }
}

/** Letters in every state that an older version knew, and a draft. */
const work = async (profileDir: string): Promise<void> => {
  const desk = await openTestDesk({}, { profileDir, dice: 'old work' })
  await signInAs(desk)
  const contactId = await paidContact(desk)
  await sendDraft(desk, await writeDraft(desk, contactId, 'The first letter, which is there already.', 'First'))
  await desk.must('sync.now', {})
  await desk.must('practice.set', { offline: true })
  await sendDraft(desk, await writeDraft(desk, contactId, 'The second letter, which waits for the line.', 'Second'))
  const taken = await sendDraft(desk, await writeDraft(desk, contactId, 'The third letter, which was taken back.', 'Third'))
  await desk.must('letters.cancel', { letterId: taken.letterId })
  // Where there is room for photos, a draft has one: an older letter with photos is nothing that a version without them could have left.
  await addPhoto(desk, (await writeDraft(desk, contactId, 'A draft, half written', 'Draft')).draftId)
  await desk.end()
}

const begin = async (path: string, steps: (file: Rows) => unknown, key?: Uint8Array): Promise<Rows> => {
  const file = new Database(path)
  if (key !== undefined) {
    file.pragma(`cipher = 'chacha20'`)
    file.pragma(`key = "raw:${Buffer.from(key).toString('hex')}"`)
  }
  file.pragma('journal_mode = WAL')
  await steps(file)
  return file
}

/** Makes the service's first steps. */
export const beginService = async (file: Rows, steps: number): Promise<void> => {
  const last = (await serviceSteps())[steps - 1]
  if (last === undefined) throw new Error(`the service has no step ${steps}`)
  // The migrator closes what it is given; this connection is still needed.
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: { prepare: (sql: string) => file.prepare(sql), close: () => undefined } as unknown as Rows }) })
  const { error } = await new Migrator({ db, provider: serviceMigrations }).migrateTo(last)
  if (error !== undefined) throw error
}

const ownTables = ['migration', 'kysely_migration', 'kysely_migration_lock']

const columnsOf = (file: Rows, table: string): readonly string[] => all<{ name: string }>(file, `SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => name)

/** Tables of rows: neither an index for searching (a later step fills it by itself) nor what belongs to one. */
const tablesOf = (file: Rows): readonly string[] =>
  all<{ name: string }>(file, `SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%'`)
    .map(({ name }) => name)
    .filter((name) => !ownTables.includes(name))

const rowsOf = (file: Rows, table: string, columns: readonly string[]): unknown[][] => file.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).raw().all() as unknown[][]

/** Notes that an older version did not make: how far today's version had looked at rows that the older file has no room for. */
const notesOfToday = /^(verified|health|checked|statementSums|archive|figures)/u

/** Closes the file. */
const readTables = (file: Rows): readonly Filled[] => {
  const tables = tablesOf(file).map((table) => ({ table, columns: columnsOf(file, table), rows: rowsOf(file, table, columnsOf(file, table)) }))
  file.close()
  return tables
}

/** Copies every row that the older file has a table and columns for. Closes both. */
const fill = (from: Rows, to: Rows): readonly Filled[] => {
  const triggers = all<{ name: string; sql: string }>(to, `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
  to.pragma('foreign_keys = OFF')
  const filled = to.transaction(() => {
    for (const { name } of triggers) to.exec(`DROP TRIGGER ${name}`)
    const copied = tablesOf(to).flatMap((table) => {
      const source = asItWas(table, columnsOf(to, table))
      const known = columnsOf(source === table ? from : to, table)
      const columns = columnsOf(to, table).filter((column) => known.includes(column))
      if (columns.length === 0) return []
      to.exec(`DELETE FROM ${table}`)
      const rows = rowsOf(from, source, columns).filter((row) => table !== 'meta' || !notesOfToday.test(String(row[0])))
      const insert = to.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
      for (const row of rows) insert.run(...row)
      return [{ table, columns, rows }]
    })
    for (const { sql } of triggers) to.exec(sql)
    return copied
  })()
  if (all(to, 'PRAGMA foreign_key_check').length > 0) throw new Error('the older file points to nothing')
  from.close()
  to.close()
  return filled
}
