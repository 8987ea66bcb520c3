/** A start with a damaged file: this PC's own is put right only when the person says so; the service's keeps nobody from their letters. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { letTwoLettersWait, openTestDesk, signInAs, writeDraft, type TestDesk } from '../../support/core'
import { createVirtualTime } from '../../support/virtual-time'

let folder = ''
let profileDir = ''
let desk: TestDesk | null = null
let starts = 0
let time = createVirtualTime()

const start = async (options: Parameters<typeof openTestDesk>[1] = {}): Promise<TestDesk> => {
  desk = await openTestDesk({}, { profileDir, dice: `start ${(starts += 1)}`, time, ...options })
  return desk
}
const stop = async (): Promise<void> => {
  const open = desk
  desk = null
  await open?.end()
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-start-'))
  profileDir = join(folder, 'profile')
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

describe('this PC’s own file, damaged', () => {
  const damage = (): void => {
    const file = join(profileDir, 'desk.db')
    const bytes = readFileSync(file)
    // Somewhere in the rows of a table, not in the header: SQLite opens such a file without a word.
    bytes.fill(0xff, 4_096 * 3 + 8, 4_096 * 3 + 108)
    writeFileSync(file, bytes)
  }
  const emails = async (now: TestDesk): Promise<readonly string[]> => (await now.must('app.state', {})).accounts.map(({ email }) => email)
  const aside = (): readonly string[] => readdirSync(profileDir).filter((name) => name.startsWith('desk.db.damaged-'))

  it('is not opened, not changed, and not begun anew where nobody was asked or somebody said no', async () => {
    await fill()
    damage()
    const before = readFileSync(join(profileDir, 'desk.db')).toString('base64')
    await expect(start()).rejects.toMatchObject({ code: 'DAMAGED' })
    const asked: string[] = []
    await expect(start({ mayPutDeskRight: (from) => Promise.resolve(asked.push(from) === 0) })).rejects.toMatchObject({ code: 'DAMAGED' })
    expect(asked).toEqual(['copy'])
    expect(readFileSync(join(profileDir, 'desk.db')).toString('base64')).toBe(before)
    expect(aside()).toEqual([])
  })

  it('goes on with the copy of the last orderly end when the person says so; the damaged one is kept', async () => {
    await fill()
    damage()
    const damaged = readFileSync(join(profileDir, 'desk.db')).toString('base64')
    const now = await start({ mayPutDeskRight: () => Promise.resolve(true) })
    expect(await emails(now)).toEqual(['maria@parish.org'])
    expect(aside()).toHaveLength(1)
    expect(readFileSync(join(profileDir, aside()[0] ?? '')).toString('base64')).toBe(damaged)
    await signInAs(now)
    expect(await now.must('letters.outbox', {})).toHaveLength(2)
    expect((await now.must('surroundings.report', {})).troubles).toMatchObject([{ kind: 'start', code: 'DAMAGED', where: 'desk' }])
  })

  it('is begun anew where the copy is damaged too, and letters come back with the first sign-in', async () => {
    await fill()
    damage()
    writeFileSync(join(profileDir, 'desk.db.copy'), 'SQLight')
    const asked: string[] = []
    const now = await start({ mayPutDeskRight: (from) => Promise.resolve(asked.push(from) === 1) })
    expect(asked).toEqual(['nothing'])
    expect(await emails(now)).toEqual([])
    await signInAs(now)
    expect(await now.must('letters.outbox', {})).toHaveLength(2)
  })

  it('gone altogether while its copy is there, it is asked about too', async () => {
    await fill()
    rmSync(join(profileDir, 'desk.db'))
    await expect(start()).rejects.toMatchObject({ code: 'DAMAGED' })
    expect(await emails(await start({ mayPutDeskRight: () => Promise.resolve(true) }))).toEqual(['maria@parish.org'])
  })
})

describe('the service’s file, damaged', () => {
  it('keeps nobody from their letters: they are read and written, nothing is sent, and the file stays as it is', async () => {
    await fill()
    const file = join(profileDir, 'service.db')
    const bytes = readFileSync(file).fill(7, 0, 4_096)
    writeFileSync(file, bytes)
    const now = await start()
    expect(await now.must('surroundings.state', {})).toMatchObject({ saving: 'ok', serviceDamaged: true })
    await signInAs(now)
    expect(await now.must('letters.outbox', {})).toHaveLength(2)
    const contact = (await now.must('contacts.list', {}))[0]
    expect(await writeDraft(now, contact?.contactId ?? '', 'Still writing.')).toMatchObject({ body: 'Still writing.' })
    await now.work(60_000)
    expect(await now.must('sync.status', {})).toMatchObject({ line: 'offline', waiting: 2 })
    expect(await now.call('practice.set', { offline: true })).toMatchObject({ ok: false, code: 'DAMAGED' })
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(now.bugs).toEqual([])
  })
})
