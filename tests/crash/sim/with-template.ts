import { rmSync } from 'node:fs'
import { folderInMemory } from '../support/folders'
import type { Program } from '../support/program'
import type { Template } from './bench'
import { makeTemplate } from './people'
import { ignoreStopped } from './stopped'

/** Makes the template once, gives it to the work, and clears up whatever happens. */
export const withTemplate =
  (name: string, work: (program: Program, template: Template, root: string) => Promise<void>) =>
  async (program: Program): Promise<void> => {
    process.removeAllListeners('unhandledRejection')
    ignoreStopped((error) => program.failed(`a rejection nobody handled: ${String(error)}`))
    const root = folderInMemory(name)
    try {
      await work(program, await makeTemplate(`${root}/template`), root)
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  }
