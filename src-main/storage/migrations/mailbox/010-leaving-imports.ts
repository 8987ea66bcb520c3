import type { Migration } from '../../migrate'

/**
 * An import that is being taken out is out of every list at once, though its rows go slice by slice. So each entry of the archive says which import it came with
 * (0: none), and the counts by month are kept apart for each: whoever lists or counts leaves out what is with an import that is on its way (`mailbox/imports.ts`, `stays`).
 */
export const leavingImports: Migration = {
  number: 10,
  name: 'leaving-imports',
  up: (connection) => {
    connection.exec(withoutWhatCounts)
    connection.exec(countsOfEachImport)
    connection.exec(triggers)
  }
}

const monthOf = (id: string): string => `(CAST(strftime('%Y', ${id}, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', ${id}, 'unixepoch') AS INTEGER) - 1)`

/** Made anew below, for counts that have one column more. */
const withoutWhatCounts = `
  DROP TRIGGER archive_counts;
  DROP TRIGGER archive_counts_unread;
  DROP TRIGGER archive_counts_reading;
  DROP TRIGGER archive_counts_unreading;
  DROP TRIGGER archive_counts_moving;
  DROP TRIGGER archive_counts_going;
  DROP TRIGGER archive_counts_person;
  DROP TRIGGER archive_fixed;
  -- Nothing asks for these any more: what is of an import has counts of its own.
  DROP INDEX archive_imported;
`

const ofImports = (person: string): string => `SELECT box, ${person} AS person, ${monthOf('id')} AS month, import_seq FROM archive WHERE import_seq > 0`

const countsOfEachImport = `
  CREATE INDEX import_leaving ON import (seq) WHERE state = 'undoing';
  ALTER TABLE archive ADD COLUMN import_seq INTEGER NOT NULL DEFAULT 0;
  UPDATE archive SET import_seq = (SELECT m.import_seq FROM imported_message m WHERE m.seq = source) WHERE kind = 'imported';

  CREATE TABLE archive_month_new (
    box TEXT NOT NULL,
    person INTEGER NOT NULL,
    month INTEGER NOT NULL,
    import_seq INTEGER NOT NULL,
    entries INTEGER NOT NULL CHECK (entries >= 0),
    PRIMARY KEY (box, person, month, import_seq)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO archive_month_new (box, person, month, import_seq, entries)
    SELECT box, person, month, import_seq, count(*) FROM (${ofImports('person')} UNION ALL ${ofImports('0')}) GROUP BY 1, 2, 3, 4;
  INSERT INTO archive_month_new (box, person, month, import_seq, entries)
    SELECT box, person, month, 0, entries - (SELECT coalesce(sum(n.entries), 0) FROM archive_month_new n WHERE n.box = m.box AND n.person = m.person AND n.month = m.month)
    FROM archive_month m;
  DROP TABLE archive_month;
  ALTER TABLE archive_month_new RENAME TO archive_month;
`

const countIn = (box: string, person: string): string => `INSERT INTO archive_month (box, person, month, import_seq, entries) VALUES (${box}, ${person}, ${monthOf('NEW.id')}, NEW.import_seq, 1)
      ON CONFLICT DO UPDATE SET entries = entries + 1;`
const countBothIn = (box: string): string => `${countIn(box, '0')} ${countIn(box, 'NEW.person')}`
const countOut = (box: string, people: string): string =>
  `UPDATE archive_month SET entries = entries - 1 WHERE box = ${box} AND person IN (${people}) AND month = ${monthOf('OLD.id')} AND import_seq = OLD.import_seq;`

const triggers = `
  CREATE TRIGGER archive_counts AFTER INSERT ON archive BEGIN
    ${countBothIn('NEW.box')}
    INSERT INTO archive_text (rowid, words)
      SELECT id, subject || char(10) || body || char(10) || name || char(10) || note || ' ' || tags FROM archive_words WHERE id = NEW.id;
  END;
  CREATE TRIGGER archive_counts_unread AFTER INSERT ON archive WHEN NEW.unread = 1 BEGIN ${countBothIn(`'unread'`)} END;
  CREATE TRIGGER archive_counts_reading AFTER UPDATE OF unread ON archive WHEN NEW.unread < OLD.unread BEGIN ${countOut(`'unread'`, '0, OLD.person')} END;
  CREATE TRIGGER archive_counts_unreading AFTER UPDATE OF unread ON archive WHEN NEW.unread > OLD.unread BEGIN ${countBothIn(`'unread'`)} END;
  CREATE TRIGGER archive_counts_moving AFTER UPDATE OF box ON archive WHEN NEW.box <> OLD.box BEGIN
    ${countOut('OLD.box', '0, OLD.person')}
    ${countBothIn('NEW.box')}
  END;
  CREATE TRIGGER archive_counts_going AFTER DELETE ON archive BEGIN ${countOut('OLD.box', '0, OLD.person')} END;
  CREATE TRIGGER archive_counts_person AFTER UPDATE OF person ON archive WHEN NEW.person <> OLD.person BEGIN
    ${countOut('OLD.box', 'OLD.person')}
    ${countIn('NEW.box', 'NEW.person')}
    INSERT INTO archive_due (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER archive_fixed BEFORE UPDATE OF id, kind, source, stamps, import_seq ON archive
    BEGIN SELECT RAISE(ABORT, 'an entry of the archive keeps its place'); END;
`
