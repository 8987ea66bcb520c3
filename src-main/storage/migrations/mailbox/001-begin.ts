import type { Migration } from '../../migrate'

/**
 * One volunteer's mailbox. The schema itself holds the rules of reliability.md §5: a bug then fails loudly instead of
 * losing a stamp. Ledgers, logs and confirmed letters cannot be changed or deleted, keys never change, and only the
 * state edges of the protocol exist.
 */
export const begin: Migration = {
  number: 1,
  name: 'begin-mailbox',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE meta (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT;

      CREATE TABLE facility (
        id TEXT PRIMARY KEY,
        rules TEXT NOT NULL,
        fetched_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE contact (
        id TEXT PRIMARY KEY,
        facility_id TEXT NOT NULL REFERENCES facility (id),
        number TEXT NOT NULL,
        first_name TEXT NOT NULL,
        last_name TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('active', 'transferred', 'released', 'suspended')),
        standing TEXT NOT NULL CHECK (standing IN ('ready', 'invited', 'unavailable')),
        added_at INTEGER NOT NULL,
        removed_at INTEGER,
        UNIQUE (facility_id, number)
      ) STRICT;

      CREATE TABLE draft (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('open', 'sent', 'discarded')),
        copy_of TEXT REFERENCES draft (id),
        created_at INTEGER NOT NULL,
        closed_at INTEGER,
        CHECK ((state = 'open') = (closed_at IS NULL))
      ) STRICT;

      -- The text lives here alone: the newest slot is the draft, the older ones its history. Saves within one slot
      -- replace each other, so one autosave writes the text once.
      CREATE TABLE draft_text (
        draft_id TEXT NOT NULL REFERENCES draft (id),
        slot INTEGER NOT NULL CHECK (slot >= 1),
        revision INTEGER NOT NULL CHECK (revision >= 0),
        contact_id TEXT REFERENCES contact (id),
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        prepaid_reply INTEGER NOT NULL CHECK (prepaid_reply IN (0, 1)),
        started_at INTEGER NOT NULL,
        saved_at INTEGER NOT NULL,
        PRIMARY KEY (draft_id, slot)
      ) STRICT;
      CREATE TRIGGER draft_text_revision_rises BEFORE UPDATE OF revision ON draft_text
        WHEN NEW.revision < OLD.revision
        BEGIN SELECT RAISE(ABORT, 'a draft revision cannot fall'); END;

      CREATE TABLE letter (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        draft_id TEXT NOT NULL REFERENCES draft (id),
        contact_id TEXT NOT NULL REFERENCES contact (id),
        contact_name TEXT NOT NULL,
        facility_id TEXT NOT NULL REFERENCES facility (id),
        facility_name TEXT NOT NULL,
        number TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        prepaid_reply INTEGER NOT NULL CHECK (prepaid_reply IN (0, 1)),
        confirmed_at INTEGER NOT NULL
      ) STRICT;
      CREATE TRIGGER letter_frozen BEFORE UPDATE ON letter BEGIN SELECT RAISE(ABORT, 'a confirmed letter cannot change'); END;
      CREATE TRIGGER letter_kept BEFORE DELETE ON letter BEGIN SELECT RAISE(ABORT, 'a confirmed letter cannot be deleted'); END;

      CREATE TABLE delivery (
        id TEXT PRIMARY KEY,
        letter_id TEXT NOT NULL UNIQUE REFERENCES letter (id),
        key TEXT NOT NULL UNIQUE,
        payload_hash TEXT NOT NULL CHECK (length(payload_hash) = 64),
        wallet_id TEXT NOT NULL,
        unit TEXT NOT NULL CHECK (unit IN ('stamp', 'credit')),
        stamps INTEGER NOT NULL CHECK (stamps BETWEEN 0 AND 50),
        state TEXT NOT NULL CHECK (state IN ('QUEUED', 'SENDING', 'SENT', 'REJECTED', 'CANCELLED')),
        attempts INTEGER NOT NULL CHECK (attempts >= 0),
        next_try_at INTEGER NOT NULL,
        receipt TEXT UNIQUE,
        CHECK ((state = 'SENT') = (receipt IS NOT NULL))
      ) STRICT;
      CREATE INDEX delivery_due ON delivery (next_try_at) WHERE state IN ('QUEUED', 'SENDING');
      CREATE TRIGGER delivery_begins BEFORE INSERT ON delivery
        WHEN NEW.state <> 'QUEUED' OR NEW.attempts <> 0
        BEGIN SELECT RAISE(ABORT, 'a delivery begins queued'); END;
      CREATE TRIGGER delivery_fixed BEFORE UPDATE OF id, letter_id, key, payload_hash, wallet_id, unit, stamps ON delivery
        BEGIN SELECT RAISE(ABORT, 'what was confirmed cannot change'); END;
      CREATE TRIGGER delivery_edges BEFORE UPDATE OF state, attempts ON delivery
        WHEN NEW.attempts < OLD.attempts OR NOT (
          (OLD.state = NEW.state AND OLD.state IN ('QUEUED', 'SENDING'))
          OR (OLD.state = 'QUEUED' AND NEW.state = 'SENDING' AND NEW.attempts = OLD.attempts + 1)
          OR (OLD.state = 'SENDING' AND NEW.state IN ('SENT', 'REJECTED') AND NEW.attempts = OLD.attempts)
          OR (OLD.state = 'QUEUED' AND NEW.state = 'CANCELLED' AND OLD.attempts = 0 AND NEW.attempts = 0)
        )
        BEGIN SELECT RAISE(ABORT, 'not an allowed step of a delivery'); END;
      CREATE TRIGGER delivery_kept BEFORE DELETE ON delivery BEGIN SELECT RAISE(ABORT, 'a delivery cannot be deleted'); END;

      -- Where a letter is now, for lists; its history is letter_event.
      CREATE TABLE letter_status (
        letter_id TEXT PRIMARY KEY REFERENCES letter (id),
        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'submitted', 'screening', 'held', 'approved', 'delivered', 'replied',
                                             'rejected', 'undeliverable', 'refused', 'cancelled')),
        since INTEGER NOT NULL,
        reason TEXT,
        dismissed_at INTEGER
      ) STRICT;
      CREATE TABLE letter_event (
        seq INTEGER PRIMARY KEY,
        letter_id TEXT NOT NULL REFERENCES letter (id),
        state TEXT NOT NULL,
        at INTEGER NOT NULL,
        reason TEXT,
        service_seq INTEGER UNIQUE
      ) STRICT;
      CREATE INDEX letter_event_by_letter ON letter_event (letter_id, seq);
      CREATE TRIGGER letter_event_fixed BEFORE UPDATE ON letter_event BEGIN SELECT RAISE(ABORT, 'history cannot change'); END;
      CREATE TRIGGER letter_event_kept BEFORE DELETE ON letter_event BEGIN SELECT RAISE(ABORT, 'history cannot be deleted'); END;

      -- I13: nothing is sent without a line here naming the same hash.
      CREATE TABLE confirmation (
        seq INTEGER PRIMARY KEY,
        letter_id TEXT NOT NULL UNIQUE REFERENCES letter (id),
        payload_hash TEXT NOT NULL,
        stamps INTEGER NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE TRIGGER confirmation_fixed BEFORE UPDATE ON confirmation BEGIN SELECT RAISE(ABORT, 'a confirmation cannot change'); END;
      CREATE TRIGGER confirmation_kept BEFORE DELETE ON confirmation BEGIN SELECT RAISE(ABORT, 'a confirmation cannot be deleted'); END;

      -- Double entry: every row moves an amount from one account to another. A balance is a sum.
      CREATE TABLE ledger (
        seq INTEGER PRIMARY KEY,
        wallet_id TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('purchase', 'grant', 'reserve', 'post', 'void', 'cancel', 'elsewhere', 'adjust')),
        reference TEXT NOT NULL,
        from_account TEXT NOT NULL CHECK (from_account IN ('outside', 'available', 'reserved')),
        to_account TEXT NOT NULL CHECK (to_account IN ('outside', 'available', 'reserved', 'spent')),
        amount INTEGER NOT NULL CHECK (amount > 0),
        at INTEGER NOT NULL,
        CHECK (from_account <> to_account),
        CHECK (CASE reason
          WHEN 'purchase' THEN from_account = 'outside' AND to_account = 'available'
          WHEN 'grant' THEN from_account = 'outside' AND to_account = 'available'
          WHEN 'reserve' THEN from_account = 'available' AND to_account = 'reserved'
          WHEN 'post' THEN from_account = 'reserved' AND to_account = 'spent'
          WHEN 'void' THEN from_account = 'reserved' AND to_account = 'available'
          WHEN 'cancel' THEN from_account = 'reserved' AND to_account = 'available'
          WHEN 'elsewhere' THEN from_account = 'available' AND to_account = 'spent'
          ELSE from_account IN ('outside', 'available') AND to_account IN ('outside', 'available') END),
        UNIQUE (reason, reference)
      ) STRICT;
      CREATE INDEX ledger_by_wallet ON ledger (wallet_id);
      CREATE UNIQUE INDEX ledger_settled_once ON ledger (reference) WHERE reason IN ('post', 'void', 'cancel');
      CREATE TRIGGER ledger_fixed BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger cannot change'); END;
      CREATE TRIGGER ledger_kept BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger cannot be deleted'); END;
      CREATE TRIGGER ledger_settles_a_reserve BEFORE INSERT ON ledger
        WHEN NEW.reason IN ('post', 'void', 'cancel') AND NOT EXISTS (
          SELECT 1 FROM ledger WHERE reason = 'reserve' AND reference = NEW.reference AND wallet_id = NEW.wallet_id AND amount = NEW.amount)
        BEGIN SELECT RAISE(ABORT, 'only what was reserved can be settled'); END;
      CREATE TRIGGER ledger_reserves_what_is_there BEFORE INSERT ON ledger
        WHEN NEW.reason = 'reserve' AND NEW.amount > coalesce((SELECT available FROM wallet_balance WHERE wallet_id = NEW.wallet_id), 0)
        BEGIN SELECT RAISE(ABORT, 'nobody can reserve more than is there'); END;

      -- Sums kept beside the ledger so that a balance never walks ten years of rows; the trigger is their only writer.
      CREATE TABLE wallet_balance (
        wallet_id TEXT PRIMARY KEY,
        available INTEGER NOT NULL DEFAULT 0,
        reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
        spent INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0)
      ) STRICT;
      CREATE TRIGGER ledger_sums AFTER INSERT ON ledger BEGIN
        INSERT INTO wallet_balance (wallet_id) VALUES (NEW.wallet_id) ON CONFLICT DO NOTHING;
        UPDATE wallet_balance SET
          available = available + NEW.amount * ((NEW.to_account = 'available') - (NEW.from_account = 'available')),
          reserved = reserved + NEW.amount * ((NEW.to_account = 'reserved') - (NEW.from_account = 'reserved')),
          spent = spent + NEW.amount * (NEW.to_account = 'spent')
        WHERE wallet_id = NEW.wallet_id;
      END;

      CREATE TABLE purchase (
        id TEXT PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        wallet_id TEXT NOT NULL,
        wallet_name TEXT NOT NULL,
        facility_id TEXT NOT NULL,
        package_id TEXT NOT NULL,
        package_label TEXT NOT NULL,
        stamps INTEGER NOT NULL CHECK (stamps > 0),
        cents INTEGER NOT NULL CHECK (cents >= 0),
        card_brand TEXT NOT NULL,
        card_last4 TEXT NOT NULL CHECK (length(card_last4) = 4),
        state TEXT NOT NULL CHECK (state IN ('pending', 'added', 'declined', 'cancelled')),
        receipt TEXT UNIQUE,
        made_at INTEGER NOT NULL,
        settled_at INTEGER,
        CHECK ((state = 'added') = (receipt IS NOT NULL)),
        CHECK ((state = 'pending') = (settled_at IS NULL))
      ) STRICT;
      CREATE TRIGGER purchase_settles_once BEFORE UPDATE ON purchase
        WHEN OLD.state <> 'pending' OR NEW.key <> OLD.key OR NEW.stamps <> OLD.stamps OR NEW.cents <> OLD.cents
        BEGIN SELECT RAISE(ABORT, 'a settled purchase cannot change'); END;
      CREATE TRIGGER purchase_kept BEFORE DELETE ON purchase BEGIN SELECT RAISE(ABORT, 'a purchase cannot be deleted'); END;

      CREATE TABLE reply (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        service_seq INTEGER NOT NULL UNIQUE,
        letter_id TEXT REFERENCES letter (id),
        contact_id TEXT REFERENCES contact (id),
        sender_name TEXT NOT NULL,
        facility_id TEXT NOT NULL,
        number TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        read_at INTEGER
      ) STRICT;
      CREATE TRIGGER reply_frozen BEFORE UPDATE OF id, subject, body, received_at, service_seq ON reply
        BEGIN SELECT RAISE(ABORT, 'a received message cannot change'); END;
    `)
  }
}
