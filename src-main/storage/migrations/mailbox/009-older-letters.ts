import type { Migration } from '../../migrate'

/**
 * Letters of an older archive take their place among the others: in the lists, in the search, with marks of their own.
 *
 * An import is seen whole or not at all, so its messages are not listed as they come, but once it is done: `listed_to` follows them in
 * slices (`mailbox/archive-index.ts`), which also brings in what was imported before this step. They leave the lists with their import.
 *
 * A message is with a contact, or with whoever its file names. Where that is no more than a name, `archive_person` holds it: no facility,
 * and the name in place of the number. Nobody of a facility is without one, so the two cannot meet.
 */
export const olderLetters: Migration = {
  number: 9,
  name: 'older-letters',
  up: (connection) => {
    connection.exec(withoutWhatFollows)
    connection.exec(marksForThemToo)
    connection.exec(words)
    connection.exec(triggers)
    connection.exec(whoIsFound)
    connection.exec(lists)
  }
}

const tags = `char(57344) || 'all ' || char(57344) || 'p' || a.person`
const monthOf = (id: string): string => `(CAST(strftime('%Y', ${id}, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', ${id}, 'unixepoch') AS INTEGER) - 1)`
const index = (id: string): string => `INSERT INTO archive_text (rowid, words)
      SELECT id, subject || char(10) || body || char(10) || name || char(10) || note || ' ' || tags FROM archive_words WHERE id = ${id};`

/** What the step before made of marks, notes and words, to be made anew for one kind more. */
const withoutWhatFollows = `
  DROP TRIGGER archive_counts;
  DROP TRIGGER archive_fixed;
  DROP TRIGGER archive_follows_new_mark;
  DROP TRIGGER archive_follows_mark;
  DROP TRIGGER archive_follows_no_mark;
  DROP TRIGGER archive_follows_new_note;
  DROP TRIGGER archive_follows_note;
  DROP TRIGGER note_revision_rises;
  DROP TRIGGER note_kept;
  DROP VIEW archive_words;
`

const kinds = `'letter', 'reply', 'contact', 'imported'`

/** The tables of before with one kind more: SQLite changes no CHECK of a table that is there. */
const marksForThemToo = `
  CREATE TABLE mark_new (
    kind TEXT NOT NULL CHECK (kind IN (${kinds})),
    item_id TEXT NOT NULL,
    flagged_at INTEGER,
    archived_at INTEGER,
    PRIMARY KEY (kind, item_id),
    CHECK (flagged_at IS NOT NULL OR archived_at IS NOT NULL)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO mark_new SELECT kind, item_id, flagged_at, archived_at FROM mark;
  DROP TABLE mark;
  ALTER TABLE mark_new RENAME TO mark;

  CREATE TABLE note_new (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN (${kinds})),
    item_id TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    text TEXT NOT NULL,
    before TEXT,
    saved_at INTEGER NOT NULL,
    UNIQUE (kind, item_id)
  ) STRICT;
  INSERT INTO note_new SELECT seq, kind, item_id, revision, text, before, saved_at FROM note;
  DROP TABLE note;
  ALTER TABLE note_new RENAME TO note;
  CREATE TRIGGER note_revision_rises BEFORE UPDATE ON note
    WHEN NEW.revision <= OLD.revision OR NEW.kind <> OLD.kind OR NEW.item_id <> OLD.item_id
    BEGIN SELECT RAISE(ABORT, 'a note only goes on'); END;
  CREATE TRIGGER note_kept BEFORE DELETE ON note WHEN OLD.kind <> 'imported' OR EXISTS (SELECT 1 FROM imported_message WHERE id = OLD.item_id)
    BEGIN SELECT RAISE(ABORT, 'a note cannot be deleted'); END;

  CREATE TABLE prayer_new (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN (${kinds})),
    item_id TEXT NOT NULL,
    words TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    prayed_at INTEGER,
    times INTEGER NOT NULL DEFAULT 0 CHECK (times >= 0),
    closed_at INTEGER,
    CHECK ((times = 0) = (prayed_at IS NULL))
  ) STRICT;
  INSERT INTO prayer_new SELECT seq, id, kind, item_id, words, opened_at, prayed_at, times, closed_at FROM prayer;
  DROP TABLE prayer;
  ALTER TABLE prayer_new RENAME TO prayer;
  CREATE UNIQUE INDEX prayer_open ON prayer (kind, item_id) WHERE closed_at IS NULL;
  CREATE INDEX prayer_closed ON prayer (closed_at) WHERE closed_at IS NOT NULL;
`

