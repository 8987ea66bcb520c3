import type { Migration } from '../../migrate'

/** When Epistle was last seen open here (a clock behind that is wrong), and which warnings the person has put away. */
export const surroundings: Migration = {
  number: 3,
  name: 'surroundings',
  up: (connection) => {
    connection.exec(`
      ALTER TABLE device ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;

      CREATE TABLE put_away (
        notice TEXT PRIMARY KEY,
        at INTEGER NOT NULL
      ) STRICT;
    `)
  }
}
