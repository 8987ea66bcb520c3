import type { Migration } from '../../migrate'

/**
 * What a volunteer adds to letters, answers and people without changing them (letters are frozen): flag, archive, private
 * note, prayer intention; who is the same person at another address; which draft answers or mends what; letters of appeal.
 */
export const correspondence: Migration = {
  number: 4,
  name: 'correspondence',
  up: (connection) => {
    connection.exec(`
      -- item_id is a letter's, a reply's or a contact's id, by kind. No row: neither flagged nor put away.
      CREATE TABLE mark (
        kind TEXT NOT NULL CHECK (kind IN ('letter', 'reply', 'contact')),
        item_id TEXT NOT NULL,
        flagged_at INTEGER,
        archived_at INTEGER,
        PRIMARY KEY (kind, item_id),
        CHECK (flagged_at IS NOT NULL OR archived_at IS NOT NULL)
      ) STRICT, WITHOUT ROWID;

      -- before: the text that an emptied or mostly deleted note had, so that it can be brought back.
      CREATE TABLE note (
        seq INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('letter', 'reply', 'contact')),
        item_id TEXT NOT NULL,
        revision INTEGER NOT NULL CHECK (revision >= 1),
        text TEXT NOT NULL,
        before TEXT,
        saved_at INTEGER NOT NULL,
        UNIQUE (kind, item_id)
      ) STRICT;
      CREATE TRIGGER note_revision_rises BEFORE UPDATE ON note
        WHEN NEW.revision <= OLD.revision OR NEW.kind <> OLD.kind OR NEW.item_id <> OLD.item_id
        BEGIN SELECT RAISE(ABORT, 'a note only goes on'); END;
      CREATE TRIGGER note_kept BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'a note cannot be deleted'); END;

      CREATE TABLE prayer (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('letter', 'reply', 'contact')),
        item_id TEXT NOT NULL,
        words TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        prayed_at INTEGER,
        times INTEGER NOT NULL DEFAULT 0 CHECK (times >= 0),
        closed_at INTEGER,
        CHECK ((times = 0) = (prayed_at IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX prayer_open ON prayer (kind, item_id) WHERE closed_at IS NULL;
      CREATE INDEX prayer_closed ON prayer (closed_at) WHERE closed_at IS NOT NULL;

      -- Addresses of one person share a person_id; the trigger gives every new contact one of its own.
      CREATE TABLE contact_person (
        contact_id TEXT PRIMARY KEY REFERENCES contact (id),
        person_id TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX contact_person_by_person ON contact_person (person_id);
      INSERT INTO contact_person SELECT id, id FROM contact;
      CREATE TRIGGER contact_is_a_person AFTER INSERT ON contact
        BEGIN INSERT INTO contact_person VALUES (NEW.id, NEW.id) ON CONFLICT DO NOTHING; END;
      CREATE TABLE contact_move (
        seq INTEGER PRIMARY KEY,
        from_contact_id TEXT NOT NULL REFERENCES contact (id),
        to_contact_id TEXT NOT NULL REFERENCES contact (id),
        at INTEGER NOT NULL,
        CHECK (from_contact_id <> to_contact_id)
      ) STRICT;
      CREATE TRIGGER contact_move_fixed BEFORE UPDATE ON contact_move BEGIN SELECT RAISE(ABORT, 'a move cannot change'); END;
      CREATE TRIGGER contact_move_kept BEFORE DELETE ON contact_move BEGIN SELECT RAISE(ABORT, 'a move cannot be deleted'); END;

      -- Why a draft was begun: to answer a reply, or to mend a letter that did not arrive. Its letter is found by draft_id.
      CREATE TABLE draft_origin (
        draft_id TEXT PRIMARY KEY REFERENCES draft (id),
        answers_reply TEXT REFERENCES reply (id),
        resends_letter TEXT REFERENCES letter (id),
        CHECK ((answers_reply IS NULL) <> (resends_letter IS NULL))
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX draft_origin_answers ON draft_origin (answers_reply) WHERE answers_reply IS NOT NULL;
      CREATE INDEX draft_origin_resends ON draft_origin (resends_letter) WHERE resends_letter IS NOT NULL;
      CREATE TRIGGER draft_origin_fixed BEFORE UPDATE ON draft_origin BEGIN SELECT RAISE(ABORT, 'why a draft was begun cannot change'); END;

      -- A letter of appeal to a facility about a letter of ours.
      CREATE TABLE appeal (
        letter_id TEXT PRIMARY KEY REFERENCES letter (id),
        revision INTEGER NOT NULL CHECK (revision >= 1),
        text TEXT NOT NULL,
        saved_at INTEGER NOT NULL,
        written_at INTEGER
      ) STRICT, WITHOUT ROWID;

      -- A thread is streams, each read backwards from any point (letter_of_contact, reply_of_person); lists of what is on its way or came back stay short.
      CREATE INDEX letter_by_draft ON letter (draft_id);
      CREATE INDEX reply_by_letter ON reply (letter_id) WHERE letter_id IS NOT NULL;
      CREATE INDEX letter_on_its_way ON letter_status (since) WHERE state IN ('submitted', 'screening', 'held', 'approved');
      CREATE INDEX letter_came_back ON letter_status (since) WHERE state IN ('rejected', 'undeliverable');
      CREATE INDEX letter_taken_back ON letter_status (letter_id) WHERE state = 'cancelled';
    `)
  }
}
