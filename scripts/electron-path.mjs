/** Prints the Electron executable in use, and nothing else. */
import { electronExecutable } from './runtime/electron.mjs'

try {
  console.log(electronExecutable())
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
