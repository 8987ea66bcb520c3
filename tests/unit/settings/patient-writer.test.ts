import * as disk from 'node:fs/promises'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPatientWriter, type WriterFiles } from '../../../src-main/settings/patient-writer'

let folder = ''
const file = (): string => join(folder, 'settings.json')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-writer-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const refusing = (codes: readonly string[]) => {
  const left = [...codes]
  const files: WriterFiles = {
    ...disk,
    rename: async (from, to) => {
      const code = left.shift()
      if (code !== undefined) throw Object.assign(new Error(code), { code })
      return disk.rename(from, to)
    }
  }
  return { files, left }
}

describe('writing one small file with patience', () => {
  it.each(['EPERM', 'EBUSY', 'EACCES'])('%s three times is waited for, within two seconds', async (code) => {
    const { files, left } = refusing([code, code, code])
    const began = performance.now()
    expect(await createPatientWriter(file(), files).write('{"a":1}')).toBe(true)
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(left).toEqual([])
    expect(readFileSync(file(), 'utf8')).toBe('{"a":1}')
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it('another refusal is none that passes', async () => {
    const { files, left } = refusing(['ENOSPC', 'unused'])
    expect(await createPatientWriter(file(), files).write('1')).toBe(false)
    expect(left).toEqual(['unused'])
    expect(readdirSync(folder)).toEqual([])
  })

  it('many writes end with the last one, and leave out what was overtaken', async () => {
    let renames = 0
    const files: WriterFiles = {
      ...disk,
      rename: async (from, to) => {
        renames += 1
        return disk.rename(from, to)
      }
    }
    const writer = createPatientWriter(file(), files)
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, index) => writer.write(String(index))))
    expect(outcomes.every(Boolean)).toBe(true)
    expect(readFileSync(file(), 'utf8')).toBe('49')
    expect(renames).toBeLessThan(5)
  })

  it('a failed write keeps no later one from working', async () => {
    const { files } = refusing(['ENOSPC'])
    const writer = createPatientWriter(file(), files)
    expect([await writer.write('1'), await writer.write('2')]).toEqual([false, true])
    expect(readFileSync(file(), 'utf8')).toBe('2')
  })

  it('puts aside what lies there', async () => {
    writeFileSync(file(), 'x')
    const writer = createPatientWriter(file())
    expect(await writer.setAside(`${file()}.bad`)).toBe(true)
    await writer.settled()
    expect(readdirSync(folder)).toEqual(['settings.json.bad'])
  })
})
