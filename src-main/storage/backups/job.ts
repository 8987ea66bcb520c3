import { closeSync, copyFileSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { CopyTrouble, Salvaged } from '../../contract/views'
import { diskFiles } from '../files'
import { mailboxMigrations } from '../migrations/mailbox'
import { openMigrated } from '../open-migrated'
import { salvageInto } from '../salvage'
import { storageCode } from '../open'
import { checkMailboxFile, hashOfFile } from './check-copy'
import { copyBytes } from './copy-bytes'
import { copyName, factsFile, factsText, headerIn, mailboxIn, readCopy, unfinished, type CopyFacts, type StoredCopy } from './copy-folder'

/** Work with copies that reads or writes a whole mailbox: done on a thread of its own. */
export type CopyJob =
  /** Makes a copy of an open mailbox that holds still (`copySource`). */
  | {
      readonly kind: 'take'
      readonly handle: number
      readonly bytes: number
      readonly key: Uint8Array
      /** The small file beside the mailbox. */
      readonly header: string
      /** The folder of this account's copies. */
      readonly into: string
      readonly facts: Pick<CopyFacts, 'accountId' | 'sequence' | 'madeAt'>
    }
  /** Takes a whole copy to another folder: the stick. */
  | { readonly kind: 'carry'; readonly from: string; readonly into: string }
  /** Opens a copy, reads every page and compares it with what it says of itself. */
  | { readonly kind: 'check'; readonly folder: string; readonly key: Uint8Array }
  /** Puts the mailbox of a copy, checked, beside the place where it will be used. */
  | { readonly kind: 'layOut'; readonly folder: string; readonly key: Uint8Array; readonly target: string; readonly damaged: Damaged | null }
  /** The same without a copy: a new mailbox with what can be read in the damaged one. */
  | { readonly kind: 'salvage'; readonly key: Uint8Array; readonly target: string; readonly damaged: Damaged; readonly accountId: string }

/** A damaged mailbox, closed, whose readable rows are to come along; it is only read. */
export type Damaged = { readonly file: string; readonly now: number }

/**
 * `mailboxDamaged`: the copy holds what the mailbox holds, and that is not whole. `copyDamaged`: the copy is not what it was, or the key is
 * not its key. `noRoom`: the disk is too full to copy without harm to saving. `unreachable`: the folder cannot be used.
 */
export type { CopyTrouble }
export type CopyOutcome = { readonly ok: true; readonly copy: StoredCopy; readonly salvaged: Salvaged | null } | { readonly ok: false; readonly why: CopyTrouble; readonly detail: string }

/**
 * Runs a job, wherever that is. @param copied called as soon as the open mailbox is no longer read: it may change again
 * @returns what became of it; never rejects
 */
export type RunCopyJob = (job: CopyJob, copied: () => void) => Promise<CopyOutcome>

/** Kept free for saving: a copy must never be what fills the disk. */
const reserveBytes = 64 * 1024 * 1024

class CopyError extends Error {
  readonly why: CopyTrouble
  constructor(why: CopyTrouble, message: string) {
    super(message)
    this.why = why
  }
}

const needRoom = (folder: string, bytes: number): void => {
  const { bavail, bsize, blocks } = statfsSync(folder)
  if (bavail * bsize < bytes + Math.min(reserveBytes, (blocks * bsize) / 10)) throw new CopyError('noRoom', 'too little room for a copy')
}

/** Fills a folder under a passing name; only when all of it is on the disk does it get its own. */
const makeFolder = async (folder: string, fill: (unready: string) => Promise<CopyFacts>): Promise<StoredCopy> => {
  const unready = unfinished(folder)
  rmSync(unready, { recursive: true, force: true })
  mkdirSync(unready, { recursive: true })
  try {
    const facts = await fill(unready)
    writeFileSync(factsFile(unready), factsText(facts), { mode: 0o600 })
    diskFiles.flush(factsFile(unready))
    diskFiles.flushFolder(unready)
    renameSync(unready, folder)
    diskFiles.flushFolder(dirname(folder))
    return { ...facts, folder, name: basename(folder) }
  } catch (error) {
    rmSync(unready, { recursive: true, force: true })
    throw error
  }
}

const take = (job: Extract<CopyJob, { kind: 'take' }>, pause: () => Promise<void>, copied: () => void): Promise<StoredCopy> => {
  mkdirSync(job.into, { recursive: true })
  needRoom(job.into, job.bytes)
  return makeFolder(join(job.into, copyName(job.facts.sequence, job.facts.madeAt)), async (unready) => {
    const sha256 = await copyBytes(job.handle, job.bytes, mailboxIn(unready), pause)
    copied()
    copyFileSync(job.header, headerIn(unready))
    diskFiles.flush(headerIn(unready))
    if (hashOfFile(mailboxIn(unready)) !== sha256) throw new CopyError('copyDamaged', 'the copy is not what was written')
    const contents = wholeOr('mailboxDamaged', () => checkMailboxFile(mailboxIn(unready), job.key))
    if (hashOfFile(mailboxIn(unready)) !== sha256) throw new CopyError('copyDamaged', 'looking at the copy changed it')
    return { ...job.facts, bytes: job.bytes, sha256, contents }
  })
}

const carry = (job: Extract<CopyJob, { kind: 'carry' }>, pause: () => Promise<void>): Promise<StoredCopy> => {
  const copy = copyAt(job.from)
  mkdirSync(job.into, { recursive: true })
  needRoom(job.into, copy.bytes)
  const { folder: _from, name: _name, ...facts } = copy
  return makeFolder(join(job.into, copyName(copy.sequence, copy.madeAt)), async (unready) => {
    await copyFile(mailboxIn(copy.folder), mailboxIn(unready), copy, pause)
    copyFileSync(headerIn(copy.folder), headerIn(unready))
    diskFiles.flush(headerIn(unready))
    return facts
  })
}

/** Copies a closed file and reads it back. @throws CopyError when it is not what the copy says it is */
const copyFile = async (from: string, to: string, copy: CopyFacts, pause: () => Promise<void>): Promise<void> => {
  const handle = openSync(from, 'r')
  try {
    const read = await copyBytes(handle, fstatSync(handle).size, to, pause)
    if (read !== copy.sha256 || hashOfFile(to) !== copy.sha256) throw new CopyError('copyDamaged', 'the copy is not what it was')
  } finally {
    closeSync(handle)
  }
}

const copyAt = (folder: string): StoredCopy => {
  const copy = readCopy(folder)
  if (copy === null) throw new CopyError('copyDamaged', 'the copy cannot be read')
  return copy
}

/** What a check found, or the trouble that it means. */
const wholeOr = <T>(why: CopyTrouble, check: () => T | null): T => {
  let found: T | null
  try {
    found = check()
  } catch (error) {
    const code = storageCode(error)
    if (code === 'NEWER_VERSION') throw new CopyError('newer', 'made by a newer version')
    if (code !== 'DAMAGED') throw error
    found = null
  }
  if (found === null) throw new CopyError(why, 'a mailbox is not whole')
  return found
}

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)

