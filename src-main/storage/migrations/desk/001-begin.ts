import type { Migration } from '../../migrate'

/** This PC: who has signed in here, and the device's own id. Nothing of a mailbox. */
export const begin: Migration = {
  number: 1,
  name: 'begin-desk',
  up: (connection) => {
    connection.exec(`
      CREATE TABLE device (
        id TEXT PRIMARY KEY,
        made_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE account (
        id TEXT PRIMARY KEY,
        email TEXT NOT NULL UNIQUE,
        display_name TEXT NOT NULL,
        -- argon2id of the password that last opened this account here: sign-in without the line
        password_hash TEXT NOT NULL,
        practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
        failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
        locked_until INTEGER,
        last_sign_in_at INTEGER
      ) STRICT;
    `)
  }
}
