/** The start, step by step in its order (reliability.md §5): each test sees that a step happens, and what had to come before it. */
import Database from 'better-sqlite3'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openSettings } from '../../../src-main/settings'
import { diskFiles, type Files } from '../../../src-main/storage/files'
import { deskMigrations } from '../../../src-main/storage/migrations/desk'
import { requiredPragmas } from '../../../src-main/storage/open'
import { openMigrated } from '../../../src-main/storage/open-migrated'
import type { RemoteService } from '../../../src-main/wire/remote-service'
import { keyOfMailbox, tamper } from '../../support/sealed-mailbox'
import { letTwoLettersWait, openTestDesk, signInAs, stampsFree, type TestDesk } from '../../support/core'
import { createVirtualTime } from '../../support/virtual-time'

vi.mock('electron-store', async () => {
  const { default: Conf } = await import('conf')
  // What electron-store does with a folder that is named: it hands everything on. It cannot be loaded without Electron.
  class StoreInNamedFolder extends Conf {
    constructor({ name, ...options }: { readonly name: string; readonly cwd: string }) {
      super({ ...options, configName: name, projectVersion: '0.0.0' })
    }
  }
  return { default: StoreInNamedFolder }
})

let folder = ''
let profileDir = ''
let desk: TestDesk | null = null
/** What the core did to its files and said to the service, in order. */
let done: string[] = []

const nameOf = (file: string): string => basename(file).replace(/^A-\d+-\d+/u, 'mailbox')

/** The real disk, which writes down what is asked of it. */
const watched: Files = {
  ...diskFiles,
  openDatabase: (file) => {
    const connection = diskFiles.openDatabase(file)
    const name = nameOf(file)
    done.push(`open ${name}`)
    const { pragma, prepare, transaction } = connection
    connection.pragma = ((text: string, options?: Database.PragmaOptions) => {
      done.push(`${name}: ${text}`)
      return pragma.call(connection, text, options)
    }) as typeof connection.pragma
    connection.prepare = ((text: string) => {
      if (/^(SELECT number, name FROM migration|INSERT INTO migration|VACUUM)/u.test(text)) done.push(`${name}: ${text.split(' ').slice(0, 2).join(' ')}`)
      return prepare.call(connection, text)
    }) as typeof connection.prepare
    connection.transaction = ((work: () => unknown) => {
      done.push(`${name}: write`)
      return transaction.call(connection, work)
    }) as typeof connection.transaction
    return connection
  },
  readStart: (file, count) => {
    done.push(`look at ${nameOf(file)}`)
    return diskFiles.readStart(file, count)
  },
  read: (file) => {
    done.push(`read ${nameOf(file)}`)
    return diskFiles.read(file)
  },
  write: (file, text) => {
    done.push(`write ${nameOf(file)}`)
    diskFiles.write(file, text)
  },
  remove: (file) => {
    if (diskFiles.exists(file)) done.push(`remove ${nameOf(file)}`)
    diskFiles.remove(file)
  }
}

type Said = { readonly name: string; readonly input: { readonly key?: string } }
let said: Said[] = []
/** How many calls of `messaging.submit` are on their way, and the most there ever were. */
let underWay = { now: 0, most: 0 }
let answers = true
let starts = 0
let time = createVirtualTime()

const listening = (service: RemoteService): RemoteService => ({
  exchange: async (request) => {
    const call = JSON.parse(request) as Said
    said.push(call)
    done.push(`say ${call.name}`)
    const submits = call.name === 'messaging.submit'
    if (submits) underWay = { now: underWay.now + 1, most: Math.max(underWay.most, underWay.now + 1) }
    try {
      const answer = await service.exchange(request)
      return submits && !answers ? '{"ok":' : answer
    } finally {
      if (submits) underWay = { ...underWay, now: underWay.now - 1 }
    }
  }
})

const start = async (options: Parameters<typeof openTestDesk>[1] = {}): Promise<TestDesk> => {
  done = []
  said = []
  desk = await openTestDesk({}, { profileDir, files: watched, network: listening, dice: `start ${(starts += 1)}`, time, ...options })
  return desk
}
const stop = async (): Promise<void> => {
  const open = desk
  desk = null
  await open?.end()
}

