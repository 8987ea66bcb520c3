import { sql, type Kysely, type Migration, type MigrationProvider } from 'kysely'
import { accountsStatements } from './accounts-step'
import { appendOnly } from './statements'

/** Each statement of one step, in order. Steps are never edited once released; a new need is a new step. */
const step = (statements: readonly string[]): Migration => ({
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
})

const letterStates = `('submitted', 'screening', 'held', 'approved', 'delivered', 'replied', 'rejected', 'undeliverable')`

const firstStep = step([
  `CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE account (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, email_skeleton TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL, passcode_hash TEXT NOT NULL,
    first_name TEXT NOT NULL, last_name TEXT NOT NULL, street TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, zip TEXT NOT NULL, phone TEXT NOT NULL,
    terms_version TEXT NOT NULL, terms_at INTEGER NOT NULL, emessaging_version TEXT, emessaging_at INTEGER,
    disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)), created_at INTEGER NOT NULL,
    CHECK ((emessaging_version IS NULL) = (emessaging_at IS NULL))
  ) STRICT`,
  `CREATE TABLE password_history (account_id TEXT NOT NULL REFERENCES account (id), password_hash TEXT NOT NULL, at INTEGER NOT NULL) STRICT`,
  `CREATE INDEX password_history_by_account ON password_history (account_id, at)`,
  `CREATE TABLE security_answer (
    account_id TEXT NOT NULL REFERENCES account (id), position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 3), question_id TEXT NOT NULL,
    answer_hash TEXT NOT NULL, PRIMARY KEY (account_id, position), UNIQUE (account_id, question_id)
  ) STRICT`,
  `CREATE TABLE challenge (
    id TEXT PRIMARY KEY, code TEXT NOT NULL, expires_at INTEGER NOT NULL, wrong_answers INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')), account_id TEXT REFERENCES account (id),
    CHECK (account_id IS NULL OR state = 'closed')
  ) STRICT`,
  `CREATE TABLE sign_in_guard (
    email_key TEXT PRIMARY KEY, failures INTEGER NOT NULL CHECK (failures BETWEEN 0 AND 3), last_failure_at INTEGER NOT NULL,
    locks INTEGER NOT NULL DEFAULT 0 CHECK (locks >= 0), locked_until INTEGER
  ) STRICT`,
  `CREATE TABLE session (
    token_hash TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id), device_id TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX session_by_expiry ON session (expires_at)`,
  `CREATE TABLE device (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, token_hash TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL REFERENCES account (id),
    device_id TEXT NOT NULL, made_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX device_by_account ON device (account_id, device_id, seq)`,
  `CREATE TABLE person (
    facility_id TEXT NOT NULL, number TEXT NOT NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'transferred', 'released', 'suspended')), folded TEXT NOT NULL, sort_key TEXT NOT NULL,
    leaves_at INTEGER, PRIMARY KEY (facility_id, number)
  ) STRICT`,
  `CREATE INDEX person_in_order ON person (sort_key, number, facility_id)`,
  `CREATE INDEX person_leaving ON person (leaves_at) WHERE leaves_at IS NOT NULL`,
  `CREATE TABLE registration (
    account_id TEXT NOT NULL REFERENCES account (id), facility_id TEXT NOT NULL, number TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('ready', 'invited')), code_key TEXT, code_expires_at INTEGER,
    code_tries INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL, PRIMARY KEY (account_id, facility_id, number),
    FOREIGN KEY (facility_id, number) REFERENCES person (facility_id, number),
    CHECK ((standing = 'invited') = (code_key IS NOT NULL)), CHECK ((code_key IS NULL) = (code_expires_at IS NULL))
  ) STRICT`,
  `CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, account_id TEXT NOT NULL REFERENCES account (id), wallet_id TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('purchase', 'message', 'grant')), reference TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0 AND (amount < 0) = (reason = 'message')), at INTEGER NOT NULL,
    UNIQUE (account_id, reason, reference)
  ) STRICT`,
  `CREATE INDEX ledger_by_wallet ON ledger (account_id, wallet_id, amount)`,
  ...appendOnly('ledger'),
  `CREATE TABLE key_result (
    account_id TEXT NOT NULL REFERENCES account (id), key TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('purchase', 'letter')),
    request_hash TEXT, outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'void')), answer TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (account_id, key), CHECK ((outcome = 'void') = (request_hash IS NULL))
  ) STRICT`,
  ...appendOnly('key_result'),
  `CREATE TABLE purchase (
    receipt_number TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id), key TEXT NOT NULL, facility_id TEXT NOT NULL,
    package_id TEXT NOT NULL, wallet_id TEXT NOT NULL, stamps INTEGER NOT NULL CHECK (stamps > 0), cents INTEGER NOT NULL CHECK (cents >= 0),
    card_brand TEXT NOT NULL, card_last4 TEXT NOT NULL CHECK (length(card_last4) = 4), at INTEGER NOT NULL, UNIQUE (account_id, key)
  ) STRICT`,
  ...appendOnly('purchase'),
  `CREATE TABLE letter (
    id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id), key TEXT NOT NULL, facility_id TEXT NOT NULL, number TEXT NOT NULL,
    payload_hash TEXT NOT NULL, characters INTEGER NOT NULL, stamps INTEGER NOT NULL CHECK (stamps >= 0),
    prepaid_reply INTEGER NOT NULL CHECK (prepaid_reply IN (0, 1)), receipt_number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ${letterStates}), submitted_at INTEGER NOT NULL, next_at INTEGER,
    verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'hold', 'refuse')), finding TEXT, language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    UNIQUE (account_id, key), FOREIGN KEY (facility_id, number) REFERENCES person (facility_id, number)
  ) STRICT`,
  `CREATE INDEX letter_due ON letter (next_at, id) WHERE next_at IS NOT NULL`,
  `CREATE TABLE account_update (
    account_id TEXT NOT NULL REFERENCES account (id), seq INTEGER NOT NULL CHECK (seq > 0), kind TEXT NOT NULL CHECK (kind IN ('state', 'reply')),
    key TEXT, state TEXT CHECK (state IN ${letterStates}), reason TEXT, reply_id TEXT UNIQUE, facility_id TEXT, number TEXT, subject TEXT, body TEXT,
    at INTEGER NOT NULL, PRIMARY KEY (account_id, seq), CHECK ((kind = 'state') = (state IS NOT NULL)), CHECK ((kind = 'reply') = (reply_id IS NOT NULL))
  ) STRICT, WITHOUT ROWID`,
  ...appendOnly('account_update'),
  `CREATE TABLE post_item (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('email', 'text')), recipient TEXT NOT NULL,
    subject TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT`
])

/** Of photos only their number is kept, and whether one was taken out. */
const photosStep = step([
  'ALTER TABLE letter ADD COLUMN photos INTEGER NOT NULL DEFAULT 0 CHECK (photos BETWEEN 0 AND 5)',
  'ALTER TABLE letter ADD COLUMN photo_removed INTEGER NOT NULL DEFAULT 0 CHECK (photo_removed IN (0, 1))'
])

/** Every step of the service's file, in order of their names. */
export const migrations: MigrationProvider = {
  getMigrations: () => Promise.resolve({ '001-first': firstStep, '002-accounts': step(accountsStatements), '003-photos': photosStep })
}
