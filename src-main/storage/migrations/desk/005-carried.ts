import type { Migration } from '../../migrate'

/** When a copy last reached the chosen folder. Kept here: a stick that is not in cannot be asked. */
export const carried: Migration = {
  number: 5,
  name: 'carried',
  up: (connection) => {
    connection.exec('ALTER TABLE account ADD COLUMN backup_carried_at INTEGER')
  }
}
