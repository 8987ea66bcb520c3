import type { Migration } from '../../migrate'

/** The account's activity log: append-only, each line chained to the one before by its hash (reliability.md, Activity log; I16). */
export const activity: Migration = {
  number: 2,
  name: 'activity',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE activity (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('signIn', 'security', 'letters', 'stamps', 'coordinator')),
        event TEXT NOT NULL,
        details TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE INDEX activity_by_kind ON activity (kind, seq);
      CREATE TRIGGER activity_fixed BEFORE UPDATE ON activity BEGIN SELECT RAISE(ABORT, 'the activity log cannot change'); END;
      CREATE TRIGGER activity_kept BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'the activity log cannot be cut'); END;
    `)
  }
}
