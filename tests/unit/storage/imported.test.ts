/** Imported history, as the schema keeps it: seen whole or not at all, and never changed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connection } from '../../../src-main/storage/open'
import { filledMailbox } from '../../support/mailbox-rows'

let mailbox: Connection
beforeEach(() => {
  mailbox = filledMailbox()
})
afterEach(() => void mailbox.close())

const refuses = (sql: string, why: RegExp): void => {
  expect(() => mailbox.exec(sql)).toThrow(why)
}

describe('imported history', () => {
  const add = (id: string, more: Readonly<Record<string, string | null>> = {}): void => {
    const row = { id, contact_id: null, facility_id: 'cedar-state', number: '448299', ...more }
    mailbox
      .prepare(`INSERT INTO imported_message (id, import_seq, direction, contact_id, person_name, number, facility_id, facility_name, subject, body, at, fingerprint)
        VALUES (@id, 1, 'sent', @contact_id, 'Daniel Reyes', @number, @facility_id, 'Cedar State', 's', 'b', 1, @id)`)
      .run(row)
  }
  const begin = (): void => {
    mailbox.exec(`INSERT INTO import (seq, id, file_name, format, state, begun_at) VALUES (1, 'import-1', 'old.mbox', 'mbox', 'running', 1)`)
    add('old-1')
  }
  const finish = `UPDATE import SET state = 'done', ended_at = 2, messages = 1`
  const seen = (): unknown => mailbox.prepare('SELECT count(*) FROM imported').pluck().get()

  it('is seen when its import is done, not before, and not while it is undone', () => {
    begin()
    expect(seen()).toBe(0)
    mailbox.exec(finish)
    expect(seen()).toBe(1)
    mailbox.exec(`UPDATE import SET state = 'undoing'`)
    expect(seen()).toBe(0)
    mailbox.exec('DELETE FROM imported_message; DELETE FROM import')
  })
  it('cannot change, and goes only with its whole import', () => {
    begin()
    refuses(`UPDATE imported_message SET body = 'other'`, /an imported message cannot change/)
    refuses(`UPDATE import SET state = 'undoing'`, /not an allowed step of an import/)
    refuses('DELETE FROM import', /FOREIGN KEY/)
    mailbox.exec(finish)
    refuses(`UPDATE import SET state = 'running', ended_at = NULL`, /not an allowed step of an import/)
    refuses('DELETE FROM imported_message', /goes only with its import/)
    refuses('DELETE FROM import', /an import is undone before it is removed/)
  })
  it('the same message is not kept twice', () => {
    begin()
    expect(() => add('old-1')).toThrow(/UNIQUE/)
  })
  it('finds its person when they become a contact', () => {
    begin()
    add('old-2', { number: '' })
    add('old-3', { facility_id: 'elsewhere' })
    mailbox.exec(`INSERT INTO contact (id, facility_id, number, first_name, last_name, status, standing, added_at) VALUES ('contact-9', 'cedar-state', '448299', 'D', 'R', 'active', 'ready', 1)`)
    expect(mailbox.prepare('SELECT id, contact_id FROM imported_message ORDER BY id').raw().all()).toEqual([['old-1', 'contact-9'], ['old-2', null], ['old-3', null]])
  })
})
