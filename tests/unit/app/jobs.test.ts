/** Long work: one at a time, told as it goes, stopped at any time, nothing left behind. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JobView } from '@contract/jobs'
import { failure, success } from '@contract/result'
import { createJobs } from '../../../src-main/app/jobs'
import { createPlaces } from '../../../src-main/app/places'
import { FileError, fileTrouble, outsideFiles } from '../../../src-main/storage/outside-files'
import { testOutside } from '../../support/outside'

const setUp = () => {
  const heard: JobView[] = []
  const bugs: unknown[] = []
  let now = 0
  let id = 0
  const jobs = createJobs({
    ids: { next: () => `job-${(id += 1)}`, key: () => `key-${(id += 1)}` },
    clock: { now: () => (now += 50) },
    outside: testOutside(),
    emit: (event) => event.type === 'jobChanged' && heard.push(event.job),
    logBug: (_where, error) => bugs.push(error)
  })
  const settled = async (): Promise<JobView> => {
    while (jobs.current()?.state === 'running') await new Promise((resolve) => setImmediate(resolve))
    return heard.at(-1) as JobView
  }
  return { jobs, heard, bugs, settled }
}

describe('long work', () => {
  it('answers at once, tells how far it is, and says done at its end', async () => {
    const { jobs, heard, settled } = setUp()
    const started = jobs.start('export', 'letters.txt', async (job) => {
      job.moved(0, 20)
      for (let done = 1; done <= 20; done++) {
        await job.breathe()
        job.moved(done)
      }
      return success(null)
    })
    expect(started).toMatchObject({ ok: true, value: { state: 'running', done: 0, total: null, fileName: 'letters.txt' } })
    expect(await settled()).toMatchObject({ state: 'done', done: 20, total: 20 })
    const told = heard.filter(({ state }) => state === 'running').length
    expect(told, 'not every step is told').toBeLessThan(15)
    expect(told).toBeGreaterThan(3)
  })
  it('is one at a time', async () => {
    const { jobs, settled } = setUp()
    jobs.start('export', 'a', async (job) => (await job.breathe(), success(null)))
    expect(jobs.start('export', 'b', async () => success(null))).toEqual(failure('JOB_RUNNING'))
    await settled()
    expect(jobs.start('export', 'b', async () => success(null))).toMatchObject({ ok: true })
    await settled()
  })
  it('can be cancelled, by its own name alone', async () => {
    const { jobs, bugs, settled } = setUp()
    let stopped = false
    let cleaned = false
    jobs.start('export', 'a', async (job) => {
      job.onCancel(() => (stopped = true))
      try {
        for (;;) await job.breathe()
      } finally {
        cleaned = true
      }
    })
    expect(jobs.cancel('another')).toBe(false)
    expect(jobs.cancel('job-1')).toBe(true)
    expect(await settled()).toMatchObject({ state: 'cancelled', failure: null })
    expect([stopped, cleaned, bugs.length]).toEqual([true, true, 0])
    expect(jobs.cancel('job-1'), 'it is over').toBe(false)
  })
  it('ends with the visit, and not before it has cleaned up', async () => {
    const { jobs } = setUp()
    let cleaned = false
    jobs.start('export', 'a', async (job) => {
      try {
        for (;;) await job.breathe()
      } finally {
        await new Promise((resolve) => setTimeout(resolve, 20))
        cleaned = true
      }
    })
    await jobs.stop()
    expect(cleaned).toBe(true)
  })
  it.each([
    ['an expected failure', async () => failure('NO_LETTERS_CHOSEN'), { code: 'NO_LETTERS_CHOSEN' }, 0],
    ['a full disk', () => Promise.reject(new FileError('full')), { code: 'FILE_NOT_WRITTEN', params: { name: 'a.txt', reason: 'full' } }, 0],
    ['a bug', () => Promise.reject(new Error('bug')), { code: 'INTERNAL' }, 1]
  ])('%s is told as such', async (_what, work, told, bugCount) => {
    const { jobs, bugs, settled } = setUp()
    jobs.start('export', 'a.txt', work)
    expect(await settled()).toMatchObject({ state: 'failed', failure: told })
    expect(bugs.length).toBe(bugCount)
  })
})

describe('chosen places', () => {
  it('are good once, for the purpose and the person they were chosen by', () => {
    const places = createPlaces<object>()
    const [mary, joe] = [{}, {}]
    const grant = (placeId: string, holder: object | null): void => places.grant(holder, { placeId, purpose: 'save', path: `/${placeId}` })
    grant('a', mary)
    grant('nobody', null)
    expect(places.redeem(joe, 'a', 'save')).toBeNull()
    expect(places.redeem(mary, 'a', 'open')).toBeNull()
    expect(places.redeem(mary, 'nobody', 'save')).toBeNull()
    expect(places.redeem(mary, 'a', 'save')).toBe('/a')
    expect(places.redeem(mary, 'a', 'save')).toBeNull()
    for (let index = 0; index < 20; index++) grant(`b${index}`, mary)
    expect(places.redeem(mary, 'b0', 'save'), 'what was never used is forgotten').toBeNull()
    expect(places.redeem(mary, 'b19', 'save')).toBe('/b19')
  })
})

describe('a file of the person’s own', () => {
  let folder = ''
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'epistle-outside-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is in its place only when it is whole', async () => {
    const path = join(folder, 'letters.txt')
    writeFileSync(path, 'what was there before')
    const file = await outsideFiles.create(path)
    await file.write('x'.repeat(300_000))
    await file.write('end')
    expect(readFileSync(path, 'utf8')).toBe('what was there before')
    await file.finish()
    expect(readFileSync(path, 'utf8')).toBe(`${'x'.repeat(300_000)}end`)
    expect(readdirSync(folder)).toEqual(['letters.txt'])
  })
  it('leaves nothing when it is given up', async () => {
    const path = join(folder, 'letters.txt')
    const file = await outsideFiles.create(path)
    await file.write('x'.repeat(300_000))
    await file.discard()
    expect(readdirSync(folder)).toEqual([])
    expect(existsSync(path)).toBe(false)
  })
  it('a discard after the end changes nothing', async () => {
    const path = join(folder, 'letters.txt')
    const file = await outsideFiles.create(path)
    await file.write('whole')
    await file.finish()
    await file.discard()
    expect(readFileSync(path, 'utf8')).toBe('whole')
  })
  it('says what is wrong with a place', async () => {
    await expect(outsideFiles.create(join(folder, 'not here', 'a.txt'))).rejects.toMatchObject({ trouble: 'gone' })
    writeFileSync(join(folder, 'file'), '')
    await expect(outsideFiles.create(join(folder, 'file', 'a.txt'))).rejects.toMatchObject({ trouble: 'gone' })
    for (const [code, trouble] of [['ENOSPC', 'full'], ['EDQUOT', 'full'], ['EROFS', 'readOnly'], ['EACCES', 'readOnly'], ['EIO', 'gone'], ['EWHATEVER', 'other']] as const) {
      expect(fileTrouble(Object.assign(new Error(code), { code })).trouble).toBe(trouble)
    }
  })
  it('a folder in its place is not replaced', async () => {
    const path = join(folder, 'letters.txt')
    mkdirSync(join(path, 'inside'), { recursive: true })
    const file = await outsideFiles.create(path)
    await file.write('x')
    await expect(file.finish()).rejects.toBeInstanceOf(FileError)
    await file.discard()
    expect(readdirSync(folder)).toEqual(['letters.txt'])
    expect(readdirSync(path)).toEqual(['inside'])
  })
  it('a disk that runs full leaves nothing: /dev/full stands for it', async () => {
    const handle = await open('/dev/full', 'w')
    await expect(handle.write(Buffer.from('x')).catch((error: unknown) => Promise.reject(fileTrouble(error)))).rejects.toMatchObject({ trouble: 'full' })
    await handle.close()
  })
})
