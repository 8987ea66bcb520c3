/** One preparation at a time per clone: two at once would empty node_modules under each other. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lockFile } from './folders.mjs'
import { notice } from './report.mjs'
import { isAlive } from './run.mjs'

const BEAT_MS = 1_000
const DEAD_AFTER_MS = 10_000

function tryTake() {
  try {
    const file = openSync(lockFile, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/** A holder touches its lock every second; one that stopped doing so was killed, whatever its process id says now. */
function isAbandoned() {
  try {
    const holder = Number(readFileSync(lockFile, 'utf8'))
    return Date.now() - statSync(lockFile).mtimeMs > DEAD_AFTER_MS || (holder > 0 && !isAlive(holder))
  } catch {
    return false
  }
}

/** Runs `work` while holding the lock; waits for another run first, and takes over from one that died. */
export async function whileAlone(work) {
  mkdirSync(dirname(lockFile), { recursive: true })
  let told = false
  while (!tryTake()) {
    if (isAbandoned()) rmSync(lockFile, { force: true })
    else {
      if (!told) notice('Another preparation of this folder is running; waiting for it.')
      told = true
      await sleep(300)
    }
  }
  const release = () => rmSync(lockFile, { force: true })
  const beat = setInterval(() => utimesSync(lockFile, new Date(), new Date()), BEAT_MS)
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}