const noteOn = (kind: string, id: string): string => `coalesce((SELECT n.text FROM note n WHERE n.kind = '${kind}' AND n.item_id = ${id}), '')`
const fromArchive = `FROM archive a JOIN archive_person p ON p.id = a.person LEFT JOIN contact c ON c.facility_id = p.facility_id AND c.number = p.number`

const words = `
  CREATE VIEW archive_words (id, subject, body, name, note, tags) AS
    SELECT a.id, l.subject, l.body, l.contact_name || coalesce(' ' || c.first_name || ' ' || c.last_name, ''), ${noteOn('letter', 'l.id')}, ${tags}
    ${fromArchive} JOIN letter l ON l.seq = a.source WHERE a.kind = 'letter'
    UNION ALL
    SELECT a.id, r.subject, r.body, coalesce(c.first_name || ' ' || c.last_name, r.sender_name), ${noteOn('reply', 'r.id')}, ${tags}
    ${fromArchive} JOIN reply r ON r.seq = a.source WHERE a.kind = 'reply'
    UNION ALL
    SELECT a.id, m.subject, m.body, m.person_name || coalesce(' ' || c.first_name || ' ' || c.last_name, ''), ${noteOn('imported', 'm.id')}, ${tags}
    ${fromArchive} JOIN imported_message m ON m.seq = a.source WHERE a.kind = 'imported';
`

const countIn = (person: string): string => `INSERT INTO archive_month (box, person, month, entries) VALUES (NEW.box, ${person}, ${monthOf('NEW.id')}, 1)
      ON CONFLICT DO UPDATE SET entries = entries + 1;`
const countOut = (people: string): string =>
  `UPDATE archive_month SET entries = entries - 1 WHERE box = OLD.box AND person IN (${people}) AND month = ${monthOf('OLD.id')};`

/** The row of the archive that a mark or a note is about; nothing for those of a contact. */
const entryOf = (row: string): string => `(SELECT a.id FROM archive a WHERE a.kind = ${row}.kind AND a.source = CASE ${row}.kind
      WHEN 'letter' THEN (SELECT seq FROM letter WHERE id = ${row}.item_id)
      WHEN 'reply' THEN (SELECT seq FROM reply WHERE id = ${row}.item_id)
      WHEN 'imported' THEN (SELECT seq FROM imported_message WHERE id = ${row}.item_id) END)`
const boxOf = `CASE WHEN kind = 'letter' OR (kind = 'imported' AND (SELECT direction FROM imported_message WHERE seq = source) = 'sent') THEN 'sent' ELSE 'inbox' END`
const mark = (row: string, flagged: string, away: string): string => `UPDATE archive SET flagged = ${flagged},
      box = ${boxOf} || CASE WHEN ${away} THEN 'Away' ELSE '' END WHERE id = ${entryOf(row)};`

const entryGone = `(SELECT id FROM archive WHERE kind = 'imported' AND source = OLD.seq)`
const personWith = (contact: string): string => `(SELECT p.id FROM archive_person p JOIN contact c ON c.facility_id = p.facility_id AND c.number = p.number WHERE c.id = ${contact})`
const personNamed = `(SELECT id FROM archive_person WHERE facility_id = CASE NEW.number WHEN '' THEN '' ELSE NEW.facility_id END AND number = CASE NEW.number WHEN '' THEN NEW.person_name ELSE NEW.number END)`

