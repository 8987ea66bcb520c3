import { diskFiles, type Files } from '../files'
import { copyAside } from '../keep-copy'
import { deskMigrations } from '../migrations/desk'
import { inTransaction, StorageError } from '../open'
import { openMigrated } from '../open-migrated'
import { lateStatements } from '../statements'
import { checkWhole, spareOf } from './spare'

export type DeskAccount = {
  readonly accountId: string
  readonly email: string
  readonly displayName: string
  /** Only for a mailbox from before mailboxes were encrypted; empty afterwards. */
  readonly passwordHash: string
  readonly practice: boolean
  readonly coordinator: boolean
  /** Failed tries without the service's help; three make a lock. */
  readonly failures: number
  readonly locks: number
  /** In time the app was open (`openMs`), not on any clock. */
  readonly lockedUntil: number | null
  readonly lastSignInAt: number | null
  readonly rememberToken: string | null
  /** How many lines the activity log had when it was last counted. */
  readonly activityCount: number
  /** Where copies of the mailbox go besides this PC; null: nowhere. */
  readonly backupFolder: string | null
  /** When a copy last reached that folder, ms UTC; null: never, or longer ago than is known. */
  readonly backupCarriedAt: number | null
  /** Damage was found in its mailbox; the next opening looks at every page. */
  readonly suspect: boolean
}

export type PendingActivity = { readonly event: string; readonly at: number; readonly details: Readonly<Record<string, string | number>> }

/** What the parish answered about escrow. null: not asked yet. */
export type Parish = { readonly escrow: boolean; readonly publicKey: string | null } | null

type Row = {
  id: string
  email: string
  display_name: string
  password_hash: string
  practice: number
  coordinator: number
  failures: number
  locks: number
  locked_until: number | null
  last_sign_in_at: number | null
  remember_token: string | null
  activity_count: number
  backup_folder: string | null
  backup_carried_at: number | null
  suspect: number
}

const toAccount = (row: Row): DeskAccount => ({
  accountId: row.id,
  email: row.email,
  displayName: row.display_name,
  passwordHash: row.password_hash,
  practice: row.practice === 1,
  coordinator: row.coordinator === 1,
  failures: row.failures,
  locks: row.locks,
  lockedUntil: row.locked_until,
  lastSignInAt: row.last_sign_in_at,
  rememberToken: row.remember_token,
  activityCount: row.activity_count,
  backupFolder: row.backup_folder,
  backupCarriedAt: row.backup_carried_at,
  suspect: row.suspect === 1
})

/**
 * Opens (or begins) this PC's own file: its id, who has signed in here, and nothing of a mailbox.
 * @param newDeviceId used when the file is new, or when it was carried to another PC (another fingerprint): that PC is not remembered
 * @throws StorageError; DAMAGED also for a file that is gone or empty while its copy is there: it was lost, and is not begun anew unasked
 */
