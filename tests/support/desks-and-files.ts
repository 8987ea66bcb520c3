/** Several desks and a folder for their files, for the tests of one file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { openTestDesk, type TestDesk } from './core'

/**
 * Call it at the top of a test file: each test gets a folder of its own, and after it the desks it opened are closed and the folder is gone.
 * @param name of the folder, for whoever looks into the system's temporary one
 * @returns `openDesk` as `openTestDesk`; `inFolder` the path of a file there
 */
export const desksAndFiles = (name: string) => {
  const desks: TestDesk[] = []
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), `epistle-${name}-`))
  })
  afterEach(async () => {
    for (const desk of desks.splice(0)) await desk.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    openDesk: async (...given: Parameters<typeof openTestDesk>): Promise<TestDesk> => {
      const desk = await openTestDesk(...given)
      desks.push(desk)
      return desk
    },
    inFolder: (file: string): string => join(folder, file)
  }
}
