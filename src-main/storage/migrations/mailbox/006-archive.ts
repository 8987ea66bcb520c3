import type { Migration } from '../../migrate'

/**
 * What makes lists and search as fast with a million letters as with ten: one narrow row for each sent letter and each answer, counts by
 * month, and an index of words that keeps no second copy of any text.
 *
 * Kept by triggers, in the transaction of whatever they follow, so no use case can forget them. `archive.id` is the second a letter was
 * confirmed or an answer came; entries of one second take the next free ones. So the order of ids is the order of time, for letters and
 * answers together and whatever the order they came to this PC in, and the index of words can be walked from the newest entry and left early.
 */
export const archive: Migration = {
  number: 6,
  name: 'archive',
  up: (connection) => {
    connection.exec(tables)
    connection.exec(words)
    connection.exec(fillFromEarlier)
    connection.exec(triggers)
    connection.exec(quickCounts)
  }
}

/** The name every entry is found under; a sign of the private use area begins each tag, so no typed word can meet one. */
const tags = `char(57344) || 'all ' || char(57344) || 'p' || a.person`

/** A year and month as one number, UTC: 12 a year. */
const monthOf = (id: string): string => `(CAST(strftime('%Y', ${id}, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', ${id}, 'unixepoch') AS INTEGER) - 1)`

const freeId = (second: string): string => `CASE WHEN NOT EXISTS (SELECT 1 FROM archive WHERE id = ${second}) THEN ${second}
  ELSE (SELECT e.id + 1 FROM archive e WHERE e.id >= ${second} AND NOT EXISTS (SELECT 1 FROM archive n WHERE n.id = e.id + 1) ORDER BY e.id LIMIT 1) END`

const tables = `
  -- A person as the service knows them: one number at one facility, on the contact list or not.
  CREATE TABLE archive_person (
    id INTEGER PRIMARY KEY,
    facility_id TEXT NOT NULL,
    number TEXT NOT NULL,
    UNIQUE (facility_id, number)
  ) STRICT;

  CREATE TABLE archive (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    source INTEGER NOT NULL,
    box TEXT NOT NULL CHECK (box IN ('sent', 'inbox', 'sentAway', 'inboxAway')),
    person INTEGER NOT NULL REFERENCES archive_person (id),
    state TEXT NOT NULL,
    stamps INTEGER NOT NULL,
    unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
    flagged INTEGER NOT NULL DEFAULT 0 CHECK (flagged IN (0, 1)),
    UNIQUE (kind, source)
  ) STRICT;
  CREATE INDEX archive_by_box ON archive (box, id);
  CREATE INDEX archive_by_person ON archive (person, box, id);
  CREATE INDEX archive_by_state ON archive (state, id) WHERE state <> '';
  CREATE INDEX archive_unread ON archive (id) WHERE unread = 1;
  CREATE INDEX archive_flagged ON archive (id) WHERE flagged = 1;

  -- How many: by box (and 'unread', over both), person (0: everybody) and month.
  CREATE TABLE archive_month (
    box TEXT NOT NULL,
    person INTEGER NOT NULL,
    month INTEGER NOT NULL,
    entries INTEGER NOT NULL CHECK (entries >= 0),
    PRIMARY KEY (box, person, month)
  ) STRICT, WITHOUT ROWID;

  -- Entries whose words are not in the index yet, or not as they are now.
  CREATE TABLE archive_due (id INTEGER PRIMARY KEY REFERENCES archive (id)) STRICT;

  CREATE TABLE saved_search (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    filters TEXT NOT NULL,
    made_at INTEGER NOT NULL
  ) STRICT;
`

/**
 * No text is stored twice, and of each word only in which entries it is (detail=none): a third of the size, twice the speed. A phrase is
 * therefore looked for in the letters that have its words. The first one to three letters of words are indexed too, so that the first
 * keystrokes, which match nearly everything, cost the least.
 */
const words = `
  CREATE VIRTUAL TABLE archive_text USING fts5(
    words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = "unicode61 remove_diacritics 2");
  INSERT INTO archive_text (archive_text, rank) VALUES ('pgsz', 16000);
  INSERT INTO archive_text (archive_text, rank) VALUES ('hashsize', 8388608);

  CREATE VIEW archive_words (id, subject, body, name, note, tags) AS
    SELECT a.id, l.subject, l.body, l.contact_name || coalesce(' ' || c.first_name || ' ' || c.last_name, ''),
      coalesce((SELECT n.text FROM note n WHERE n.kind = 'letter' AND n.item_id = l.id), ''), ${tags}
    FROM archive a JOIN archive_person p ON p.id = a.person JOIN letter l ON l.seq = a.source
      LEFT JOIN contact c ON c.facility_id = p.facility_id AND c.number = p.number WHERE a.kind = 'letter'
    UNION ALL
    SELECT a.id, r.subject, r.body, coalesce(c.first_name || ' ' || c.last_name, r.sender_name),
      coalesce((SELECT n.text FROM note n WHERE n.kind = 'reply' AND n.item_id = r.id), ''), ${tags}
    FROM archive a JOIN archive_person p ON p.id = a.person JOIN reply r ON r.seq = a.source
      LEFT JOIN contact c ON c.facility_id = p.facility_id AND c.number = p.number WHERE a.kind = 'reply';
`

