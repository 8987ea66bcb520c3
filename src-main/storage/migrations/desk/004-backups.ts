import type { Migration } from '../../migrate'

/** Where an account's copies go besides this PC's own folder: a path of this PC, so it is kept here and not in the mailbox. And whether the mailbox is suspect. */
export const backups: Migration = {
  number: 4,
  name: 'backups',
  up: (connection) => {
    connection.exec(`
      ALTER TABLE account ADD COLUMN backup_folder TEXT;
      -- Damage was found: the next opening looks at every page.
      ALTER TABLE account ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0 CHECK (suspect IN (0, 1));
    `)
  }
}
