/** The copy of a mailbox that goes on being written to: nothing torn, nothing lost, no lock dropped. */
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBackups, runCopyJobHere, type RunCopyJob } from '../../../src-main/storage/backups'
import { copiesIn } from '../../../src-main/storage/backups/copy-folder'
import { openMailbox, type Mailbox } from '../../../src-main/storage/mailbox'
import { copiesToKeep } from '../../../src-main/rules/copies'

let folder: string
let mailbox: Mailbox
let header: string
const key = new Uint8Array(randomBytes(32))
const account = '01900000-0000-7000-8000-000000000001'
let now = Date.parse('2026-11-23T15:00:00Z')
const day = 86_400_000

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-copies-'))
  header = join(folder, 'a.vault')
  writeFileSync(header, 'what opens it')
  mailbox = openMailbox(join(folder, 'a.db'), now, key)
})
afterEach(() => {
  mailbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const text = (body: string) => ({ contactId: null, subject: 'A subject', body, prepaidReply: false })
const fill = (megabytes: number): void =>
  mailbox.transaction(() => {
    for (let at = 0; at < megabytes * 10; at += 1) mailbox.drafts.create(`filler ${at}`, text('x'.repeat(100_000)), null, now)
  })
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const backupsWith = (run: RunCopyJob) => openBackups(join(folder, 'backups'), run, () => now)

const readBack = (place: string): Mailbox => openMailbox(join(place, 'mailbox.db'), now, key)

describe('a copy made while letters are saved', () => {
  it('holds the moment it began, whole; the mailbox holds every save', async () => {
    fill(3)
    mailbox.drafts.create('typed', text('revision 0'), null, now)
    let saves = 0
    const run = runCopyJobHere(async () => {
      saves += 1
      mailbox.transaction(() => mailbox.drafts.saveInSlot('typed', 1, saves, text(`revision ${saves} ${'y'.repeat(30_000)}`), now))
      await turn()
    })
    const taken = await backupsWith(run).take(account, mailbox, key, header)
    expect(taken).toMatchObject({ ok: true })
    expect(saves).toBeGreaterThan(10)
    expect(mailbox.drafts.get('typed')?.revision).toBe(saves)
    if (!taken.ok) return
    const copy = readBack(taken.copy.folder)
    expect(copy.drafts.get('typed')?.body).toBe('revision 0')
    expect(copy.isWhole()).toBe(true)
    copy.close()
    expect(mailbox.isWhole()).toBe(true)
  })

  it('more is saved meanwhile than the write-ahead log is usually long: it waits, and is folded in afterwards', async () => {
    fill(2)
    let at = 0
    const run = runCopyJobHere(async () => {
      at += 1
      mailbox.transaction(() => mailbox.drafts.create(`more ${at}`, text('z'.repeat(900_000)), null, now))
      await turn()
    })
    expect(await backupsWith(run).take(account, mailbox, key, header)).toMatchObject({ ok: true })
    mailbox.transaction(() => mailbox.drafts.create('one more', text('folds it in'), null, now))
    mailbox.close()
    mailbox = openMailbox(join(folder, 'a.db'), now, key)
    expect(mailbox.drafts.countOpen()).toBe(20 + at + 1)
    expect(mailbox.isWhole()).toBe(true)
  })

  it('leaves the lock where it is: another process still cannot open the mailbox', async () => {
    expect(await backupsWith(runCopyJobHere(turn)).take(account, mailbox, key, header)).toMatchObject({ ok: true })
    const other = `
      const Database = require('better-sqlite3')
      const file = new Database(process.argv[1], { timeout: 100 })
      file.pragma("cipher = 'chacha20'")
      file.pragma('key = "raw:${Buffer.from(key).toString('hex')}"')
      try { file.prepare('SELECT count(*) FROM draft').get(); console.log('OPENED') } catch (error) { console.log(error.code) }`
    const { stdout } = spawnSync(process.execPath, ['-e', other, join(folder, 'a.db')], { encoding: 'utf8', cwd: process.cwd() })
    expect(stdout.trim()).toBe('SQLITE_BUSY')
  })

  it('is byte for byte what its facts say, and keeps the file that opens it', async () => {
    fill(1)
    const taken = await backupsWith(runCopyJobHere(turn)).take(account, mailbox, key, header)
    if (!taken.ok) throw new Error(taken.detail)
    const bytes = readFileSync(join(taken.copy.folder, 'mailbox.db'))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(taken.copy.sha256)
    expect(readFileSync(join(taken.copy.folder, 'mailbox.vault'), 'utf8')).toBe('what opens it')
    expect(readdirSync(taken.copy.folder).sort()).toEqual(['copy.json', 'mailbox.db', 'mailbox.vault'])
  })
})

describe('a copy that does not come to be', () => {
  it('leaves nothing behind, and the mailbox goes on', async () => {
    const crash: RunCopyJob = () => Promise.resolve({ ok: false, why: 'failed', detail: 'the thread ended' })
    expect(await backupsWith(crash).take(account, mailbox, key, header)).toMatchObject({ ok: false })
    mailbox.transaction(() => mailbox.drafts.create('after', text('goes on'), null, now))
    rmSync(header)
    expect(await backupsWith(runCopyJobHere(turn)).take(account, mailbox, key, header)).toMatchObject({ ok: false, why: 'unreachable' })
    expect(readdirSync(join(folder, 'backups', account))).toEqual([])
  })

  it('what a crash left unfinished is no copy, and goes at the next one', async () => {
    const place = join(folder, 'backups', account)
    mkdirSync(join(place, 'copy-000009-2026-11-23T14-00-00.new'), { recursive: true })
    mkdirSync(join(place, 'copy-000008-2026-11-23T13-00-00'))
    expect(copiesIn(place)).toEqual([])
    const taken = await backupsWith(runCopyJobHere(turn)).take(account, mailbox, key, header)
    expect(taken.ok && taken.copy.sequence).toBe(9)
    expect(existsSync(join(place, 'copy-000009-2026-11-23T14-00-00.new'))).toBe(false)
  })

  it('of a damaged mailbox is refused: it never takes the place of a good one', async () => {
    fill(1)
    const backups = backupsWith(runCopyJobHere(turn))
    expect((await backups.take(account, mailbox, key, header)).ok).toBe(true)
    mailbox.close()
    const file = join(folder, 'a.db')
    const bytes = readFileSync(file)
    bytes[bytes.length - 3_000] = (bytes[bytes.length - 3_000] ?? 0) ^ 4
    writeFileSync(file, bytes)
    mailbox = openMailbox(file, now, key)
    expect(await backups.take(account, mailbox, key, header)).toMatchObject({ ok: false, why: 'mailboxDamaged' })
    expect(backups.list('thisPc', account, null)).toHaveLength(1)
  })

  it('of a file that another program emptied is refused: it is sound to SQLite, and no mailbox', async () => {
    mailbox.close()
    mailbox = openMailbox(join(folder, 'a.db'), now, key)
    truncateSync(join(folder, 'a.db'), 0)
    expect(await backupsWith(runCopyJobHere(turn)).take(account, mailbox, key, header)).toMatchObject({ ok: false, why: 'mailboxDamaged' })
    expect(copiesIn(join(folder, 'backups', account))).toEqual([])
  })
})

it('sixty days of copies come down to eleven', async () => {
  const backups = backupsWith(runCopyJobHere(() => Promise.resolve()))
  const start = now
  for (let at = 0; at < 60; at += 1) {
    now = start + at * day
    expect((await backups.take(account, mailbox, key, header)).ok).toBe(true)
    const all = backups.list('thisPc', account, null)
    const keep = new Set(copiesToKeep(all))
    for (const copy of all) if (!keep.has(copy)) backups.remove(copy)
  }
  expect(backups.list('thisPc', account, null)).toHaveLength(11)
  now = start
})