const countIn = (box: string): string =>
  ['0', 'NEW.person']
    .map(
      (person) => `INSERT INTO archive_month (box, person, month, entries) VALUES (${box}, ${person}, ${monthOf('NEW.id')}, 1)
        ON CONFLICT DO UPDATE SET entries = entries + 1;`
    )
    .join('\n')
const countOut = (box: string): string =>
  `UPDATE archive_month SET entries = entries - 1 WHERE box = ${box} AND person IN (0, OLD.person) AND month = ${monthOf('OLD.id')};`

const index = (id: string): string => `INSERT INTO archive_text (rowid, words)
      SELECT id, subject || char(10) || body || char(10) || name || char(10) || note || ' ' || tags FROM archive_words WHERE id = ${id};`

/** The row of the archive that a mark or a note is about; nothing for those of a contact. */
const entryOf = (row: string): string => `(SELECT a.id FROM archive a WHERE a.kind = ${row}.kind AND a.source = CASE ${row}.kind
      WHEN 'letter' THEN (SELECT seq FROM letter WHERE id = ${row}.item_id) WHEN 'reply' THEN (SELECT seq FROM reply WHERE id = ${row}.item_id) END)`
const mark = (row: string, flagged: string, away: string): string => `UPDATE archive SET flagged = ${flagged},
      box = CASE kind WHEN 'letter' THEN 'sent' ELSE 'inbox' END || CASE WHEN ${away} THEN 'Away' ELSE '' END WHERE id = ${entryOf(row)};`

const triggers = `
  CREATE TRIGGER archive_takes_letter AFTER UPDATE OF state ON delivery WHEN NEW.state = 'SENT' AND OLD.state <> 'SENT' BEGIN
    INSERT INTO archive_person (facility_id, number) SELECT facility_id, number FROM letter WHERE id = NEW.letter_id ON CONFLICT DO NOTHING;
    INSERT INTO archive (id, kind, source, box, person, state, stamps, unread)
      SELECT ${freeId('l.confirmed_at / 1000')}, 'letter', l.seq, 'sent', p.id, 'submitted', NEW.stamps, 0
      FROM letter l JOIN archive_person p ON p.facility_id = l.facility_id AND p.number = l.number WHERE l.id = NEW.letter_id;
  END;
  CREATE TRIGGER archive_follows_status AFTER UPDATE OF state ON letter_status WHEN NEW.state <> OLD.state BEGIN
    UPDATE archive SET state = NEW.state WHERE kind = 'letter' AND source = (SELECT seq FROM letter WHERE id = NEW.letter_id);
  END;
  CREATE TRIGGER archive_takes_reply AFTER INSERT ON reply BEGIN
    INSERT INTO archive_person (facility_id, number) VALUES (NEW.facility_id, NEW.number) ON CONFLICT DO NOTHING;
    INSERT INTO archive (id, kind, source, box, person, state, stamps, unread)
      SELECT ${freeId('NEW.received_at / 1000')}, 'reply', NEW.seq, 'inbox', p.id, '', 0, NEW.read_at IS NULL
      FROM archive_person p WHERE p.facility_id = NEW.facility_id AND p.number = NEW.number;
  END;
  CREATE TRIGGER archive_follows_reading AFTER UPDATE OF read_at ON reply WHEN (NEW.read_at IS NULL) <> (OLD.read_at IS NULL) BEGIN
    UPDATE archive SET unread = NEW.read_at IS NULL WHERE kind = 'reply' AND source = NEW.seq;
  END;

  CREATE TRIGGER archive_counts AFTER INSERT ON archive BEGIN
    ${countIn('NEW.box')}
    ${index('NEW.id')}
  END;
  CREATE TRIGGER archive_counts_unread AFTER INSERT ON archive WHEN NEW.unread = 1 BEGIN ${countIn(`'unread'`)} END;
  CREATE TRIGGER archive_counts_reading AFTER UPDATE OF unread ON archive WHEN NEW.unread < OLD.unread BEGIN ${countOut(`'unread'`)} END;
  CREATE TRIGGER archive_counts_unreading AFTER UPDATE OF unread ON archive WHEN NEW.unread > OLD.unread BEGIN ${countIn(`'unread'`)} END;
  CREATE TRIGGER archive_counts_moving AFTER UPDATE OF box ON archive WHEN NEW.box <> OLD.box BEGIN ${countOut('OLD.box')} ${countIn('NEW.box')} END;
  CREATE TRIGGER archive_fixed BEFORE UPDATE OF id, kind, source, person, stamps ON archive
    BEGIN SELECT RAISE(ABORT, 'an entry of the archive keeps its place'); END;
  CREATE TRIGGER archive_kept BEFORE DELETE ON archive WHEN OLD.kind IN ('letter', 'reply')
    BEGIN SELECT RAISE(ABORT, 'an entry of the archive cannot be deleted'); END;

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

  -- A name that comes or changes is looked up anew, in slices.
  CREATE TRIGGER archive_learns_name AFTER INSERT ON contact BEGIN
    INSERT INTO archive_due (id) SELECT a.id FROM archive a JOIN archive_person p ON p.id = a.person
      WHERE p.facility_id = NEW.facility_id AND p.number = NEW.number ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER archive_follows_name AFTER UPDATE OF first_name, last_name ON contact
    WHEN NEW.first_name <> OLD.first_name OR NEW.last_name <> OLD.last_name BEGIN
    INSERT INTO archive_due (id) SELECT a.id FROM archive a JOIN archive_person p ON p.id = a.person
      WHERE p.facility_id = NEW.facility_id AND p.number = NEW.number ON CONFLICT DO NOTHING;
  END;
`

