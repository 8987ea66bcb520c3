import type { Migration } from '../../migrate'

/** Versions that are never thinned, shorter texts that wait for an answer, and which drafts somebody has in hand. */
export const timeline: Migration = {
  number: 7,
  name: 'timeline',
  up: (connection) => {
    connection.exec(`
      -- 1: the text after this one lost more than half, or an earlier one was brought back over it.
      ALTER TABLE draft_text ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
      CREATE TRIGGER draft_text_pinned_stays BEFORE DELETE ON draft_text
        WHEN OLD.pinned = 1
        BEGIN SELECT RAISE(ABORT, 'a pinned version cannot be thinned'); END;
      CREATE TRIGGER draft_text_newest_stays BEFORE DELETE ON draft_text
        WHEN OLD.slot = (SELECT max(slot) FROM draft_text WHERE draft_id = OLD.draft_id)
        BEGIN SELECT RAISE(ABORT, 'the text of a draft cannot be thinned'); END;

      -- A text that would take most of a long letter away: kept beside the draft until somebody says which one it is to be.
      CREATE TABLE draft_aside (
        draft_id TEXT PRIMARY KEY REFERENCES draft (id),
        contact_id TEXT REFERENCES contact (id),
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        prepaid_reply INTEGER NOT NULL CHECK (prepaid_reply IN (0, 1)),
        saved_at INTEGER NOT NULL
      ) STRICT;

      -- Drafts open in an editor. What is still here when a mailbox opens was open when Epistle ended without a goodbye.
      CREATE TABLE draft_in_hand (
        draft_id TEXT PRIMARY KEY REFERENCES draft (id),
        since INTEGER NOT NULL,
        left_open INTEGER NOT NULL DEFAULT 0 CHECK (left_open IN (0, 1))
      ) STRICT;
    `)
  }
}
