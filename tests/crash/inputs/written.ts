/** What was written between two looks at the files: nothing, to the byte, or in which tables. */
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { password } from '../../support/core'
import { folderInMemory } from '../support/folders'
import { keyOf, openRows } from '../support/keys'
import { all, type Rows } from '../support/rows'
import type { Bench } from './bench'

/** Of every file with rows in it, its log included. */
const bytesOf = (profileDir: string): string => {
  const hash = createHash('sha256')
  for (const file of readdirSync(profileDir, { recursive: true, encoding: 'utf8' }).sort()) if (/\.db(-wal)?$/.test(file)) hash.update(file).update(readFileSync(join(profileDir, file)))
  return hash.digest('hex')
}

const tablesOf = (name: string, file: Rows): readonly (readonly [string, string])[] => {
  try {
    return all<{ name: string }>(file, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`).map(({ name: table }) => {
      const hash = createHash('sha256')
      for (const row of all<Record<string, unknown>>(file, `SELECT * FROM "${table}"`)) hash.update(JSON.stringify(row))
      return [`${name}: ${table}`, hash.digest('hex')] as const
    })
  } finally {
    file.close()
  }
}

const scratch = folderInMemory('written')
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

const copyOf = (profileDir: string): string => {
  const copy = mkdtempSync(join(scratch, 'p-'))
  cpSync(profileDir, copy, { recursive: true })
  return copy
}

const readTables = async (copy: string, accountId: string): Promise<ReadonlyMap<string, string>> => {
  const key = await keyOf(copy, accountId, [password])
  if (key === null) throw new Error('the mailbox of the bench cannot be opened')
  return new Map([...tablesOf('mailbox', openRows(join(copy, 'mailboxes', `${accountId}.db`), key)), ...tablesOf('desk', openRows(join(copy, 'desk.db'))), ...tablesOf('service', openRows(join(copy, 'service.db')))])
}

/** Looks at the files now. @returns looks again: the tables that have other rows than now */
export const lookAtFiles = ({ desk: { profileDir }, accountId }: Bench): (() => Promise<readonly string[]>) => {
  const bytes = bytesOf(profileDir)
  const copy = copyOf(profileDir)
  return async () => {
    const now = copyOf(profileDir)
    try {
      if (bytesOf(profileDir) === bytes) return []
      const [before, after] = [await readTables(copy, accountId), await readTables(now, accountId)]
      return [...after.keys()].filter((table) => before.get(table) !== after.get(table))
    } finally {
      for (const folder of [copy, now]) rmSync(folder, { recursive: true, force: true })
    }
  }
}