const triggers = `
  CREATE TRIGGER archive_counts AFTER INSERT ON archive BEGIN
    ${countIn('0')}
    ${countIn('NEW.person')}
    ${index('NEW.id')}
  END;
  CREATE TRIGGER archive_counts_going AFTER DELETE ON archive BEGIN ${countOut('0, OLD.person')} END;
  CREATE TRIGGER archive_fixed BEFORE UPDATE OF id, kind, source, stamps ON archive
    BEGIN SELECT RAISE(ABORT, 'an entry of the archive keeps its place'); END;
  CREATE TRIGGER archive_fixed_person BEFORE UPDATE OF person ON archive WHEN OLD.kind <> 'imported' AND NEW.person <> OLD.person
    BEGIN SELECT RAISE(ABORT, 'an entry of the archive keeps its person'); END;
  CREATE TRIGGER archive_counts_person AFTER UPDATE OF person ON archive WHEN NEW.person <> OLD.person BEGIN
    ${countOut('OLD.person')}
    ${countIn('NEW.person')}
    INSERT INTO archive_due (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
  END;

  CREATE TRIGGER archive_follows_new_mark AFTER INSERT ON mark BEGIN ${mark('NEW', 'NEW.flagged_at IS NOT NULL', 'NEW.archived_at IS NOT NULL')} END;
  CREATE TRIGGER archive_follows_mark AFTER UPDATE ON mark BEGIN ${mark('NEW', 'NEW.flagged_at IS NOT NULL', 'NEW.archived_at IS NOT NULL')} END;
  CREATE TRIGGER archive_follows_no_mark AFTER DELETE ON mark BEGIN ${mark('OLD', '0', '0')} END;
  CREATE TRIGGER archive_follows_new_note AFTER INSERT ON note WHEN ${entryOf('NEW')} IS NOT NULL BEGIN
    DELETE FROM archive_text WHERE rowid = ${entryOf('NEW')};
    ${index(entryOf('NEW'))}
  END;
  CREATE TRIGGER archive_follows_note AFTER UPDATE OF text ON note WHEN NEW.text <> OLD.text AND ${entryOf('NEW')} IS NOT NULL BEGIN
    DELETE FROM archive_text WHERE rowid = ${entryOf('NEW')};
    ${index(entryOf('NEW'))}
  END;

  -- Whom a message is with is found out, or said, later: it moves to that person.
  CREATE TRIGGER archive_follows_imported AFTER UPDATE OF contact_id ON imported_message WHEN NEW.contact_id IS NOT OLD.contact_id BEGIN
    INSERT INTO archive_person (facility_id, number) SELECT facility_id, number FROM contact WHERE id = NEW.contact_id ON CONFLICT DO NOTHING;
    UPDATE archive SET person = CASE WHEN NEW.contact_id IS NULL THEN ${personNamed} ELSE ${personWith('NEW.contact_id')} END WHERE kind = 'imported' AND source = NEW.seq;
  END;
  -- What is about a message goes with it.
  CREATE TRIGGER archive_loses_imported AFTER DELETE ON imported_message BEGIN
    DELETE FROM archive_due WHERE id = ${entryGone};
    DELETE FROM archive_text WHERE rowid = ${entryGone};
    DELETE FROM archive WHERE kind = 'imported' AND source = OLD.seq;
    DELETE FROM mark WHERE kind = 'imported' AND item_id = OLD.id;
    DELETE FROM note WHERE kind = 'imported' AND item_id = OLD.id;
    DELETE FROM prayer WHERE kind = 'imported' AND item_id = OLD.id;
  END;
`

/** Contacts by their names and by what is noted about them. They are few: all of it is put in at once. */
const person = (id: string): string => `INSERT INTO person_text (rowid, words)
      SELECT e.id, c.first_name || ' ' || c.last_name || char(10) || ${noteOn('contact', 'c.id')} || ' ' || char(57344) || 'all'
      FROM person_entry e JOIN contact c ON c.id = e.contact_id WHERE e.contact_id = ${id};`
const personAnew = (id: string): string => `DELETE FROM person_text WHERE rowid = (SELECT id FROM person_entry WHERE contact_id = ${id}); ${person(id)}`

const whoIsFound = `
  -- A number that stays: those SQLite gives by itself are given anew when a file is copied.
  CREATE TABLE person_entry (
    id INTEGER PRIMARY KEY,
    contact_id TEXT NOT NULL UNIQUE REFERENCES contact (id)
  ) STRICT;
  INSERT INTO person_entry (contact_id) SELECT id FROM contact ORDER BY rowid;
  CREATE VIRTUAL TABLE person_text USING fts5(
    words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 2");
  ${person('c.id')}
  CREATE TRIGGER person_is_new AFTER INSERT ON contact BEGIN
    INSERT INTO person_entry (contact_id) VALUES (NEW.id);
    ${person('NEW.id')}
  END;
  CREATE TRIGGER person_has_name AFTER UPDATE OF first_name, last_name ON contact
    WHEN NEW.first_name <> OLD.first_name OR NEW.last_name <> OLD.last_name BEGIN ${personAnew('NEW.id')} END;
  CREATE TRIGGER person_has_new_note AFTER INSERT ON note WHEN NEW.kind = 'contact' BEGIN ${personAnew('NEW.item_id')} END;
  CREATE TRIGGER person_has_note AFTER UPDATE OF text ON note WHEN NEW.kind = 'contact' AND NEW.text <> OLD.text BEGIN ${personAnew('NEW.item_id')} END;
`

const lists = `
  -- The number of the last message of it that is in the lists.
  ALTER TABLE import ADD COLUMN listed_to INTEGER NOT NULL DEFAULT 0;
  -- How much of a thread is from an older archive, and everything of somebody a file names, without reading a letter.
  CREATE INDEX imported_by_direction ON imported_message (contact_id, direction, import_seq);
  CREATE INDEX imported_by_name ON imported_message (person_name, number, facility_id, contact_id);
  CREATE INDEX archive_imported ON archive (box) WHERE kind = 'imported';
`
