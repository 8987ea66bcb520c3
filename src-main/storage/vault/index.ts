import { join } from 'node:path'
import { opensWith } from '../backups/check-copy'
import { finishSwap, laidOut, swapIn } from '../backups/swap'
import { writeDurably } from '../durable-files'
import { diskFiles, type Files } from '../files'
import { StorageError } from '../open'
import { logStateOf } from '../salvage/log-state'
import { openMailbox, type Mailbox } from '../mailbox'
import { encryptInPlace, finishEncryption } from './encrypt-in-place'
import { openForParish, wrapForParish } from './escrow'
import { findWrap, readHeader, withoutWrap, withWrap, writeHeader, type VaultHeader } from './header'
import { newRecoveryCode, readRecoveryCode } from './recovery-code'
import { openWithBytes, openWithSecret, wrapWithBytes, wrapWithSecret, type DerivationCost, type DeriveKey, type MailboxKey, type WrapKind } from './wrap'

export { newParishKey, type ParishKey } from './escrow'
export type { DerivationCost, DeriveKey, MailboxKey } from './wrap'

/**
 * What looking for an account's mailbox on this PC found. `plain`: made before mailboxes were encrypted (or a crash came
 * between its key and its encryption). `missing`: half of the pair, file and header, is not there.
 */
export type VaultState = 'none' | 'plain' | 'sealed' | 'missing' | 'damaged' | 'newer'

export type VaultContext = {
  readonly folder: string
  readonly derive: DeriveKey
  readonly cost: DerivationCost
  readonly random: (count: number) => Uint8Array
  readonly now: () => number
  readonly files?: Files
}

/**
 * The mailboxes of this PC, one encrypted file an account. A random key opens each; that key lies beside it, locked by the
 * password, by a printed code and, if the parish said yes, by the parish's key. Changing a password rewrites one lock.
 */
