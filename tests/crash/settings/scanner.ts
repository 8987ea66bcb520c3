import * as disk from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSettings } from '../../../src-main/settings'
import type { WriterFiles } from '../../../src-main/settings/patient-writer'
import type { Program } from '../support/program'

/** A disk on which another program holds what is opened or renamed, so many times. */
const held = (call: 'open' | 'rename', code: string, times: number) => {
  let fired = 0
  const refuse = async <T>(work: () => Promise<T>): Promise<T> => {
    if (fired >= times) return work()
    fired += 1
    throw Object.assign(new Error(code), { code })
  }
  const files: WriterFiles = {
    open: (...args) => (call === 'open' ? refuse(() => disk.open(...args)) : disk.open(...args)),
    rename: (...args) => (call === 'rename' ? refuse(() => disk.rename(...args)) : disk.rename(...args)),
    rm: disk.rm
  }
  return { files, fired: () => fired }
}

/** Three refusals are waited for, within two seconds; a hundred are given up, said once, and what was chosen counts all the same. */
export const waitForScanner = async (program: Program, root: string): Promise<void> => {
  for (const call of ['open', 'rename'] as const) {
    for (const code of ['EPERM', 'EBUSY', 'EACCES']) {
      const folder = join(root, `scanner-${call}-${code}`)
      const notices: string[] = []
      const { files, fired } = held(call, code, 3)
      const settings = openSettings(folder, (notice) => notices.push(notice), files)
      await disk.mkdir(folder, { recursive: true })
      const began = performance.now()
      const saved = await settings.set({ textSize: 150 })
      const ms = performance.now() - began
      program.check(saved && fired() === 3 && ms <= 2_000 && notices.length === 0, () => `${call} ${code} three times: saved ${saved}, fired ${fired()}, ${Math.round(ms)} ms, ${notices.join()}`)
      program.check((JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as { textSize: number }).textSize === 150, () => `${call} ${code}: the value is not in the file`)
    }
  }
  const notices: string[] = []
  const settings = openSettings(join(root, 'scanner-for-ever'), (notice) => notices.push(notice), held('rename', 'EBUSY', 1_000).files)
  const began = performance.now()
  const outcomes = [await settings.set({ textSize: 175 }), await settings.set({ theme: 'dark' })]
  const ms = performance.now() - began
  program.check(
    outcomes.every((saved) => !saved) && settings.get().textSize === 175 && settings.get().notice === 'unsaved' && notices.join() === 'unsaved' && ms < 5_500,
    () => `a file that is held for ever: ${JSON.stringify(settings.get())}, ${notices.join()}, ${Math.round(ms)} ms`
  )
}
