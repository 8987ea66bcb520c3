/** A thread for a stranger's file: it answers, hands over on its way, and is ended when it takes too long or too much. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkerHost } from '../../../src-main/worker-host'

let folder = ''
let file: URL
/** Speaks src-main/worker-protocol.ts, and does what a hostile file makes a parser do. */
const worker = `
import { parentPort, workerData } from 'node:worker_threads'
const { task, input } = workerData
let taken = () => undefined
parentPort.on('message', () => taken())
const give = (batch) => new Promise((resolve) => { taken = resolve; parentPort.postMessage({ type: 'batch', batch }) })
const tasks = {
  answer: async () => input * 2,
  batches: async () => { for (let n = 1; n <= input; n++) await give(n); return 'all' },
  spin: async () => { for (;;); },
  sleep: () => new Promise(() => setInterval(() => undefined, 1000)),
  alive: async () => { for (let n = 0; n < 8; n++) { await new Promise((go) => setTimeout(go, 100)); parentPort.postMessage({ type: 'alive' }) } return 'slow but well' },
  grow: async () => { const kept = []; for (;;) kept.push(Array.from({ length: 10000 }, (_, n) => ({ n }))) },
  deep: async () => { const down = (n) => down(n + 1) + 1; return down(0) },
  leave: async () => process.exit(0)
}
tasks[task]().then((answer) => parentPort.postMessage({ type: 'answer', answer }), (error) => { throw error })
`
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-worker-'))
  writeFileSync(join(folder, 'worker.mjs'), worker)
  file = pathToFileURL(join(folder, 'worker.mjs'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const limits = { silenceMs: 400, heapMiB: 64 }
const run = (task: string, input: unknown = null, onBatch?: (batch: unknown) => Promise<void>) => createWorkerHost(file)(task, input, limits, onBatch)

describe('a worker', () => {
  it('answers', async () => {
    expect(await run('answer', 21).ended).toEqual({ outcome: 'answered', answer: 42 })
  })
  it('hands over one batch after the other, and waits for each, however long it takes', async () => {
    const order: string[] = []
    const end = await run('batches', 3, async (batch) => {
      order.push(`in ${String(batch)}`)
      await new Promise((resolve) => setTimeout(resolve, batch === 2 ? 600 : 5))
      order.push(`out ${String(batch)}`)
    }).ended
    expect(end).toEqual({ outcome: 'answered', answer: 'all' })
    expect(order).toEqual(['in 1', 'out 1', 'in 2', 'out 2', 'in 3', 'out 3'])
  })
  it('is stopped when what it hands over is not wanted any more', async () => {
    expect(await run('batches', 3, () => Promise.reject(new Error('cancelled'))).ended).toEqual({ outcome: 'stopped' })
  })
  it.each(['spin', 'sleep'])('that is silent for too long is ended: %s', async (task) => {
    const started = performance.now()
    expect(await run(task).ended).toEqual({ outcome: 'tooMuch' })
    expect(performance.now() - started).toBeLessThan(5_000)
  })
  it('that says it goes on is left to it', async () => {
    expect(await run('alive').ended).toEqual({ outcome: 'answered', answer: 'slow but well' })
  })
  it('that outgrows its memory is ended, and nothing else', async () => {
    expect(await createWorkerHost(file)('grow', null, { silenceMs: 30_000, heapMiB: 64 }).ended).toEqual({ outcome: 'tooMuch' })
  })
  it('that is led too deep is ended', async () => {
    expect(await run('deep').ended).toEqual({ outcome: 'tooMuch' })
  })
  it('that ends by itself without an answer has none', async () => {
    expect(await run('leave').ended).toEqual({ outcome: 'stopped' })
  })
  it('can be stopped in the middle of an endless loop', async () => {
    const { ended, stop } = createWorkerHost(file)('spin', null, { silenceMs: 60_000, heapMiB: 64 })
    setTimeout(stop, 100)
    expect(await ended).toEqual({ outcome: 'stopped' })
  })
})
