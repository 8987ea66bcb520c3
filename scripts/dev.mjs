/** Opens the app from source and reloads it on every change; without a screen, on a virtual one. */
import { electronExecutable, electronFlags, withScreen } from './runtime/electron.mjs'
import { projectFolder } from './runtime/folders.mjs'
import { runInTerminal } from './runtime/run.mjs'
import { tool } from './testing/tools.mjs'

const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
// What follows `--` goes to Electron.
const vite = tool('electron-vite', ['--watch', '--', ...electronFlags(), ...process.argv.slice(2)])
const { command, args } = withScreen(vite.command, vite.args)
process.exitCode = await runInTerminal(command, args, {
  cwd: projectFolder,
  env: { ...env, ELECTRON_EXEC_PATH: electronExecutable() }
})
