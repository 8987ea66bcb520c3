/**
 * rel:import. Hostile documents through the same killable worker as in the app. Each ends within five seconds in text or in one
 * reason; nothing of a file outside comes back; no file outside the temporary folder is written, none but the document is read, no
 * network is touched (watched from outside with strace); memory stays bounded. `--count`: rounds over all files.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { mostOfADocument } from '../../src-main/app/documents'
import type { DocumentRead } from '../../src-main/documents'
import { createWorkerHost } from '../../src-main/worker-host'
import { hostileFiles, type HostileFile } from './import/hostile'
import { strangeCalls } from './import/calls'
import { folderOnDisk } from './support/folders'
import { runProgram, type Program } from './support/program'

const secretWords = 'the secret of another folder'
/** What one file may add to the process (reliability.md: 200 MB), plus what a worker itself takes. */
const mostMemory = 260 * 1024 * 1024

const runWorker = createWorkerHost(new URL(import.meta.url))
/** As app/documents.ts does it. */
const read = async (path: string): Promise<DocumentRead> => {
  const end = await runWorker('readDocument', path, mostOfADocument).ended
  return end.outcome === 'answered' ? (end.answer as DocumentRead) : { ok: false, why: 'unsafe' }
}
const builtIn = Object.getOwnPropertyNames(Object.prototype).length

/** What became of one file, as the watched half saw it. */
type Seen = {
  readonly text: string | null
  readonly why: string | null
  readonly ms: number
  readonly memory: number
  readonly prototypeChanged: boolean
}

const see = async (path: string): Promise<Seen> => {
  const before = process.memoryUsage.rss()
  let highest = before
  const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20)
  const started = performance.now()
  const result = await read(path)
  const ms = performance.now() - started
  clearInterval(watch)
  return {
    text: result.ok ? result.document.text.slice(0, 100_000) : null,
    why: result.ok ? null : result.why,
    ms,
    memory: highest - before,
    prototypeChanged: Object.getOwnPropertyNames(Object.prototype).length !== builtIn
  }
}

const judge = (program: Program, file: HostileFile, seen: Seen): void => {
  const asked = file.expect
  const asExpected = seen.text !== null ? 'says' in asked && seen.text.includes(asked.says) : 'why' in asked && asked.why.some((why) => why === seen.why)
  program.check(asExpected, () => `${file.name}: ${seen.why ?? 'text'}, not ${JSON.stringify(asked)}`)
  program.check(seen.ms <= mostOfADocument.silenceMs + 500, () => `${file.name}: took ${Math.round(seen.ms)} ms`)
  program.check(seen.text?.includes(secretWords) !== true, () => `${file.name}: words of a file outside came back`)
  program.check(seen.memory <= mostMemory, () => `${file.name}: ${Math.round(seen.memory / 1e6)} MB more memory`)
  program.check(!seen.prototypeChanged, () => `${file.name}: a prototype was changed`)
}

const watchedCalls = 'openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,symlink,symlinkat,link,linkat,connect,execve'

/** Reads every file in a process that strace watches. @returns what was seen, and the calls; null when there is no strace */
const readWatched = (root: string, paths: readonly string[]): { readonly seen: readonly Seen[]; readonly calls: string } | null => {
  const list = join(root, 'list.json')
  const log = join(root, 'calls.log')
  writeFileSync(list, JSON.stringify(paths))
  const trace = spawnSync('strace', ['-f', '--seccomp-bpf', '-qq', '-s', '400', '-e', `trace=${watchedCalls}`, '-o', log, process.execPath, fileURLToPath(import.meta.url), `--watched=${list}`], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: root }
  })
  if (trace.error !== undefined) return null
  if (trace.status !== 0) throw new Error(`the watched half ended with ${trace.status ?? trace.signal}: ${trace.stderr}`)
  return { seen: JSON.parse(readFileSync(`${list}.seen`, 'utf8')) as Seen[], calls: readFileSync(log, 'utf8') }
}

const watched = process.argv.find((arg) => arg.startsWith('--watched='))?.slice('--watched='.length)

if (!isMainThread) {
  await import('../../src-main/worker-thread')
} else if (watched !== undefined) {
  const seen: Seen[] = []
  for (const path of JSON.parse(readFileSync(watched, 'utf8')) as string[]) seen.push(await see(path))
  writeFileSync(`${watched}.seen`, JSON.stringify(seen))
} else {
  await runProgram('import', { short: 1, long: 5 }, async (program) => {
    const root = folderOnDisk('import')
    const folder = join(root, 'stick')
    mkdirSync(folder)
    const secret = join(root, 'secret.txt')
    writeFileSync(secret, secretWords)
    const files = hostileFiles(secret, folder)
    for (const file of files) await file.make(join(folder, file.file))
    for (let round = 0; round < program.count; round += 1) {
      const result = readWatched(root, files.map(({ file }) => join(folder, file)))
      if (result === null) {
        program.failed('NOT RUN: strace is missing; apt-get install strace')
        break
      }
      files.forEach((file, index) => judge(program, file, result.seen[index] as Seen))
      program.check(files.some(({ file }) => result.calls.includes(file)), () => 'the watched half read none of the files: nothing was proved')
      const strange = strangeCalls(result.calls, root, secret)
      program.check(strange.length === 0, () => `calls that no document may cause: ${strange.slice(0, 5).join(' | ')}`)
      const slowest = result.seen.reduce((most, { ms }) => Math.max(most, ms), 0)
      const largest = result.seen.reduce((most, { memory }) => Math.max(most, memory), 0)
      program.say(`${files.length} files; the slowest took ${(slowest / 1000).toFixed(1)} s, the hungriest ${Math.round(largest / 1e6)} MB`)
    }
    rmSync(root, { recursive: true, force: true })
  })
}
