import { describe, expect, it } from 'vitest'
import { createCrashCount } from '../../../src-main/shell/crash-count'

const counting = () => {
  let at = 0
  const count = createCrashCount(() => at)
  return { count, after: (ms: number): boolean => ((at += ms), count.note()) }
}

describe('a window that fails', () => {
  it('is opened again twice; the third time within a minute is a question', () => {
    const { after } = counting()
    expect([after(0), after(1_000), after(58_000)]).toEqual([false, false, true])
  })
  it('three times in more than a minute is bad luck', () => {
    const { after } = counting()
    expect([after(0), after(30_000), after(30_001), after(20_000)]).toEqual([false, false, false, true])
  })
  it('after the question counting starts anew', () => {
    const { count, after } = counting()
    expect([after(0), after(1), after(1)]).toEqual([false, false, true])
    count.forget()
    expect([after(1), after(1), after(1)]).toEqual([false, false, true])
  })
})
