/** Every write of a run to the files of a profile, counted with strace, and the way to end a run at exactly one of them. */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'

/** What changes a file or a folder. `fdatasync` is among them, though SQLite on Linux only ever calls `fsync` (reliability.md, trap a). */
const calls = ['fsync', 'fdatasync', 'pwrite64', 'write', 'ftruncate', 'rename', 'unlink', 'mkdir', 'copy_file_range', 'sendfile', 'openat'] as const
type Call = (typeof calls)[number]

/** One write: the `when`-th call of its kind that touches a file of the profile. */
export type Point = { readonly call: Call; readonly when: number; readonly path: string; readonly what: string }

export const straceVersion = (): string | null => {
  try {
    return execFileSync('strace', ['-V'], { encoding: 'utf8' }).split('\n')[0] ?? ''
  } catch {
    return null
  }
}

export const straceIsMissing = 'NOT RUN: strace is missing. Install it: sudo apt-get install -y strace'

export const countUnder = (log: string): readonly string[] => ['strace', '-f', '-qq', '-y', '-s', '60', '-o', log, '-e', `trace=${calls.join(',')}`]

/**
 * Ends the process at one point, before the call is carried out. Without `--seccomp-bpf`, with which strace 6.1 injects nothing.
 * @param paths every file of the profile that the run touches: calls on pipes and events, whose number varies, must not count
 */
export const killUnder = (point: Point, paths: readonly string[]): readonly string[] => [
  'strace', '-f', '-qq', '-o', '/dev/null', ...paths.flatMap((path) => ['-P', path]), '-e', `trace=${point.call}`, '-e', `inject=${point.call}:signal=SIGKILL:when=${point.when}`
]

const line = /^(\d+) +(\w+)\((.*)$/u
/** The file a call is about: the handle's path, or the first path that is written out. */
const handlePath = /^\d+<([^>]*)>/u
const writtenPath = /"([^"]*)"/u

/** Reads a count log: the points between the marks `begin` and `end`, and every file of the folder that is touched. */
export const readTrace = (log: string, folder: string): { readonly points: readonly Point[]; readonly paths: readonly string[] } => {
  const counts = new Map<Call, number>()
  const paths = new Set<string>()
  const points: Point[] = []
  let inside = false
  let thread: string | null = null
  for (const text of readFileSync(log, 'utf8').split('\n')) {
    const [, by = '', name = '', rest = ''] = line.exec(text) ?? []
    const call = calls.find((known) => known === name)
    if (call === undefined) continue
    if (call === 'write' && rest.includes('\\"name\\":\\"begin\\"')) inside = true
    if (call === 'write' && rest.includes('\\"name\\":\\"end\\"')) inside = false
    const path = call === 'openat' || call === 'rename' || call === 'unlink' || call === 'mkdir' ? writtenPath.exec(rest)?.[1] : handlePath.exec(rest)?.[1]
    if (path === undefined || !path.startsWith(folder)) continue
    // strace counts for each thread by itself; all our files are written by one.
    thread ??= by
    if (by !== thread) throw new Error(`a file is written from another thread: ${text}`)
    paths.add(path.replace(/ \(deleted\)$/u, ''))
    const when = (counts.get(call) ?? 0) + 1
    counts.set(call, when)
    if (inside && (call !== 'openat' || /O_CREAT|O_TRUNC/u.test(rest))) points.push({ call, when, path: path.slice(folder.length), what: text.slice(text.indexOf(' ') + 1, 160).replaceAll(folder, '') })
  }
  rmSync(log)
  return { points, paths: [...paths] }
}
