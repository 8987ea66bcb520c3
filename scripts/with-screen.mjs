/** `node scripts/with-screen.mjs <script> [arguments]`: runs a Node script that opens windows, on a virtual screen if need be. */
import { withScreen } from './runtime/electron.mjs'
import { projectFolder } from './runtime/folders.mjs'
import { runInTerminal } from './runtime/run.mjs'

const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
const { command, args } = withScreen(process.execPath, process.argv.slice(2))
process.exitCode = await runInTerminal(command, args, { cwd: projectFolder, env })
