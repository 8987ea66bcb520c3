/** The tools of this project by name, started with the Node that runs us (no shell, no PATH, the same on every system). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../runtime/folders.mjs'

/** Command line of a tool installed in node_modules; `bin` is needed when its name differs from the package's. */
export function tool(name, args, bin = name) {
  const folder = join(projectFolder, 'node_modules', name)
  const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const script = typeof bins === 'string' ? bins : bins[bin]
  return { command: process.execPath, args: [join(folder, script), ...args] }
}
