import { insertRow } from './insert'
import type { Salvage } from './salvage'

/** In the order in which an import goes through them; the schema allows no other. */
const states = ['running', 'done', 'undoing'] as const

/**
 * Older archives that were brought in, as far as they have got: one that was still on its way when the copy was made is done, one that is being taken out goes on being
 * taken out. Messages come with whom they are with, as somebody has said since.
 */
export const bringImports = ({ target, rowsOf, attempt }: Salvage): void => {
  const step = target.prepare('UPDATE import SET state = @state, ended_at = @ended_at, messages = @messages WHERE id = @id AND state = @before')
  for (const row of rowsOf('import')) {
    attempt(() => {
      if (insertRow(target, 'import', row)) return
      const last = states.findIndex((state) => state === row['state'])
      for (let at = 1; at <= last; at += 1) step.run({ id: row['id'], ended_at: row['ended_at'], messages: row['messages'], state: states[at], before: states[at - 1] })
    })
  }
  const giveTo = target.prepare('UPDATE imported_message SET contact_id = (SELECT id FROM contact WHERE id = ?) WHERE id = ? AND contact_id IS NULL')
  for (const row of rowsOf('imported_message')) {
    attempt(() => {
      if (!insertRow(target, 'imported_message', row)) giveTo.run(row['contact_id'], row['id'])
    })
  }
}
