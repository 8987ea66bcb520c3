/** Starting other programs. */
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const KEPT_OUTPUT = 64 * 1024
const GRACE_MS = 2_000

/**
 * Runs a program quietly and keeps the end of what it said (`keep` characters).
 * Never rejects: a program that cannot start, crashes (`signal`) or overruns `timeoutMs` is an outcome like any other.
 * `ownGroup` is for programs that start others (a virtual screen): all of them end with it.
 */
export function run(command, args, { timeoutMs, onStart, onOutput, keep: kept = KEPT_OUTPUT, ownGroup = false, ...options } = {}) {
  return new Promise((resolve) => {
    let output = ''
    let timedOut = false
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: ownGroup, ...options })
    if (child.pid) onStart?.(child.pid)
    const kill = (signal) => (ownGroup && process.platform !== 'win32' ? killGroup(child.pid, signal) : child.kill(signal))
    const stop = () => kill('SIGTERM')
    const keep = (chunk) => {
      output += chunk
      if (output.length > kept) output = output.slice(-kept)
      onOutput?.(String(chunk))
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const timer = timeoutMs && setTimeout(() => {
      timedOut = true
      stop()
      setTimeout(() => kill('SIGKILL'), GRACE_MS).unref()
    }, timeoutMs)
    if (ownGroup) process.once('exit', stop)
    const done = (code, signal) => {
      clearTimeout(timer)
      process.off('exit', stop)
      resolve({ ok: code === 0 && !timedOut, code, signal, timedOut, output: output.trim() })
    }
    child.on('error', (error) => { output += error.message; done(null, null) })
    child.on('close', done)
  })
}

function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // Already gone.
  }
}

/** Runs a program in the reader's own terminal, passes on interrupts, and gives its exit code (1 when it was killed). */
export function runInTerminal(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    // The terminal already sends an interrupt to the whole group; staying alive lets the child close in order.
    const wait = () => {}
    const stop = () => child.kill('SIGTERM')
    process.on('SIGINT', wait)
    process.on('SIGTERM', stop)
    const done = (code) => {
      process.off('SIGINT', wait)
      process.off('SIGTERM', stop)
      resolve(code ?? 1)
    }
    child.on('error', (error) => { console.error(`${command}: ${error.message}`); done(1) })
    child.on('close', done)
  })
}

/** Whether a process with this id lives. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Full path of a program on PATH, or undefined. */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, name)
    try {
      if (folder && existsSync(candidate)) {
        accessSync(candidate, constants.X_OK)
        return candidate
      }
    } catch {
      // Present but not executable for us: keep looking.
    }
  }
  return undefined
}

/** How to start npm: the copy that started us when there is one, so that versions never mix. */
export function npmCommand() {
  const cli = process.env.npm_execpath
  if (cli && /npm-cli\.c?js$/.test(cli) && existsSync(cli)) return { command: process.execPath, args: [cli], options: {} }
  if (process.platform === 'win32') return { command: 'npm.cmd', args: [], options: { shell: true } }
  return { command: 'npm', args: [], options: {} }
}

/** Runs npm quietly; see `run`. */
export function runNpm(args, options = {}) {
  const npm = npmCommand()
  return run(npm.command, [...npm.args, ...args], { ...npm.options, ...options })
}

/** The last few lines of a program's output, for the "why" of a failure. */
export function tail(output, lines = 6) {
  return output.split('\n').filter((line) => line.trim() && !/npm warn/i.test(line)).slice(-lines).join('\n             ')
}
