/**
 * rel:import. Hostile documents and hostile archives of letters through the same killable worker as in the app. Each ends within five
 * seconds in text, in letters or in one reason (an honest long one keeps telling how far it is); nothing of a file outside comes back; no file
 * outside the temporary folder is written, none but the given one is read, no network is touched (watched from outside with strace); memory
 * stays bounded. The short cut takes every third file, `--long` all of them and a table of a million rows. `--count`: rounds over the files.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { archiveLimits } from '../../src-main/exchange/limits'
import { safeFileName } from '../../src-main/rules/file-names'
import { strangeCalls } from './import/calls'
import { hostileFiles, type HostileFile } from './import/hostile'
import { hostileArchives, type HostileArchive } from './import/hostile-archives'
import { createSight, type Kind, type Seen } from './import/see'
import { folderOnDisk } from './support/folders'
import { runProgram, type Program } from './support/program'

/** The short cut takes one file of so many; from which one on, the seed says. */
const shortCut = 3
const secretWords = 'the secret of another folder'
const longest = archiveLimits.silenceMs
/** And until its thread has begun, which has as long itself, and has ended. */
const graceMs = longest + 1_500
/** What one file may add to the process (reliability.md: 200 MB), plus what a worker itself takes. */
const mostMemory = 260 * 1024 * 1024

/** A file with the check of what came of it: null, or what is wrong. */
type Case = { readonly kind: Kind; readonly name: string; readonly file: string; readonly long: boolean; readonly make: (path: string) => Promise<void>; readonly asExpected: (seen: Seen) => boolean; readonly expect: unknown }

const documentCase = (file: HostileFile): Case => ({
  ...file,
  kind: 'document',
  long: false,
  asExpected: ({ why, text }) => ('says' in file.expect ? why === null && text.includes(file.expect.says) : file.expect.why.some((one) => one === why))
})
const archiveCase = (file: HostileArchive): Case => ({
  ...file,
  kind: 'archive',
  long: file.long === true,
  asExpected: ({ why, text, letters, problems, photos, leftOut }) => {
    const { expect } = file
    if ('why' in expect) return expect.why.some((one) => one === why)
    const said = (expect.says === undefined || text.includes(expect.says)) && (expect.neverSays === undefined || !text.includes(expect.neverSays))
    const hanging = (expect.photos === undefined || expect.photos === photos) && (expect.leftOut === undefined || expect.leftOut === leftOut)
    return why === null && letters === expect.letters && said && hanging && (expect.problems === undefined || expect.problems.join() === problems.join())
  }
})

const judge = (program: Program, { name, expect, asExpected, long }: Case, seen: Seen): void => {
  program.check(asExpected(seen), () => `${name}: ${seen.why ?? `${seen.letters} letters, ${seen.photos} photos, ${seen.leftOut} with something left out, ${seen.problems.join()}, ${JSON.stringify(seen.text.slice(0, 80))}`}, not ${JSON.stringify(expect)}`)
  program.check((long ? seen.silence : seen.ms) <= longest + graceMs, () => `${name}: took ${Math.round(seen.ms)} ms, silent for ${Math.round(seen.silence)} ms`)
  program.check(!seen.text.includes(secretWords), () => `${name}: words of a file outside came back`)
  program.check(seen.memory <= mostMemory, () => `${name}: ${Math.round(seen.memory / 1e6)} MB more memory`)
  program.check(seen.names.every((photo) => photo === safeFileName(photo)), () => `${name}: a photo is called ${JSON.stringify(seen.names)}`)
  program.check(!seen.prototypeChanged, () => `${name}: a prototype was changed`)
}

const watchedCalls = 'openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,symlink,symlinkat,link,linkat,connect,execve'

/** What the watched half is given. */
type ToRead = readonly { readonly kind: Kind; readonly path: string }[]

/** Reads every file in a process that strace watches. @returns what was seen, and the calls; null when there is no strace */
const readWatched = (root: string, files: ToRead): { readonly seen: readonly Seen[]; readonly calls: string } | null => {
  const list = join(root, 'list.json')
  const log = join(root, 'calls.log')
  writeFileSync(list, JSON.stringify(files))
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
  const see = createSight(new URL(import.meta.url))
  const seen: Seen[] = []
  for (const { kind, path } of JSON.parse(readFileSync(watched, 'utf8')) as ToRead) seen.push(await see(kind, path))
  writeFileSync(`${watched}.seen`, JSON.stringify(seen))
} else {
  await runProgram('import', { short: 1, long: 5 }, async (program) => {
    const root = folderOnDisk('import')
    const folders = { document: join(root, 'stick'), archive: join(root, 'old-letters') }
    Object.values(folders).forEach((folder) => mkdirSync(folder))
    const secret = join(root, 'secret.txt')
    writeFileSync(secret, secretWords)
    const all = [...hostileFiles(secret, folders.document).map(documentCase), ...hostileArchives(program.long ? 1_000_000 : 20_000).map(archiveCase)]
    const cases = program.long ? all : all.filter((_, index) => index % shortCut === program.seed % shortCut)
    const toRead = cases.map(({ kind, file }) => ({ kind, path: join(folders[kind], file) }))
    for (const [index, { make }] of cases.entries()) await make(toRead[index]?.path ?? '')
    for (let round = 0; round < program.count; round += 1) {
      const result = readWatched(root, toRead)
      if (result === null) {
        program.failed('NOT RUN: strace is missing; apt-get install strace')
        break
      }
      cases.forEach((one, index) => judge(program, one, result.seen[index] as Seen))
      for (const kind of ['document', 'archive'] as const)
        program.check(result.calls.includes(folders[kind]), () => `the watched half read no ${kind}: nothing was proved`)
      const strange = strangeCalls(result.calls, root, secret)
      program.check(strange.length === 0, () => `calls that no file may cause: ${strange.slice(0, 5).join(' | ')}`)
      for (const kind of ['document', 'archive'] as const) {
        const seen = result.seen.filter((_, index) => cases[index]?.kind === kind && !cases[index]?.long)
        const worst = (of: (one: Seen) => number): number => seen.reduce((most, one) => Math.max(most, of(one)), 0)
        program.say(`${seen.length} ${kind}s; the slowest took ${(worst(({ ms }) => ms) / 1000).toFixed(1)} s, the hungriest ${Math.round(worst(({ memory }) => memory) / 1e6)} MB`)
      }
      cases.forEach(({ long, name }, index) => {
        const seen = result.seen[index] as Seen
        if (long) program.say(`${name}: ${(seen.ms / 1000).toFixed(1)} s, never silent for more than ${Math.round(seen.silence)} ms, ${Math.round(seen.memory / 1e6)} MB`)
      })
    }
    rmSync(root, { recursive: true, force: true })
  })
}
