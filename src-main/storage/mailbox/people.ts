import type { StatementSource } from '../statements'

export type MoveRecord = { readonly fromContactId: string; readonly toContactId: string; readonly at: number }

/** Which contacts are one person at several addresses, and when that person moved. */
export const peopleTable = (connection: StatementSource) => {
  const personOf = connection.prepare('SELECT person_id FROM contact_person WHERE contact_id = ?').pluck()
  const contactsOf = connection.prepare(`SELECT p.contact_id FROM contact_person p JOIN contact c ON c.id = p.contact_id WHERE p.person_id = ?
    ORDER BY c.rowid`).pluck()
  const join = connection.prepare('UPDATE contact_person SET person_id = ? WHERE person_id = ?')
  const move = connection.prepare('INSERT INTO contact_move (from_contact_id, to_contact_id, at) VALUES (?, ?, ?)')
  const moves = connection.prepare(`SELECT from_contact_id AS fromContactId, to_contact_id AS toContactId, at FROM contact_move
    WHERE from_contact_id IN (SELECT contact_id FROM contact_person WHERE person_id = ?) ORDER BY seq`)
  const movedTo = connection.prepare('SELECT to_contact_id FROM contact_move WHERE from_contact_id = ? ORDER BY seq DESC LIMIT 1').pluck()
  return {
    personOf: (contactId: string): string | null => (personOf.get(contactId) as string | undefined) ?? null,
    /** Every address of a person, oldest first. */
    contactsOf: (personId: string): readonly string[] => contactsOf.all(personId) as string[],
    /** From now on both are one person: the letters of both are one thread. */
    recordMove: (fromContactId: string, toContactId: string, at: number): void => {
      const from = personOf.get(fromContactId) as string
      const to = personOf.get(toContactId) as string
      if (from !== to) join.run(from, to)
      move.run(fromContactId, toContactId, at)
    },
    movesOf: (personId: string): readonly MoveRecord[] => moves.all(personId) as MoveRecord[],
    movedTo: (contactId: string): string | null => (movedTo.get(contactId) as string | undefined) ?? null
  }
}
