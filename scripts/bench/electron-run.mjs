/** One run of Electron under the probe: Epistle or the bare window. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { electronExecutable, electronFlags } from '../runtime/electron.mjs'
import { projectFolder } from '../runtime/folders.mjs'

const probe = fileURLToPath(new URL('probe.cjs', import.meta.url))
const bareApp = fileURLToPath(new URL('bare-app', import.meta.url))
const GIVE_UP_AFTER_MS = 60_000
const CLOSE_WITHIN_MS = 10_000

/** @param place `app` the folder with the built app, `profile` where it keeps its files, beside a service configuration */
export const openEpistle = ({ app, profile }) => open([app, `--profile-dir=${profile}`, `--service-config=${profile}.json`])
export const openBare = ({ bareProfile }) => open([bareApp, `--user-data-dir=${bareProfile}`])

/**
 * Starts Electron and waits for a window that can be used.
 * @returns `usableAfter` ms since the process was spawned, `startGap` the longest stand-still of the main process until then
 */
async function open(args) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const spawnedAt = performance.timeOrigin + performance.now()
  const child = spawn(electronExecutable(), [...electronFlags(), '-r', probe, ...args], {
    cwd: projectFolder,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc']
  })
  const stop = () => child.kill('SIGKILL')
  process.once('exit', stop)
  let said = ''
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4_000)))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const waiting = new Map()
  let nextId = 1
  const usable = new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      stop()
      reject(new Error(`no usable window after ${GIVE_UP_AFTER_MS / 1000} s:\n${said}`))
    }, GIVE_UP_AFTER_MS)
    child.on('message', (message) => {
      if (message.type === 'usable') {
        clearTimeout(late)
        return resolve(message)
      }
      const asked = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.error === undefined) asked?.resolve(message.value)
      else asked?.reject(new Error(message.error))
    })
    void ended.then((code) => {
      clearTimeout(late)
      const error = new Error(`Electron ended (${code}):\n${said}`)
      reject(error)
      waiting.forEach((asked) => asked.reject(error))
    })
  })
  const ask = (act, more = {}) =>
    new Promise((resolve, reject) => {
      const id = nextId++
      waiting.set(id, { resolve, reject })
      child.send({ id, act, ...more })
    })
  const { at, longestGap } = await usable
  return {
    pid: child.pid,
    usableAfter: at - spawnedAt,
    startGap: longestGap,
    /** Runs an async function in the page; what it uses must be in its arguments. */
    inPage: (work, ...inputs) => ask('run', { code: `(${work})(...${JSON.stringify(inputs)})` }),
    type: (text, everyMs) => ask('type', { text, everyMs }),
    /** Which file the person chooses whenever the app asks for one. */
    choose: (path) => ask('choose', { path }),
    /** The longest stand-still of the main process since it was last asked, in ms. */
    longestGap: () => ask('gap'),
    /** Leaves as a person does, so that the next run finds an orderly profile. */
    close: async () => {
      await ask('quit').catch(() => undefined)
      const timer = setTimeout(stop, CLOSE_WITHIN_MS)
      await ended
      clearTimeout(timer)
      process.off('exit', stop)
    }
  }
}