export const openDesk = (file: string, now: number, newDeviceId: string, fingerprint: string, files: Files = diskFiles) => {
  if ((files.size(file) ?? 0) === 0 && files.exists(spareOf(file))) throw new StorageError('DAMAGED', 'this PC’s own file is gone')
  const connection = openMigrated(file, deskMigrations, now, { files, look: checkWhole })
  const change = <T>(work: () => T): T => inTransaction(connection, work)
  change(() => {
    const device = connection.prepare('SELECT id, fingerprint FROM device').get() as { id: string; fingerprint: string } | undefined
    if (device === undefined) {
      connection.prepare('INSERT INTO device (id, made_at, fingerprint) VALUES (?, ?, ?)').run(newDeviceId, now, fingerprint)
    } else if (device.fingerprint === '') {
      connection.prepare('UPDATE device SET fingerprint = ?').run(fingerprint)
    } else if (device.fingerprint !== fingerprint) {
      connection.prepare('UPDATE device SET id = ?, fingerprint = ?').run(newDeviceId, fingerprint)
      connection.prepare('UPDATE account SET remember_token = NULL').run()
    }
  })
  const { prepare } = lateStatements(connection)
  const statements = {
    device: prepare('SELECT id FROM device').pluck(),
    openMs: prepare('SELECT open_ms FROM device').pluck(),
    addOpen: prepare('UPDATE device SET open_ms = open_ms + ?'),
    seenAt: prepare('SELECT seen_at FROM device').pluck(),
    see: prepare('UPDATE device SET seen_at = ?'),
    isPutAway: prepare('SELECT count(*) FROM put_away WHERE notice = ?').pluck(),
    putAway: prepare('INSERT INTO put_away (notice, at) VALUES (?, ?) ON CONFLICT (notice) DO UPDATE SET at = excluded.at'),
    all: prepare('SELECT * FROM account WHERE forgotten_at IS NULL ORDER BY last_sign_in_at DESC, display_name'),
    byEmail: prepare('SELECT * FROM account WHERE email = ?'),
    byId: prepare('SELECT * FROM account WHERE id = ?'),
    remember: prepare(`
      INSERT INTO account (id, email, display_name, password_hash, practice, coordinator, last_sign_in_at)
      VALUES (@accountId, @email, @displayName, '', @practice, @coordinator, @lastSignInAt)
      ON CONFLICT (id) DO UPDATE SET email = excluded.email, display_name = excluded.display_name, coordinator = excluded.coordinator,
        failures = 0, locks = 0, locked_until = NULL, last_sign_in_at = excluded.last_sign_in_at, forgotten_at = NULL`),
    fail: prepare('UPDATE account SET failures = @failures, locks = @locks, locked_until = @lockedUntil WHERE id = @accountId'),
    signIn: prepare('UPDATE account SET failures = 0, locks = 0, locked_until = NULL, last_sign_in_at = ? WHERE id = ?'),
    clearHash: prepare(`UPDATE account SET password_hash = '' WHERE id = ?`),
    token: prepare('UPDATE account SET remember_token = ? WHERE id = ?'),
    counted: prepare('UPDATE account SET activity_count = max(activity_count, ?) WHERE id = ?'),
    recount: prepare('UPDATE account SET activity_count = ? WHERE id = ?'),
    backupFolder: prepare('UPDATE account SET backup_folder = ?, backup_carried_at = NULL WHERE id = ?'),
    carried: prepare('UPDATE account SET backup_carried_at = ? WHERE id = ?'),
    suspect: prepare('UPDATE account SET suspect = ? WHERE id = ?'),
    forget: prepare('UPDATE account SET forgotten_at = ?, remember_token = NULL WHERE id = ?'),
    addPending: prepare('INSERT INTO pending_activity (account_id, event, at, details) VALUES (?, ?, ?, ?)'),
    pending: prepare('SELECT event, at, details FROM pending_activity WHERE account_id = ? ORDER BY seq'),
    clearPending: prepare('DELETE FROM pending_activity WHERE account_id = ?'),
    parish: prepare('SELECT escrow, public_key FROM parish'),
    decide: prepare(`INSERT INTO parish (id, escrow, public_key, decided_at) VALUES (1, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET escrow = excluded.escrow, public_key = excluded.public_key, decided_at = excluded.decided_at`)
  }
  const one = (row: unknown): DeskAccount | null => (row === undefined ? null : toAccount(row as Row))
  return {
    deviceId: statements.device.get() as string,
    /** How long the app has been open on this PC in all, in ms: a clock that nobody can set. */
    openMs: (): number => statements.openMs.get() as number,
    addOpenTime: (ms: number): void => {
      change(() => statements.addOpen.run(ms))
    },
    /** When the app was last open here, by the clock of that time; 0 when that was never noted. */
    lastSeenAt: (): number => statements.seenAt.get() as number,
    noteSeen: (at: number): void => {
      change(() => statements.see.run(at))
    },
    isPutAway: (notice: string): boolean => statements.isPutAway.get(notice) === 1,
    putAway: (notice: string, at: number): void => {
      change(() => statements.putAway.run(notice, at))
    },
    /** Looks through the whole file. */
    check: (): 'ok' | 'damaged' => (connection.pragma('quick_check', { simple: true }) === 'ok' ? 'ok' : 'damaged'),
    sqliteVersion: (): string => connection.prepare('SELECT sqlite_version()').pluck().get() as string,
    accounts: (): readonly DeskAccount[] => (statements.all.all() as Row[]).map(toAccount),
    accountByEmail: (email: string): DeskAccount | null => one(statements.byEmail.get(email)),
    account: (accountId: string): DeskAccount | null => one(statements.byId.get(accountId)),
    /** Remembers a sign-in that the service has just confirmed. */
    rememberAccount: (account: Pick<DeskAccount, 'accountId' | 'email' | 'displayName' | 'practice' | 'coordinator' | 'lastSignInAt'>): void => {
      change(() => statements.remember.run({ ...account, practice: Number(account.practice), coordinator: Number(account.coordinator) }))
    },
    noteFailure: (accountId: string, guard: Pick<DeskAccount, 'failures' | 'locks' | 'lockedUntil'>): void => {
      change(() => statements.fail.run({ accountId, ...guard }))
    },
    noteSignIn: (accountId: string, at: number): void => {
      change(() => statements.signIn.run(at, accountId))
    },
    /** The mailbox is encrypted now: its header is the only thing the password opens. */
    dropPasswordHash: (accountId: string): void => {
      change(() => statements.clearHash.run(accountId))
    },
    keepRememberToken: (accountId: string, token: string | null): void => {
      change(() => statements.token.run(token, accountId))
    },
    countActivity: (accountId: string, count: number): void => {
      change(() => statements.counted.run(count, accountId))
    },
    /** An earlier copy took the mailbox's place: its log is as long as it is. */
    restartActivityCount: (accountId: string, count: number): void => {
      change(() => statements.recount.run(count, accountId))
    },
    setSuspect: (accountId: string, suspect: boolean): void => {
      change(() => statements.suspect.run(Number(suspect), accountId))
    },
    setBackupFolder: (accountId: string, folder: string | null): void => {
      change(() => statements.backupFolder.run(folder, accountId))
    },
    /** A copy has reached the chosen folder. */
    noteCarried: (accountId: string, at: number): void => {
      change(() => statements.carried.run(at, accountId))
    },
    /** Takes an account off the start screen; its letters stay on the disk, sealed. */
    forget: (accountId: string, at: number): void => {
      change(() => statements.forget.run(at, accountId))
    },
    notePending: (accountId: string, entry: PendingActivity): void => {
      change(() => statements.addPending.run(accountId, entry.event, entry.at, JSON.stringify(entry.details)))
    },
    pending: (accountId: string): readonly PendingActivity[] =>
      (statements.pending.all(accountId) as { event: string; at: number; details: string }[]).map((row) => ({
        ...row,
        details: JSON.parse(row.details) as PendingActivity['details']
      })),
    clearPending: (accountId: string): void => {
      change(() => statements.clearPending.run(accountId))
    },
    parish: (): Parish => {
      const row = statements.parish.get() as { escrow: number; public_key: string | null } | undefined
      return row === undefined ? null : { escrow: row.escrow === 1, publicKey: row.public_key }
    },
    decideEscrow: (publicKey: string | null, at: number): void => {
      change(() => statements.decide.run(publicKey === null ? 0 : 1, publicKey, at))
    },
    /** Leaves a copy of the file beside it, for the day it is damaged. */
    keepSpare: (): void => copyAside(files, connection, spareOf(file)),
    close: (): void => {
      connection.close()
    }
  }
}

export type Desk = ReturnType<typeof openDesk>