export const openVaults = (context: VaultContext) => {
  const { folder, derive, cost, random, now, files = diskFiles } = context
  const fileOf = (accountId: string): string => join(folder, `${accountId}.db`)
  const headerOf = (accountId: string): string => join(folder, `${accountId}.vault`)

  const header = (accountId: string): VaultHeader => {
    const read = readHeader(files, headerOf(accountId))
    if (read.state === 'ok' && read.header.accountId === accountId) return read.header
    throw new StorageError(read.state === 'newer' ? 'NEWER_VERSION' : 'DAMAGED', 'the small file beside a mailbox cannot be used')
  }
  const how = (accountId: string, kind: WrapKind) => ({ accountId, kind, random, now: now() })

  return {
    state: (accountId: string): VaultState => {
      finishEncryption(files, fileOf(accountId))
      finishSwap(files, fileOf(accountId), headerOf(accountId))
      const read = readHeader(files, headerOf(accountId))
      // SQLite would take an empty file for a mailbox that has just begun.
      const hasFile = (files.size(fileOf(accountId)) ?? 0) > 0
      if (hasFile && isPlain(files, fileOf(accountId))) return 'plain'
      if (read.state === 'newer' || read.state === 'damaged') return read.state
      if (read.state === 'missing') return hasFile ? 'missing' : 'none'
      return hasFile ? 'sealed' : 'missing'
    },
    /** Makes the key of a new mailbox, or takes the one that a crash left unused, and locks it with the password. */
    create: async (accountId: string, password: string): Promise<MailboxKey> => {
      const read = readHeader(files, headerOf(accountId))
      const unused = read.state === 'ok' ? findWrap(read.header, 'password') : null
      const left = unused === null ? null : await openWithSecret(unused, password, derive, accountId)
      if (left !== null) return left
      const key = random(32)
      const wrap = await wrapWithSecret(key, password, derive, cost, how(accountId, 'password'))
      writeHeader(files, headerOf(accountId), { accountId, wraps: [wrap] })
      return key
    },
    /** Encrypts a mailbox from before, in place. Its header is written first, so that no encrypted file is ever without its key. */
    encrypt: (accountId: string, key: MailboxKey): void => encryptInPlace(files, fileOf(accountId), key),
    /** @returns the key, or null when the password (or a coordinator's one-use code) does not open it */
    unlock: async (accountId: string, password: string): Promise<{ readonly key: MailboxKey; readonly by: 'password' | 'reset' } | null> => {
      for (const kind of ['password', 'reset'] as const) {
        const wrap = findWrap(header(accountId), kind)
        const secret = kind === 'reset' ? asCode(password) : password
        const key = wrap === null ? null : await openWithSecret(wrap, secret, derive, accountId)
        if (key !== null) return { key, by: kind }
      }
      return null
    },
    unlockWithRecoveryCode: (accountId: string, code: string): MailboxKey | null => {
      const secret = readRecoveryCode(code)
      const wrap = findWrap(header(accountId), 'recovery')
      return secret === null || wrap === null ? null : openWithBytes(wrap, secret, accountId)
    },
    unlockForParish: (accountId: string, privateKey: string): MailboxKey | null => {
      const wrap = findWrap(header(accountId), 'escrow')
      return wrap === null ? null : openForParish(wrap, privateKey, accountId)
    },
    /** Locks the key with a new password; a coordinator's one-use code opens nothing any more. */
    setPassword: async (accountId: string, key: MailboxKey, password: string): Promise<void> => {
      const wrap = await wrapWithSecret(key, password, derive, cost, how(accountId, 'password'))
      writeHeader(files, headerOf(accountId), withoutWrap(withWrap(header(accountId), wrap), 'reset'))
    },
    /** Lets a one-use code open the mailbox until the next new password. */
    setResetCode: async (accountId: string, key: MailboxKey, code: string): Promise<void> => {
      const wrap = await wrapWithSecret(key, asCode(code), derive, cost, how(accountId, 'reset'))
      writeHeader(files, headerOf(accountId), withWrap(header(accountId), wrap))
    },
    /** @returns the new code, to be printed; the old one opens nothing any more */
    newRecoveryCode: (accountId: string, key: MailboxKey): string => {
      const code = newRecoveryCode(random)
      const secret = readRecoveryCode(code)
      if (secret === null) throw new Error('a recovery code of ours could not be read')
      writeHeader(files, headerOf(accountId), withWrap(header(accountId), wrapWithBytes(key, secret, how(accountId, 'recovery'))))
      return code
    },
    /** Seals the key to the parish, or takes that seal away. @returns whether anything changed */
    setEscrow: (accountId: string, key: MailboxKey, publicKey: string | null): boolean => {
      const current = header(accountId)
      const before = findWrap(current, 'escrow')
      if (publicKey === null) {
        if (before === null) return false
        writeHeader(files, headerOf(accountId), withoutWrap(current, 'escrow'))
        return true
      }
      writeHeader(files, headerOf(accountId), withWrap(current, wrapForParish(key, publicKey, { accountId, random, now: now() })))
      return true
    },
    hasWrap: (accountId: string, kind: WrapKind): boolean => {
      const read = readHeader(files, headerOf(accountId))
      return read.state === 'ok' && findWrap(read.header, kind) !== null
    },
    /** Keeps a sealed mailbox aside under its date, so that a new one can begin; whatever opens it later still does. */
    putAside: (accountId: string): void => {
      const mark = `sealed-${now()}`
      for (const file of [fileOf(accountId), `${fileOf(accountId)}-wal`, headerOf(accountId), `${headerOf(accountId)}.before`]) {
        if (files.exists(file)) files.rename(file, `${file}.${mark}`)
      }
    },
    /** Where the two files of a mailbox are, and where one that will replace it is laid out. */
    places: (accountId: string) => ({ file: fileOf(accountId), header: headerOf(accountId), laidOut: laidOut(fileOf(accountId)) }),
    /** The key that a password or a printed code opens in the small file of a copy; null when neither does. */
    unlockCopy: async (accountId: string, headerFile: string, secret: { readonly password?: string; readonly recoveryCode?: string }): Promise<MailboxKey | null> => {
      const read = readHeader(files, headerFile)
      if (read.state !== 'ok' || read.header.accountId !== accountId) return null
      const recovery = findWrap(read.header, 'recovery')
      const code = secret.recoveryCode === undefined ? null : readRecoveryCode(secret.recoveryCode)
      if (recovery !== null && code !== null) return openWithBytes(recovery, code, accountId)
      const wrap = findWrap(read.header, 'password')
      return wrap === null || secret.password === undefined ? null : openWithSecret(wrap, secret.password.normalize('NFC'), derive, accountId)
    },
    /**
     * Puts the mailbox that lies ready in the place of the one that is there, which is kept.
     * @param headerFile the small file to take along, when the one that is there does not fit or cannot be read; null: it stays
     * @param why says in the kept file's name what it is
     * @returns the name under which the old mailbox is kept
     */
    swap: (accountId: string, headerFile: string | null, why: 'damaged' | 'before-restore'): string => {
      const mark = `${why}-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '-')}`
      swapIn(files, fileOf(accountId), headerOf(accountId), { mark, header: headerFile === null ? null : files.read(headerFile) })
      return `${accountId}.db.${mark}`
    },
    /** Opens the mailbox that lies ready to take the place of another. Close it before the swap. */
    openLaidOut: (accountId: string, key: MailboxKey): Mailbox => openMailbox(laidOut(fileOf(accountId)), now(), key, files),
    /** Whether a key opens the mailbox that is there. It must be closed. */
    opens: (accountId: string, key: MailboxKey): boolean => (files.size(fileOf(accountId)) ?? 0) > 0 && opensWith(fileOf(accountId), key),
    /** Puts the small file of a copy in the place of one that is lost or damaged; a damaged one is kept. */
    takeHeader: (accountId: string, from: string): void => {
      const header = headerOf(accountId)
      if (files.exists(header)) files.rename(header, `${header}.damaged-${now()}`)
      writeDurably(files, header, files.read(from))
    },
    /** @throws StorageError; DAMAGED also for a write-ahead log whose damage SQLite would pass over without a word */
    open: (accountId: string, key: MailboxKey): Mailbox => {
      const log = logStateOf(files, fileOf(accountId))
      if (log === 'damaged') throw new StorageError('DAMAGED', 'the write-ahead log is damaged')
      return openMailbox(fileOf(accountId), now(), key, files, log === 'cut')
    }
  }
}

/** A one-use code as it is meant, however it was typed from paper. */
const asCode = (text: string): string => text.toUpperCase().replace(/[\s-]/gu, '')

/** A plain SQLite file says so in its first sixteen bytes; an encrypted one begins with chance. */
const isPlain = (files: Files, file: string): boolean => Buffer.from(files.readStart(file, 16)).toString('latin1') === 'SQLite format 3\0'

export type Vaults = ReturnType<typeof openVaults>
