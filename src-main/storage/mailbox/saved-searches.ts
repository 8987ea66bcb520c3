import type { StatementSource } from '../statements'

export type SavedSearchRecord = { readonly searchId: string; readonly name: string; readonly query: string; readonly filters: string; readonly madeAt: number }

/** Searches a volunteer keeps by name. `filters` is the JSON of the contract's filters, kept as it came through the door. */
export const savedSearchTable = (connection: StatementSource) => {
  const columns = 'id AS searchId, name, query, filters, made_at AS madeAt'
  const all = connection.prepare(`SELECT ${columns} FROM saved_search ORDER BY name COLLATE NOCASE, made_at`)
  const insert = connection.prepare('INSERT INTO saved_search (id, name, query, filters, made_at) VALUES (@searchId, @name, @query, @filters, @madeAt)')
  const rename = connection.prepare('UPDATE saved_search SET name = ? WHERE id = ?')
  const remove = connection.prepare('DELETE FROM saved_search WHERE id = ?')
  return {
    all: (): readonly SavedSearchRecord[] => all.all() as SavedSearchRecord[],
    insert: (search: SavedSearchRecord): void => {
      insert.run(search)
    },
    /** @returns whether there was one */
    rename: (searchId: string, name: string): boolean => rename.run(name, searchId).changes === 1,
    remove: (searchId: string): boolean => remove.run(searchId).changes === 1
  }
}
