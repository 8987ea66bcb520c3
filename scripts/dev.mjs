/** Opens the app from source and reloads it on every change; without a screen, on a virtual one. */
import { electronExecutable, electronFlags, withScreen } from './runtime/electron.mjs'
import { projectFolder } from './runtime/folders.mjs'
import { runInTerminal } from './runtime/run.mjs'
import { tool } from './testing/tools.mjs'

const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
const vite = tool('electron-vite', ['--watch', ...process.argv.slice(2)])
const { command, args } = withScreen(vite.command, vite.args)
process.exitCode = await runInTerminal(command, args, {
  cwd: projectFolder,
  env: { ...env, ELECTRON_EXEC_PATH: electronExecutable(), ELECTRON_CLI_ARGS: JSON.stringify(electronFlags()) }
})
