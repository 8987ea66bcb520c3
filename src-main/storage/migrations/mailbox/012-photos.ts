import type { Migration } from '../../migrate'

/**
 * Photos that go with letters, or came with those of an older archive. A photo lies here once, under the hash of its bytes, however many letters it is in;
 * it goes when the last of them lets go of it. A confirmed letter never does: what was confirmed is kept, like its text. A photo of a sent letter that a
 * damaged file does not give back has no bytes any more: the letter still says what went with it, and the bytes may be found again.
 */
export const photos: Migration = {
  number: 12,
  name: 'photos',
  up: (connection) => {
    connection.exec(tables)
    connection.exec(goingWithTheLast)
    connection.exec(found)
  }
}

const holders = ['draft_photo', 'letter_photo', 'imported_photo'] as const

const tables = `
  CREATE TABLE photo (
    id TEXT PRIMARY KEY CHECK (length(id) = 64),
    type TEXT NOT NULL CHECK (type IN ('jpeg', 'png')),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE TRIGGER photo_fixed BEFORE UPDATE ON photo WHEN length(OLD.bytes) > 0 OR NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'a photo cannot change'); END;

  CREATE TABLE draft_photo (
    draft_id TEXT NOT NULL REFERENCES draft (id),
    place INTEGER NOT NULL,
    photo_id TEXT NOT NULL REFERENCES photo (id),
    name TEXT NOT NULL,
    PRIMARY KEY (draft_id, place),
    UNIQUE (draft_id, photo_id)
  ) STRICT, WITHOUT ROWID;

  -- The letter itself says how many belong to it: where some of the rows below are lost, that is seen.
  ALTER TABLE letter ADD COLUMN photos INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE letter_photo (
    letter_seq INTEGER NOT NULL REFERENCES letter (seq),
    place INTEGER NOT NULL,
    photo_id TEXT NOT NULL REFERENCES photo (id),
    name TEXT NOT NULL,
    PRIMARY KEY (letter_seq, place),
    UNIQUE (letter_seq, photo_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER letter_photo_fixed BEFORE UPDATE ON letter_photo BEGIN SELECT RAISE(ABORT, 'a confirmed letter cannot change'); END;
  CREATE TRIGGER letter_photo_kept BEFORE DELETE ON letter_photo BEGIN SELECT RAISE(ABORT, 'a confirmed letter cannot change'); END;
  -- They are written with the letter, before the delivery that freezes what it is.
  CREATE TRIGGER letter_photo_in_time BEFORE INSERT ON letter_photo
    WHEN EXISTS (SELECT 1 FROM letter l JOIN delivery d ON d.letter_id = l.id WHERE l.seq = NEW.letter_seq)
    BEGIN SELECT RAISE(ABORT, 'a confirmed letter cannot change'); END;

  CREATE TABLE imported_photo (
    message_seq INTEGER NOT NULL REFERENCES imported_message (seq),
    place INTEGER NOT NULL,
    photo_id TEXT NOT NULL REFERENCES photo (id),
    name TEXT NOT NULL,
    PRIMARY KEY (message_seq, place),
    UNIQUE (message_seq, photo_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER imported_photo_goes BEFORE DELETE ON imported_message BEGIN DELETE FROM imported_photo WHERE message_seq = OLD.seq; END;

  ${holders.map((holder) => `CREATE INDEX ${holder}_by_photo ON ${holder} (photo_id);`).join('\n')}
`

const nobodyHolds = holders.map((holder) => `NOT EXISTS (SELECT 1 FROM ${holder} WHERE photo_id = OLD.photo_id)`).join(' AND ')

const goingWithTheLast = ['draft_photo', 'imported_photo']
  .map((holder) => `CREATE TRIGGER ${holder}_lets_go AFTER DELETE ON ${holder} WHEN ${nobodyHolds} BEGIN DELETE FROM photo WHERE id = OLD.photo_id; END;`)
  .join('\n')

/** Lists are narrowed to entries with photos, so the archive knows which those are. A letter's and a message's photos are written before its place in the lists. */
const found = `
  ALTER TABLE archive ADD COLUMN photos INTEGER NOT NULL DEFAULT 0 CHECK (photos IN (0, 1));
  CREATE INDEX archive_with_photos ON archive (id) WHERE photos = 1;
  CREATE TRIGGER archive_sees_photos AFTER INSERT ON archive
    WHEN CASE NEW.kind WHEN 'letter' THEN EXISTS (SELECT 1 FROM letter_photo WHERE letter_seq = NEW.source)
      WHEN 'imported' THEN EXISTS (SELECT 1 FROM imported_photo WHERE message_seq = NEW.source) ELSE 0 END
    BEGIN UPDATE archive SET photos = 1 WHERE id = NEW.id; END;
`
