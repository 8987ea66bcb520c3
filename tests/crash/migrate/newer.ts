/** A file that a newer version has made: refused, and not one byte of it changed. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { openTestDesk } from '../../support/core'
import { keyOf, openRows } from '../support/keys'
import type { Program } from '../support/program'
import { copyTemplate, email, firstPassword, type Template } from '../volunteer/template'

type Case = {
  readonly name: string
  /** Makes the profile's file one of a newer version. @returns its path */
  readonly age: (folder: string) => Promise<string>
  /** How the refusal is said: by the start, or by the answer to signing in. */
  readonly refusedBy: 'start' | 'signIn'
}

const shaOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

const casesFor = (accountId: string): readonly Case[] => [
  {
    name: 'desk.db',
    refusedBy: 'start',
    age: async (folder) => {
      const file = openRows(join(folder, 'desk.db'))
      file.exec(`INSERT INTO migration (number, name, applied_at) VALUES (999, 'of-tomorrow', 1); PRAGMA user_version = 999`)
      file.close()
      return join(folder, 'desk.db')
    }
  },
  {
    name: 'service.db',
    refusedBy: 'start',
    age: async (folder) => {
      const file = openRows(join(folder, 'service.db'))
      file.exec(`INSERT INTO kysely_migration (name, timestamp) VALUES ('999-of-tomorrow', '2027-01-01T00:00:00Z')`)
      file.close()
      return join(folder, 'service.db')
    }
  },
  {
    name: 'the mailbox',
    refusedBy: 'signIn',
    age: async (folder) => {
      const path = join(folder, 'mailboxes', `${accountId}.db`)
      const file = openRows(path, (await keyOf(folder, accountId, [firstPassword])) ?? new Uint8Array(32))
      file.exec(`INSERT INTO migration (number, name, applied_at) VALUES (999, 'of-tomorrow', 1); PRAGMA user_version = 999`)
      file.close()
      return path
    }
  },
  {
    name: 'the header of the mailbox',
    refusedBy: 'signIn',
    age: async (folder) => {
      const path = join(folder, 'mailboxes', `${accountId}.vault`)
      const body = JSON.stringify({ accountId, wraps: [], ofTomorrow: true })
      writeFileSync(path, JSON.stringify({ format: 'epistle-vault', version: 2, crc: crc32(`2 ${body}`), body }))
      return path
    }
  }
]

export const refuseNewer = async (program: Program, template: Template, root: string): Promise<void> => {
  for (const { name, age, refusedBy } of casesFor(template.accountId)) {
    const folder = copyTemplate(template, root, `newer-${name.replaceAll(' ', '-')}`)
    const file = await age(folder)
    const before = shaOf(file)
    const refused = refusedBy === 'start' ? await startRefuses(folder) : await signInRefuses(folder)
    program.check(refused, () => `${name} of a newer version was opened`)
    program.check(existsSync(file) && shaOf(file) === before, () => `${name} of a newer version was changed`)
    rmSync(folder, { recursive: true, force: true })
  }
}

const startRefuses = async (profileDir: string): Promise<boolean> => {
  try {
    await (await openTestDesk({}, { profileDir })).end()
    return false
  } catch {
    return true
  }
}

/** The volunteer is told, and no mailbox comes to the desk. */
const signInRefuses = async (profileDir: string): Promise<boolean> => {
  const desk = await openTestDesk({}, { profileDir })
  const answer = await desk.call('accounts.signIn', { email, password: firstPassword })
  const list = await desk.call('drafts.list', {})
  await desk.end()
  return !list.ok && (!answer.ok || (answer.value.outcome === 'signedIn' && answer.value.session.mailbox !== 'open'))
}
