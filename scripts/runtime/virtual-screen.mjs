/**
 * `node virtual-screen.mjs <command> [arguments]`: runs a command on a screen of its own (Xvfb) and ends with its exit code.
 * Instead of Debian's xvfb-run, which guesses a free display number (two at once can collide) and was seen to leave its
 * Xvfb running and turn a success into exit code 5 when its clean-up failed.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInTerminal } from './run.mjs'

const SCREEN = '1280x800x24'
const STARTS_WITHIN_MS = 20_000
const ANY_FAMILY = 0xffff

/** A key file in X's own format, valid for any display: without it every user of this machine could watch the screen. */
function keyFile() {
  const counted = (bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
  const none = Buffer.alloc(0)
  return Buffer.concat([
    Buffer.from([ANY_FAMILY >> 8, ANY_FAMILY & 0xff]),
    counted(none), counted(none), counted(Buffer.from('MIT-MAGIC-COOKIE-1')), counted(randomBytes(16))
  ])
}

/** Starts Xvfb on a display number it finds itself, and waits until it can be used. */
function startServer(key) {
  return new Promise((resolve, reject) => {
    // Without -noreset the screen starts anew whenever its last window closes, and turns away whoever comes in that moment.
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-noreset', '-nolisten', 'tcp', '-auth', key], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      detached: true // an interrupt at the terminal must not take the screen away before the program on it has closed
    })
    let complaint = ''
    let number = ''
    const timer = setTimeout(() => {
      server.kill('SIGKILL')
      reject(new Error(`Xvfb did not start within ${STARTS_WITHIN_MS / 1000} s. ${complaint}`))
    }, STARTS_WITHIN_MS)
    server.stderr.on('data', (chunk) => { complaint += chunk })
    server.stdio[3].on('data', (chunk) => {
      number += chunk
      if (!number.includes('\n')) return
      clearTimeout(timer)
      resolve({ server, display: `:${number.trim()}` })
    })
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`Xvfb ended with code ${code}. ${complaint}`)))
  })
}

const folder = mkdtempSync(join(tmpdir(), 'epistle-screen-'))
const key = join(folder, 'Xauthority')
writeFileSync(key, keyFile(), { mode: 0o600 })
let server
process.on('exit', () => {
  server?.kill('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})
try {
  const started = await startServer(key)
  server = started.server
  const [command, ...args] = process.argv.slice(2)
  const code = await runInTerminal(command, args, { env: { ...process.env, DISPLAY: started.display, XAUTHORITY: key } })
  process.exit(code)
} catch (error) {
  console.error(`The virtual screen could not be opened: ${error.message}`)
  process.exit(1)
}
