import { deskMigrations } from '../migrations/desk'
import { inTransaction } from '../open'
import { openMigrated } from '../open-migrated'

export type DeskAccount = {
  readonly accountId: string
  readonly email: string
  readonly displayName: string
  readonly passwordHash: string
  readonly practice: boolean
  readonly failures: number
  readonly lockedUntil: number | null
  readonly lastSignInAt: number | null
}

/** What this PC knows: its own id and the people who have signed in here. Times are ms UTC. */
export type Desk = {
  readonly deviceId: string
  readonly accounts: () => readonly DeskAccount[]
  readonly accountByEmail: (email: string) => DeskAccount | null
  /** Remembers a sign-in that the service has just confirmed. */
  readonly rememberAccount: (account: Omit<DeskAccount, 'failures' | 'lockedUntil'>) => void
  readonly noteFailure: (accountId: string, lockedUntil: number | null) => void
  readonly noteSignIn: (accountId: string, at: number) => void
  readonly close: () => void
}

type Row = {
  id: string
  email: string
  display_name: string
  password_hash: string
  practice: number
  failures: number
  locked_until: number | null
  last_sign_in_at: number | null
}

const toAccount = (row: Row): DeskAccount => ({
  accountId: row.id,
  email: row.email,
  displayName: row.display_name,
  passwordHash: row.password_hash,
  practice: row.practice === 1,
  failures: row.failures,
  lockedUntil: row.locked_until,
  lastSignInAt: row.last_sign_in_at
})

/**
 * Opens (or begins) this PC's own file.
 * @param newDeviceId used once, when the file is new
 * @throws StorageError
 */
export const openDesk = (file: string, now: number, newDeviceId: string): Desk => {
  const connection = openMigrated(file, deskMigrations, now)
  connection.prepare('INSERT INTO device (id, made_at) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM device)').run(newDeviceId, now)
  const device = connection.prepare('SELECT id FROM device').get() as { id: string }
  const all = connection.prepare('SELECT * FROM account ORDER BY last_sign_in_at DESC, display_name')
  const byEmail = connection.prepare('SELECT * FROM account WHERE email = ?')
  const remember = connection.prepare(`
    INSERT INTO account (id, email, display_name, password_hash, practice, last_sign_in_at)
    VALUES (@accountId, @email, @displayName, @passwordHash, @practice, @lastSignInAt)
    ON CONFLICT (id) DO UPDATE SET email = excluded.email, display_name = excluded.display_name, password_hash = excluded.password_hash,
      failures = 0, locked_until = NULL, last_sign_in_at = excluded.last_sign_in_at`)
  const fail = connection.prepare('UPDATE account SET failures = failures + 1, locked_until = coalesce(?, locked_until) WHERE id = ?')
  const signIn = connection.prepare('UPDATE account SET failures = 0, locked_until = NULL, last_sign_in_at = ? WHERE id = ?')
  return {
    deviceId: device.id,
    accounts: () => (all.all() as Row[]).map(toAccount),
    accountByEmail: (email) => {
      const row = byEmail.get(email) as Row | undefined
      return row ? toAccount(row) : null
    },
    rememberAccount: (account) => {
      inTransaction(connection, () => remember.run({ ...account, practice: account.practice ? 1 : 0 }))
    },
    noteFailure: (accountId, lockedUntil) => {
      inTransaction(connection, () => fail.run(lockedUntil, accountId))
    },
    noteSignIn: (accountId, at) => {
      inTransaction(connection, () => signIn.run(at, accountId))
    },
    close: () => connection.close()
  }
}
