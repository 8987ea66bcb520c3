import type { Migration } from '../../migrate'

/**
 * What a shared PC needs: a guard that counts in time the app was open, things to tell an account at its next sign-in, the
 * parish's answer about escrow, and the tokens of remembered second steps. `password_hash` stays for mailboxes that are
 * not encrypted yet and is emptied when they are: afterwards the mailbox's own header is the only thing a password opens.
 */
export const sharedPc: Migration = {
  number: 2,
  name: 'shared-pc',
  up: (connection) => {
    connection.exec(`
      ALTER TABLE device ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
      ALTER TABLE device ADD COLUMN open_ms INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE account ADD COLUMN coordinator INTEGER NOT NULL DEFAULT 0 CHECK (coordinator IN (0, 1));
      ALTER TABLE account ADD COLUMN locks INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE account ADD COLUMN remember_token TEXT;
      ALTER TABLE account ADD COLUMN activity_count INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE account ADD COLUMN forgotten_at INTEGER;
      -- Before, this was wall-clock time; a lock that was running starts over at none.
      UPDATE account SET locked_until = NULL;

      CREATE TABLE pending_activity (
        seq INTEGER PRIMARY KEY,
        account_id TEXT NOT NULL,
        event TEXT NOT NULL,
        at INTEGER NOT NULL,
        details TEXT NOT NULL
      ) STRICT;

      CREATE TABLE parish (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        escrow INTEGER NOT NULL CHECK (escrow IN (0, 1)),
        public_key TEXT,
        decided_at INTEGER NOT NULL,
        CHECK ((escrow = 1) = (public_key IS NOT NULL))
      ) STRICT;
    `)
  }
}
