import { appendOnly, flag, nullable } from './statements'

/** Accounts a shared PC can trust: duties, devices, second steps, coordinators, what happened while nobody was signed in. */
export const accountsStatements: readonly string[] = [
  ...nullable('account', 'terms_version', 'TEXT'),
  ...nullable('account', 'terms_at', 'INTEGER'),
  ...nullable('account', 'passcode_hash', 'TEXT'),
  ...[
    `site TEXT NOT NULL DEFAULT 'This parish'`,
    flag('coordinator'),
    flag('must_change_password'),
    flag('must_accept_terms'),
    'password_changed_at INTEGER NOT NULL DEFAULT 0',
    'last_sign_in_at INTEGER',
    'code_until INTEGER',
    flag('code_used'),
    `second_step TEXT NOT NULL DEFAULT 'off' CHECK (second_step IN ('off', 'totp', 'email', 'text'))`,
    'totp_sealed TEXT',
    'totp_pending TEXT',
    'totp_last_step INTEGER',
    'code_failures INTEGER NOT NULL DEFAULT 0'
  ].map((column) => `ALTER TABLE account ADD COLUMN ${column}`),
  `UPDATE account SET password_changed_at = created_at`,
  `UPDATE account SET site = 'Practice' WHERE email = 'practice@epistle.example'`,
  `UPDATE account SET coordinator = 1 WHERE id = (SELECT id FROM account WHERE site <> 'Practice' ORDER BY created_at, id LIMIT 1)`,
  `CREATE TABLE coordinator_site (account_id TEXT NOT NULL REFERENCES account (id), site TEXT NOT NULL, PRIMARY KEY (account_id, site)) STRICT, WITHOUT ROWID`,
  `INSERT INTO coordinator_site SELECT id, site FROM account WHERE coordinator = 1`,
  `CREATE TABLE terms_acceptance (
    account_id TEXT NOT NULL REFERENCES account (id), document TEXT NOT NULL CHECK (document IN ('terms', 'emessaging')), version TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX terms_acceptance_by_account ON terms_acceptance (account_id)`,
  `INSERT INTO terms_acceptance SELECT id, 'terms', terms_version, terms_at FROM account`,
  `INSERT INTO terms_acceptance SELECT id, 'emessaging', emessaging_version, emessaging_at FROM account WHERE emessaging_version IS NOT NULL`,
  ...appendOnly('terms_acceptance'),
  `CREATE TABLE account_event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, account_id TEXT NOT NULL REFERENCES account (id), event TEXT NOT NULL, details TEXT NOT NULL, device_id TEXT, at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX account_event_by_account ON account_event (account_id, seq)`,
  `CREATE TABLE known_device (
    account_id TEXT NOT NULL REFERENCES account (id), device_id TEXT NOT NULL, name TEXT NOT NULL, first_seen_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL,
    remember_hash TEXT, remembered_until INTEGER, told_to INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, device_id), CHECK ((remember_hash IS NULL) = (remembered_until IS NULL))
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO known_device (account_id, device_id, name, first_seen_at, last_seen_at)
    SELECT account_id, device_id, 'A computer', MIN(made_at), MAX(made_at) FROM device GROUP BY account_id, device_id`,
  ...['proven_at INTEGER', flag('began_owing'), flag('by_code'), flag('used', 1), 'told_to INTEGER NOT NULL DEFAULT 0'].map(
    (column) => `ALTER TABLE session ADD COLUMN ${column}`
  ),
  `CREATE INDEX session_by_account ON session (account_id, device_id)`,
  `CREATE TABLE waiting_sign_in (
    token_hash TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id), device_id TEXT NOT NULL, device_name TEXT NOT NULL, expires_at INTEGER NOT NULL,
    tries_left INTEGER NOT NULL CHECK (tries_left BETWEEN 0 AND 5), sends_left INTEGER NOT NULL CHECK (sends_left BETWEEN 0 AND 5),
    posted_method TEXT CHECK (posted_method IN ('email', 'text')), posted_key TEXT, posted_until INTEGER,
    CHECK ((posted_key IS NULL) = (posted_until IS NULL)), CHECK ((posted_key IS NULL) = (posted_method IS NULL))
  ) STRICT`,
  `CREATE TABLE printed_code (
    account_id TEXT NOT NULL REFERENCES account (id), selector TEXT NOT NULL, code_hash TEXT NOT NULL, used_at INTEGER, PRIMARY KEY (account_id, selector)
  ) STRICT`,
  `CREATE TABLE reset_code (
    email_key TEXT PRIMARY KEY, code_key TEXT NOT NULL, expires_at INTEGER NOT NULL, tries_left INTEGER NOT NULL CHECK (tries_left BETWEEN 0 AND 5),
    asked INTEGER NOT NULL, asked_since INTEGER NOT NULL
  ) STRICT`,
  // Locks are timed by the steady clock from here on, which begins at 0: one that is running runs its whole length again.
  `CREATE TABLE steady_guard (
    email_key TEXT PRIMARY KEY, failures INTEGER NOT NULL CHECK (failures BETWEEN 0 AND 3), last_failure_at INTEGER NOT NULL,
    locks INTEGER NOT NULL DEFAULT 0 CHECK (locks >= 0), locked_until INTEGER, ${flag('until_coordinator')}, CHECK (until_coordinator = 0 OR locked_until IS NULL)
  ) STRICT`,
  `INSERT INTO steady_guard (email_key, failures, last_failure_at, locks, locked_until)
    SELECT email_key, failures, 0, locks, CASE WHEN locked_until IS NULL THEN NULL ELSE locked_until - last_failure_at END FROM sign_in_guard`,
  `DROP TABLE sign_in_guard`,
  `ALTER TABLE steady_guard RENAME TO sign_in_guard`
]
