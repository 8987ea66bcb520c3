/** Hosts the core on its own thread of the main process: files are touched only here, so a window never waits for a disk. */
import { MessageChannel, parentPort, workerData } from 'node:worker_threads'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir, hostname } from 'node:os'
import { hash, hashRaw, verify } from '@node-rs/argon2'
import type { CommandInput, CoreCommandName } from './contract/commands'
import type { CorePort } from './contract/core-port'
import type { PaperOutcome, PaperRun, Sheet } from './contract/paper'
import { createCore } from './core'
import type { CoreThreadData, FromCore, ToCore } from './core-protocol'
import { goOnWithRoom } from './go-on-with-room'
import { parseServiceConfig } from './service'
import { runCopyJobOnThread } from './copy-thread-port'
import { diskFiles } from './storage/files'
import { storageCode } from './storage/open'
import { outsideFiles } from './storage/outside-files'
import { createWorkerHost } from './worker-host'
import { readOwnerName } from './storage/owner-note'
import { lookAtThisPc } from './look-at-this-pc'

/** argon2id as reliability.md M10 measured it: 64 MiB, three passes, one lane; about 50 ms on libuv's own threads. */
const argon2id = { algorithm: 2, memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 } as const

/** A mark of this PC that a copied folder does not carry along. Hashed, so that it tells nothing. */
const fingerprint = (): string => {
  let machine = ''
  try {
    machine = readFileSync('/etc/machine-id', 'utf8').trim()
  } catch {
    // Windows and macOS keep no such file; name and home folder have to do there.
  }
  return createHash('sha256').update(JSON.stringify([machine, hostname(), homedir(), process.platform])).digest('hex')
}

const port = parentPort
if (port === null) throw new Error('the core thread was started without its shell')
const data = workerData as CoreThreadData
const send = (message: FromCore): void => port.postMessage(message)

/** Errors are named without their text where that could hold what somebody wrote. */
const describe = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : 'not an error')

const sheets = new Map<number, (outcome: PaperOutcome) => void>()
let sheetId = 0

/** Only the shell has windows, so a sheet goes there and its PDF comes back. */
const paper = (sheet: Sheet): PaperRun => {
  const id = (sheetId += 1)
  const ended = new Promise<PaperOutcome>((resolve) => sheets.set(id, resolve)).finally(() => sheets.delete(id))
  // Nobody here needs the photos of a sheet any more: they change hands without being copied.
  port.postMessage({ type: 'paper', id, sheet } satisfies FromCore, [...new Set([...sheet.photos.values()].map(({ bytes }) => bytes.buffer as ArrayBuffer))])
  return { ended, stop: () => send({ type: 'paperStop', id }) }
}

/** Asks the person, through the shell, on a port of its own: what else came meanwhile waits for the start. */
const mayPutDeskRight = (from: 'copy' | 'nothing'): Promise<boolean> => {
  const { port1, port2 } = new MessageChannel()
  const answered = new Promise<boolean>((resolve) => port1.once('message', (may: boolean) => resolve(may))).finally(() => port1.close())
  port.postMessage({ type: 'deskDamaged', from, answer: port2 } satisfies FromCore, [port2])
  return answered
}

const start = async (): Promise<CorePort> => {
  const parsed = parseServiceConfig(data.serviceConfig ?? '{}')
  if (!parsed.ok) throw new Error(parsed.message)
  return createCore({
    profileDir: data.profileDir,
    version: data.version,
    device: { name: hostname(), fingerprint: fingerprint() },
    clock: { now: () => Date.now() },
    uptime: () => performance.now(),
    random: { bytes: (count) => randomBytes(count), number: () => randomInt(2 ** 32) / 2 ** 32 },
    timers: {
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      }
    },
    kdf: { hash: (secret) => hash(secret, argon2id), verify: (stored, secret) => verify(stored, secret) },
    vault: {
      derive: (secret, salt, cost) =>
        hashRaw(secret, { algorithm: 2, memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: cost.lanes, outputLen: 32, salt }),
      cost: { memoryKiB: argon2id.memoryCost, passes: argon2id.timeCost, lanes: argon2id.parallelism }
    },
    files: diskFiles,
    runCopyJob: runCopyJobOnThread(new URL('./copy-thread.js', import.meta.url)),
    network: (service) => service,
    outside: {
      files: outsideFiles,
      runWorker: createWorkerHost(new URL('./worker-thread.js', import.meta.url)),
      paper,
      turn: () => new Promise((resolve) => setImmediate(resolve))
    },
    pc: lookAtThisPc(data.profileDir),
    serviceConfig: parsed.config,
    mayPutDeskRight,
    logBug: (where, error) => send({ type: 'bug', where, message: describe(error) })
  })
}

const serve = (core: CorePort): void => {
  core.onEvent((event) => send({ type: 'event', event }))
  port.on('message', (message: ToCore) => {
    if (message.type === 'grant') return core.grant(message.grant)
    if (message.type === 'paperEnded') return sheets.get(message.id)?.(message.outcome)
    if (message.type === 'close') {
      void core.close().then(() => {
        send({ type: 'closed' })
        port.close()
      })
      return
    }
    if (message.type === 'trouble') return core.noteTrouble(message.kind, message.code)
    if (message.type === 'saveReport') {
      const { id } = message
      void core.saveReport(message.file).then((result) => send({ type: 'answer', id, result }))
      return
    }
    if (message.type === 'callInner') {
      void core.callInner(message.name, message.input).then((result) => send({ type: 'answer', id: message.id, result }))
      return
    }
    // Parsed at the trust boundary (ipc); the thread's own protocol carries it as it is.
    void core
      .call(message.name, message.input as CommandInput<CoreCommandName>)
      .then((result) => send({ type: 'answer', id: message.id, result }))
  })
  send({ type: 'ready' })
}

goOnWithRoom(start).then(serve, (error: unknown) => {
  const code = storageCode(error) ?? 'INTERNAL'
  send({ type: 'failed', code, message: describe(error), owner: code === 'ALREADY_OPEN' ? readOwnerName(diskFiles, data.profileDir) : null })
})
