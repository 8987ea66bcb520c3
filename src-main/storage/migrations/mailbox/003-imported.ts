import type { Migration } from '../../migrate'

/**
 * Letters and answers from an older archive (EML, mbox, CSV). They are history: nothing of letters, deliveries, stamps or
 * the ledger knows of them, so no invariant of those can break.
 *
 * To show or to index them:
 * - A message counts only when its import is done: read the view `imported`, never the table. Rows of an import under way,
 *   or one that was cut off, lie in the table and are removed again.
 * - A row never changes, but for `contact_id`, which is found when the person becomes a contact. It can be removed, with its whole import.
 * - A full-text index therefore needs an AFTER INSERT and an AFTER DELETE trigger on `imported_message` (the text columns are
 *   `subject`, `body` and `person_name`), and a JOIN with `imported` when it answers.
 * - Lists by time read `imported_by_time`, a person's thread `imported_by_contact`; `at` is when it was written, in ms UTC.
 */
export const imported: Migration = {
  number: 3,
  name: 'imported',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE import (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        file_name TEXT NOT NULL,
        format TEXT NOT NULL CHECK (format IN ('eml', 'mbox', 'csv')),
        state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undoing')),
        messages INTEGER NOT NULL DEFAULT 0 CHECK (messages >= 0),
        begun_at INTEGER NOT NULL,
        ended_at INTEGER,
        CHECK ((state = 'running') = (ended_at IS NULL))
      ) STRICT;
      CREATE TRIGGER import_steps BEFORE UPDATE OF state ON import
        WHEN NOT ((OLD.state = 'running' AND NEW.state = 'done') OR (OLD.state = 'done' AND NEW.state = 'undoing'))
        BEGIN SELECT RAISE(ABORT, 'not an allowed step of an import'); END;
      CREATE TRIGGER import_kept BEFORE DELETE ON import
        WHEN OLD.state = 'done' BEGIN SELECT RAISE(ABORT, 'an import is undone before it is removed'); END;

      CREATE TABLE imported_message (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        import_seq INTEGER NOT NULL REFERENCES import (seq),
        direction TEXT NOT NULL CHECK (direction IN ('sent', 'received')),
        -- Whoever it is with: on the list, or only by what the file says.
        contact_id TEXT REFERENCES contact (id),
        person_name TEXT NOT NULL,
        number TEXT NOT NULL,
        facility_id TEXT NOT NULL,
        facility_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        at INTEGER NOT NULL,
        -- As the file says it was, when it comes from an export of ours.
        state TEXT,
        stamps INTEGER CHECK (stamps BETWEEN 0 AND 1000),
        unit TEXT CHECK (unit IN ('stamp', 'credit')),
        receipt TEXT,
        answers TEXT,
        -- What makes it the same message again: our own id or the Message-ID, and what it says.
        origin_id TEXT UNIQUE,
        fingerprint TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE INDEX imported_by_time ON imported_message (at, seq);
      CREATE INDEX imported_by_contact ON imported_message (contact_id, at, seq);
      CREATE INDEX imported_by_import ON imported_message (import_seq);
      CREATE INDEX imported_of_strangers ON imported_message (facility_id, number) WHERE contact_id IS NULL AND number <> '';
      CREATE TRIGGER imported_frozen BEFORE UPDATE OF seq, id, import_seq, direction, person_name, number, facility_id, facility_name, subject, body, at,
          state, stamps, unit, receipt, answers, origin_id, fingerprint ON imported_message
        BEGIN SELECT RAISE(ABORT, 'an imported message cannot change'); END;
      CREATE TRIGGER imported_kept BEFORE DELETE ON imported_message
        WHEN (SELECT state FROM import WHERE seq = OLD.import_seq) = 'done'
        BEGIN SELECT RAISE(ABORT, 'an imported message goes only with its import'); END;
      -- Somebody who becomes a contact finds the old letters there.
      CREATE TRIGGER imported_find_contact AFTER INSERT ON contact BEGIN
        UPDATE imported_message SET contact_id = NEW.id WHERE contact_id IS NULL AND number <> '' AND facility_id = NEW.facility_id AND number = NEW.number;
      END;

      CREATE VIEW imported AS SELECT m.* FROM imported_message m JOIN import i ON i.seq = m.import_seq WHERE i.state = 'done';

      -- Letters in the order of time, all or one person's, without reading anything else.
      CREATE INDEX letter_by_time ON letter (confirmed_at, seq);
      CREATE INDEX letter_of_contact ON letter (contact_id, confirmed_at, seq);
      CREATE INDEX reply_by_time ON reply (received_at, seq);
      CREATE INDEX reply_of_person ON reply (facility_id, number, received_at, seq);
    `)
  }
}