const itemId = `CASE archive.kind WHEN 'letter' THEN (SELECT id FROM letter WHERE seq = archive.source) ELSE (SELECT id FROM reply WHERE seq = archive.source) END`

/** Letters and answers from before this step: their rows and counts at once, their words afterwards, slice by slice. */
const fillFromEarlier = `
  INSERT INTO archive_person (facility_id, number) SELECT facility_id, number FROM letter UNION SELECT facility_id, number FROM reply;
  INSERT INTO archive (id, kind, source, box, person, state, stamps, unread)
    SELECT max(second - place) OVER (ORDER BY second, kind, source) + place, kind, source, box, person, state, stamps, unread FROM (
      SELECT *, row_number() OVER (ORDER BY second, kind, source) AS place FROM (
        SELECT l.confirmed_at / 1000 AS second, 'letter' AS kind, l.seq AS source, 'sent' AS box, p.id AS person, s.state AS state, d.stamps AS stamps, 0 AS unread
        FROM letter l JOIN delivery d ON d.letter_id = l.id JOIN letter_status s ON s.letter_id = l.id
          JOIN archive_person p ON p.facility_id = l.facility_id AND p.number = l.number WHERE d.state = 'SENT'
        UNION ALL
        SELECT r.received_at / 1000, 'reply', r.seq, 'inbox', p.id, '', 0, r.read_at IS NULL
        FROM reply r JOIN archive_person p ON p.facility_id = r.facility_id AND p.number = r.number));
  UPDATE archive SET flagged = 1 WHERE EXISTS (SELECT 1 FROM mark m WHERE m.kind = archive.kind AND m.flagged_at IS NOT NULL AND m.item_id = ${itemId});
  UPDATE archive SET box = box || 'Away' WHERE EXISTS (SELECT 1 FROM mark m WHERE m.kind = archive.kind AND m.archived_at IS NOT NULL AND m.item_id = ${itemId});
  INSERT INTO archive_month (box, person, month, entries) SELECT box, person, ${monthOf('id')}, count(*) FROM archive GROUP BY 1, 2, 3;
  INSERT INTO archive_month (box, person, month, entries) SELECT box, 0, ${monthOf('id')}, count(*) FROM archive GROUP BY 1, 3;
  INSERT INTO archive_month (box, person, month, entries) SELECT 'unread', person, ${monthOf('id')}, count(*) FROM archive WHERE unread = 1 GROUP BY 2, 3;
  INSERT INTO archive_month (box, person, month, entries) SELECT 'unread', 0, ${monthOf('id')}, count(*) FROM archive WHERE unread = 1 GROUP BY 3;
  INSERT INTO archive_due (id) SELECT id FROM archive;
`

/** What Home and the Outbox ask for at every start, found without walking what has long been settled. */
const quickCounts = `
  CREATE INDEX draft_open ON draft (id) WHERE state = 'open';
  CREATE INDEX delivery_unsettled ON delivery (letter_id) WHERE state IN ('QUEUED', 'SENDING', 'REJECTED');
  CREATE INDEX purchase_pending ON purchase (made_at) WHERE state = 'pending';
`
