/** Builds and opens the app; without a screen it runs the tour instead. Arguments go to the app. */
import { electronExecutable, electronFlags, hasScreen, withScreen } from './runtime/electron.mjs'
import { projectFolder } from './runtime/folders.mjs'
import { runInTerminal } from './runtime/run.mjs'
import { checks } from './testing/parts.mjs'
import { runChecks } from './testing/run-checks.mjs'

const appArguments = process.argv.slice(2)
const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env // set by some editors' terminals; it turns Electron into Node

async function open() {
  if (hasScreen()) {
    console.log('Opening Epistle. Close its window to end.')
    return runInTerminal(electronExecutable(), [...electronFlags(), '.', ...appArguments], { cwd: projectFolder, env })
  }
  console.log('There is no screen here to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\nThe tour runs instead: it uses the app on a virtual screen and leaves its pictures in tour/.')
  const { command, args } = withScreen(process.execPath, ['scripts/tour.mjs', ...appArguments])
  return runInTerminal(command, args, { cwd: projectFolder, env })
}

const build = await runChecks(checks.build)
process.exitCode = build.failed > 0 ? 1 : await open()
