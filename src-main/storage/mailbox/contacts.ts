import type { ContactStanding, PersonStatus } from '../../contract/views'
import type { StatementSource } from '../statements'

export type ContactRecord = {
  readonly contactId: string
  readonly facilityId: string
  readonly number: string
  readonly firstName: string
  readonly lastName: string
  readonly status: PersonStatus
  readonly standing: ContactStanding
  readonly addedAt: number
  readonly removedAt: number | null
}

const columns = `id AS contactId, facility_id AS facilityId, number, first_name AS firstName, last_name AS lastName,
  status, standing, added_at AS addedAt, removed_at AS removedAt`

export const contactTable = (connection: StatementSource) => {
  const list = connection.prepare(`SELECT ${columns} FROM contact WHERE removed_at IS NULL ORDER BY last_name, first_name, number`)
  const one = connection.prepare(`SELECT ${columns} FROM contact WHERE id = ?`)
  const byNumber = connection.prepare(`SELECT ${columns} FROM contact WHERE facility_id = ? AND number = ?`)
  // Someone who was removed and is added again keeps the id, and with it every letter.
  const put = connection.prepare(`
    INSERT INTO contact (id, facility_id, number, first_name, last_name, status, standing, added_at)
    VALUES (@contactId, @facilityId, @number, @firstName, @lastName, @status, @standing, @addedAt)
    ON CONFLICT (facility_id, number) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name,
      status = excluded.status, standing = excluded.standing, removed_at = NULL`)
  const standing = connection.prepare('UPDATE contact SET standing = ? WHERE id = ?')
  const gone = connection.prepare(`UPDATE contact SET status = ?, standing = 'unavailable' WHERE id = ?`)
  const remove = connection.prepare('UPDATE contact SET removed_at = ? WHERE id = ?')
  const count = connection.prepare('SELECT count(*) FROM contact WHERE removed_at IS NULL').pluck()
  return {
    list: (): readonly ContactRecord[] => list.all() as ContactRecord[],
    get: (contactId: string): ContactRecord | null => (one.get(contactId) as ContactRecord | undefined) ?? null,
    byNumber: (facilityId: string, number: string): ContactRecord | null =>
      (byNumber.get(facilityId, number) as ContactRecord | undefined) ?? null,
    put: (contact: Omit<ContactRecord, 'removedAt'>): void => {
      put.run(contact)
    },
    setStanding: (contactId: string, value: ContactStanding): void => {
      standing.run(value, contactId)
    },
    /** The person cannot be written to there any more. */
    setGone: (contactId: string, status: Exclude<PersonStatus, 'active'>): void => {
      gone.run(status, contactId)
    },
    remove: (contactId: string, at: number): void => {
      remove.run(at, contactId)
    },
    count: (): number => count.get() as number
  }
}
