import { describe, expect, it } from 'vitest'
import { diskFiles } from '../../../src-main/storage/files'
import { mayPass, patienceSteps, patientFiles, withPatience } from '../../../src-main/storage/patient-files'

const refusal = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code })

/** Fails so often with these codes, then works. */
const failing = (...codes: readonly string[]) => {
  const left = [...codes]
  const seen: string[] = []
  return {
    seen,
    work: (): string => {
      const code = left.shift()
      if (code === undefined) return 'done'
      seen.push(code)
      throw refusal(code)
    }
  }
}

describe('patience with a file that somebody holds', () => {
  it.each(['EPERM', 'EBUSY', 'EACCES'])('%s three times, then it works, after less than two seconds', (code) => {
    const waits: number[] = []
    const { work, seen } = failing(code, code, code)
    expect(withPatience((ms) => waits.push(ms), work)).toBe('done')
    expect(seen).toEqual([code, code, code])
    expect(waits).toEqual([10, 20, 40])
  })

  it('gives up after two seconds, with the last refusal', () => {
    const waits: number[] = []
    const { work } = failing(...Array.from({ length: 100 }, () => 'EBUSY'))
    expect(() => withPatience((ms) => waits.push(ms), work)).toThrow('EBUSY')
    expect(waits).toEqual(patienceSteps)
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(2_000)
    expect([...waits].sort((a, b) => a - b), 'the waits grow').toEqual(waits)
  })

  it.each(['ENOSPC', 'ENOENT', 'EIO', 'EROFS'])('%s does not pass by waiting', (code) => {
    const { work } = failing(code)
    expect(() => withPatience(() => expect.unreachable(), work)).toThrow(code)
  })

  it('a bug is no held file', () => {
    expect(mayPass(new Error('EBUSY'))).toBe(false)
    expect(mayPass('EBUSY')).toBe(false)
  })

  it.each(['read', 'readStart', 'write', 'wipe', 'copy', 'rename', 'remove', 'flush'] as const)('holds for every small file: %s', (name) => {
    let tries = 0
    const held = {
      ...diskFiles,
      [name]: (...args: readonly unknown[]) => {
        tries += 1
        if (tries < 3) throw refusal('EPERM')
        return args
      }
    }
    const files = patientFiles(held, () => undefined)
    const call = files[name] as (...args: readonly unknown[]) => unknown
    expect(call('a', 'b')).toEqual(['a', 'b'])
    expect(tries).toBe(3)
  })
})