const check = (job: Extract<CopyJob, { kind: 'check' }>): StoredCopy => {
  const copy = copyAt(job.folder)
  if (hashOfFile(mailboxIn(copy.folder)) !== copy.sha256) throw new CopyError('copyDamaged', 'the copy is not what it was')
  const contents = wholeOr('copyDamaged', () => checkMailboxFile(mailboxIn(copy.folder), job.key))
  if (!same(contents, copy.contents)) throw new CopyError('copyDamaged', 'the copy does not hold what it says')
  readFileSync(headerIn(copy.folder))
  return copy
}

const layOut = async (job: Extract<CopyJob, { kind: 'layOut' }>, pause: () => Promise<void>): Promise<Done> => {
  const copy = copyAt(job.folder)
  needRoom(dirname(job.target), copy.bytes)
  rmSync(job.target, { force: true })
  try {
    await copyFile(mailboxIn(copy.folder), job.target, copy, pause)
    const contents = wholeOr('copyDamaged', () => checkMailboxFile(job.target, job.key))
    if (!same(contents, copy.contents)) throw new CopyError('copyDamaged', 'the copy does not hold what it says')
    if (job.damaged === null) return { copy, salvaged: null }
    const salvaged = salvageInto(job.target, job.key, job.damaged)
    // Whatever a damaged file does to its salvage, the copy itself is good.
    if (salvaged === null) await copyFile(mailboxIn(copy.folder), job.target, copy, pause)
    return { copy, salvaged }
  } catch (error) {
    rmSync(job.target, { force: true })
    throw error
  }
}

/** A mailbox made of nothing but what can be read in a damaged one. */
const salvageAlone = (job: Extract<CopyJob, { kind: 'salvage' }>): Done => {
  rmSync(job.target, { force: true })
  openMigrated(job.target, mailboxMigrations, job.damaged.now, { key: job.key }).close()
  const salvaged = salvageInto(job.target, job.key, job.damaged)
  const contents = salvaged === null ? null : checkMailboxFile(job.target, job.key)
  if (salvaged === null || contents === null) {
    rmSync(job.target, { force: true })
    throw new CopyError('mailboxDamaged', 'nothing in the file can be read')
  }
  const facts = { accountId: job.accountId, sequence: 0, madeAt: 0, bytes: statSync(job.target).size, sha256: '', contents }
  return { copy: { ...facts, folder: '', name: '' }, salvaged }
}

type Done = { readonly copy: StoredCopy; readonly salvaged: Salvaged | null }

const alone = (copy: StoredCopy): Done => ({ copy, salvaged: null })

const run = async (job: CopyJob, pause: () => Promise<void>, copied: () => void): Promise<Done> => {
  switch (job.kind) {
    case 'take':
      return alone(await take(job, pause, copied))
    case 'carry':
      return alone(await carry(job, pause))
    case 'check':
      return alone(check(job))
    case 'layOut':
      return layOut(job, pause)
    case 'salvage':
      return salvageAlone(job)
  }
}

const troubleOf = (error: unknown): CopyTrouble => {
  if (error instanceof CopyError) return error.why
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT' || storageCode(error) === 'DISK_FULL') return 'noRoom'
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EIO' || code === 'ENOTDIR' || code === 'ENXIO') return 'unreachable'
  return 'failed'
}

/**
 * Does a job on this very thread. @param pause between slices; on a thread of its own nobody waits, and it need not do anything
 */
export const runCopyJobHere =
  (pause: () => Promise<void>): RunCopyJob =>
  async (job, copied) => {
    let told = false
    const tellOnce = (): void => {
      if (!told) copied()
      told = true
    }
    try {
      return { ok: true, ...(await run(job, pause, tellOnce)) }
    } catch (error) {
      return { ok: false, why: troubleOf(error), detail: error instanceof Error ? error.message : 'not an error' }
    } finally {
      tellOnce()
    }
  }