/** Whether all of these happened, each after the one before it. */
const inOrder = (...steps: readonly string[]): boolean => {
  let from = -1
  return steps.every((step) => (from = done.indexOf(step, from + 1)) >= 0)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-start-'))
  profileDir = join(folder, 'profile')
  underWay = { now: 0, most: 0 }
  answers = true
  time = createVirtualTime()
})
afterEach(async () => {
  await stop().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

/** A profile with two letters waiting and nobody signed in. */
const fill = async (): Promise<void> => {
  await letTwoLettersWait(await start())
  await stop()
}

describe('the start', () => {
  it('1: a folder that is held is left before anything is written or looked into', async () => {
    await fill()
    const holder = new Database(join(profileDir, 'desk.db'))
    holder.pragma('locking_mode = EXCLUSIVE')
    holder.exec('BEGIN EXCLUSIVE')
    await expect(start()).rejects.toMatchObject({ code: 'ALREADY_OPEN' })
    holder.close()
    expect(done.filter((step) => /^(write|remove)|^open (service|mailbox)|: write$/u.test(step))).toEqual([])
    expect(done).toContain('open desk.db')
  })

  it('1: in the app the lock is asked for before the core, the diary or the settings open a file', () => {
    const entry = readFileSync('src-main/index.ts', 'utf8')
    const places = ['requestSingleInstanceLock()', 'openLog(', 'startCore(', 'openSettings('].map((call) => entry.indexOf(call, entry.indexOf('const main')))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('2: settings that cannot be read are defaults, and keep no letter from being opened', async () => {
    await fill()
    writeFileSync(join(profileDir, 'settings.json'), '{"textSize": [')
    const notices: string[] = []
    expect(openSettings(profileDir, (notice) => notices.push(notice)).get()).toMatchObject({ textSize: 100, theme: 'system' })
    expect(notices).toEqual(['reset'])
    await signInAs(await start())
    expect(done.filter((step) => step.includes('settings')), 'main’s own file is none of the core’s').toEqual([])
  })

  it('3: this PC’s own file is looked through before its version is asked for, before it is written, and before any other is opened', async () => {
    await fill()
    await start()
    expect(inOrder('desk.db: integrity_check', 'desk.db: SELECT number,', 'desk.db: write', 'open service.db')).toBe(true)
    expect(done.indexOf('desk.db: write')).toBeGreaterThan(done.indexOf('desk.db: integrity_check'))
  })

  it('4: an older file of this PC is checked, copied aside, and only then changed; what was in it is there afterwards', async () => {
    await fill()
    await start()
    await stop()
    const file = join(profileDir, 'desk.db')
    const today = new Database(file)
    const account = today.prepare('SELECT id, email, display_name AS name FROM account').get() as { id: string; email: string; name: string }
    const device = today.prepare('SELECT id, made_at AS madeAt, fingerprint FROM device').get() as { id: string; madeAt: number; fingerprint: string }
    today.close()
    for (const name of ['desk.db', 'desk.db.copy']) rmSync(join(profileDir, name))
    const older = openMigrated(file, deskMigrations.slice(0, 3), 1)
    older.prepare('INSERT INTO device (id, made_at, fingerprint) VALUES (?, ?, ?)').run(device.id, device.madeAt, device.fingerprint)
    older.prepare(`INSERT INTO account (id, email, display_name, password_hash, practice, coordinator, last_sign_in_at) VALUES (?, ?, ?, '', 0, 0, 1)`).run(account.id, account.email, account.name)
    older.close()

    const now = await start()
    expect(inOrder('desk.db: integrity_check', 'desk.db: SELECT number,', 'desk.db: VACUUM INTO', 'desk.db: INSERT INTO', 'open service.db')).toBe(true)
    expect((await now.must('app.state', {})).accounts).toMatchObject([{ email: account.email, displayName: account.name }])
    await signInAs(now)
    expect((await now.must('backups.view', {})).folder, 'the new column says: nowhere').toBeNull()
    const kept = new Database(join(profileDir, 'desk.db.version-3'), { readonly: true })
    expect(kept.prepare('SELECT email FROM account').pluck().all()).toEqual([account.email])
    expect(kept.prepare('SELECT max(number) FROM migration').pluck().get()).toBe(3)
    kept.close()
  })

  it('4: a newer file is refused to the bit', async () => {
    await fill()
    const newer = new Database(join(profileDir, 'desk.db'))
    newer.prepare(`INSERT INTO migration (number, name, applied_at) VALUES (${deskMigrations.length + 1}, 'holograms', 1)`).run()
    newer.close()
    const before = readFileSync(join(profileDir, 'desk.db')).toString('base64')
    await expect(start({ mayPutDeskRight: () => Promise.resolve(true) })).rejects.toMatchObject({ code: 'NEWER_VERSION' })
    expect(readFileSync(join(profileDir, 'desk.db')).toString('base64')).toBe(before)
    expect(done).not.toContain('open service.db')
  })

  it('5: the password opens the key before the mailbox is touched, and every setting of the connection is verified before a row is written', async () => {
    await fill()
    const now = await start()
    expect(done.filter((step) => step.startsWith('mailbox.db') || step === 'open mailbox.db'), 'nothing of a mailbox before somebody signs in').toEqual([])
    done = []
    await signInAs(now)
    const verified = done.lastIndexOf('mailbox.db: locking_mode')
    expect(inOrder('read mailbox.vault', 'open mailbox.db', 'mailbox.db: synchronous = FULL', 'mailbox.db: synchronous', 'mailbox.db: locking_mode', 'mailbox.db: write')).toBe(true)
    for (const name of Object.keys(requiredPragmas)) expect(done.slice(0, verified + 1)).toContain(`mailbox.db: ${name}`)
    expect(done.indexOf('mailbox.db: write')).toBeGreaterThan(verified)
  })

  it('6 before 10: a broken rule is found before a letter leaves, and reading stays open', async () => {
    await fill()
    await tamper(profileDir, `UPDATE letter SET body = 'Something else.' WHERE body = 'The first that waits.'`)
    const now = await start()
    await signInAs(now)
    await now.work(120_000)
    expect(said.map(({ name }) => name)).toContain('stamps.statement')
    expect(said.map(({ name }) => name)).not.toContain('messaging.submit')
    expect(await now.must('sync.status', {})).toMatchObject({ sendingStopped: true, waiting: 2 })
    expect(await now.must('letters.outbox', {})).toHaveLength(2)
  })

  it('7 and 8: what was under way goes again with its old key, after the statement', async () => {
    await fill()
    answers = false
    const before = await start()
    await signInAs(before)
    await before.time.advance(2_000)
    const tried = said.filter(({ name }) => name === 'messaging.submit').map(({ input }) => input.key)
    expect(tried.length).toBeGreaterThan(0)
    await stop()
    answers = true

    const now = await start()
    await signInAs(now)
    await now.work(5_000)
    const again = said.filter(({ name }) => name === 'messaging.submit').map(({ input }) => input.key)
    expect(again).toEqual(expect.arrayContaining(tried))
    expect(new Set(again).size, 'two letters, two keys').toBe(2)
    expect(inOrder('say stamps.statement', 'say messaging.submit')).toBe(true)
    expect(done.indexOf('say stamps.statement')).toBeLessThan(done.indexOf('say messaging.submit'))
    expect(await now.must('sync.status', {})).toMatchObject({ waiting: 0 })
    expect(await stampsFree(now), 'each was paid for once').toBe(18)
  })

  it('9: halves that a crash left are gone before the service is opened; whole files are not touched', async () => {
    await fill()
    const mailboxes = join(profileDir, 'mailboxes')
    const { accountId } = await keyOfMailbox(profileDir)
    const halves = ['room.tmp', 'desk.db.new', 'desk.db.copy.new', 'desk.db.version-3.new', 'desk.owner.new', 'troubles.json.new']
    const halvesBeside = [`${accountId}.vault.new`, `${accountId}.db.restore.new`, `${accountId}.db.version-2.new`]
    const others = ['settings.json.new', 'my notes.new', 'desk.db.version-2', `desk.db.damaged-2026-11-01T10-00-00`]
    for (const name of [...halves, ...others]) writeFileSync(join(profileDir, name), 'half')
    for (const name of halvesBeside) writeFileSync(join(mailboxes, name), 'half')
    await start()
    expect(inOrder('desk.db: integrity_check', 'remove desk.db.copy.new', 'open service.db')).toBe(true)
    const left = [...readdirSync(profileDir), ...readdirSync(mailboxes)]
    expect(left.filter((name) => halves.includes(name) || halvesBeside.includes(name))).toEqual([])
    expect(left).toEqual(expect.arrayContaining(others))
  })

  it('10: one loop sends, however often it is nudged', async () => {
    await fill()
    const now = await start()
    await signInAs(now)
    await Promise.all(Array.from({ length: 5 }, () => now.must('sync.now', {})))
    await now.work(5_000)
    expect(said.filter(({ name }) => name === 'messaging.submit')).toHaveLength(2)
    expect(underWay).toEqual({ now: 0, most: 1 })
  })
})
