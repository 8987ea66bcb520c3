/** Everything a run has written, call by call, with its bytes: read from strace's log. */
import { readFileSync } from 'node:fs'
import { readFacts, type Fact } from '../volunteer/facts'

/** Paths are relative to the profile; '' is the profile itself. */
export type Event =
  | { readonly kind: 'write'; readonly path: string; readonly at: number; readonly bytes: Buffer }
  /** Copied by the system from another file of the profile, as that one then was. */
  | { readonly kind: 'copy'; readonly path: string; readonly from: string; readonly start: number; readonly at: number; readonly length: number }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  | { readonly kind: 'open'; readonly path: string; readonly create: boolean; readonly empty: boolean }
  | { readonly kind: 'sync' | 'remove' | 'makeFolder'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'told'; readonly fact: Fact }

const calls = ['openat', 'pwrite64', 'write', 'writev', 'pwritev', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'unlink', 'mkdir', 'copy_file_range', 'sendfile']

export const recordUnder = (log: string): readonly string[] => ['strace', '-f', '-qq', '-y', '-xx', '-s', '4000000', '-o', log, '-e', `trace=${calls.join(',')}`]

const line = /^\d+ +(\w+)\((.*)\) += (-?\d+)/su
const unhex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex')
const strings = (text: string): readonly Buffer[] => [...text.matchAll(/"([^"]*)"/gu)].map((found) => unhex(found[1] ?? ''))
const handle = /^(\d+)<([^>]*)>/u

/** @throws when the run has written in a way that is not understood here: what is not recorded cannot be lost */
export const readWriteLog = (log: string, folder: string): readonly Event[] => {
  const events: Event[] = []
  /** Where plain `write` stands in each open file. */
  const positions = new Map<string, number>()
  let told = ''
  const inProfile = (path: string): string | null => (path === folder ? '' : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null)
  for (const text of wholeLines(readFileSync(log, 'latin1'))) {
    const [, call = '', rest = '', result = ''] = line.exec(text) ?? []
    if (call === '' || result.startsWith('-')) continue
    if (call === 'openat' || call === 'rename' || call === 'unlink' || call === 'mkdir') {
      const [first = Buffer.alloc(0), second] = strings(rest)
      const path = inProfile(first.toString())
      if (path === null) continue
      if (call === 'openat') {
        positions.set(result, 0)
        if (/O_CREAT|O_TRUNC/u.test(rest)) events.push({ kind: 'open', path, create: rest.includes('O_CREAT'), empty: rest.includes('O_TRUNC') })
      } else if (call === 'rename') events.push({ kind: 'rename', path, to: inProfile(second?.toString() ?? '') ?? '' })
      else events.push({ kind: call === 'unlink' ? 'remove' : 'makeFolder', path })
      continue
    }
    if (call === 'copy_file_range') {
      const [source, target] = [...rest.matchAll(/(\d+)<([^>]*)>/gu)]
      const [from, path] = [source, target].map((found) => inProfile(unhex(found?.[2] ?? '').toString()))
      if (path === null || path === undefined) continue
      if (from === null || from === undefined) throw new Error(`copied from elsewhere: ${text.slice(0, 120)}`)
      const [start, at] = [source, target].map((found) => positions.get(found?.[1] ?? '') ?? 0) as [number, number]
      const length = Number(result)
      for (const found of [source, target]) positions.set(found?.[1] ?? '', (positions.get(found?.[1] ?? '') ?? 0) + length)
      events.push({ kind: 'copy', path, from, start, at, length })
      continue
    }
    const [, number = '', name = ''] = handle.exec(rest) ?? []
    if (call === 'write' && number === '1') {
      told += (strings(rest)[0] ?? Buffer.alloc(0)).toString()
      const end = told.lastIndexOf('\n') + 1
      for (const fact of readFacts(told.slice(0, end))) events.push({ kind: 'told', fact })
      told = told.slice(end)
      continue
    }
    const path = inProfile((name.startsWith('\\x') ? unhex(name) : Buffer.from(name)).toString())
    // A file that was removed while it was open can no longer hold anything back.
    if (path === null || path.endsWith(' (deleted)')) continue
    if (call === 'fsync' || call === 'fdatasync') events.push({ kind: 'sync', path })
    else if (call === 'ftruncate') events.push({ kind: 'truncate', path, size: Number(/, (\d+)$/u.exec(rest)?.[1]) })
    else if (call === 'pwrite64') events.push({ kind: 'write', path, at: Number(/, (\d+)$/u.exec(rest)?.[1]), bytes: wholeBytes(rest, Number(result)) })
    else if (call === 'write') {
      const at = positions.get(number) ?? 0
      positions.set(number, at + Number(result))
      events.push({ kind: 'write', path, at, bytes: wholeBytes(rest, Number(result)) })
    } else throw new Error(`written in a way that is not recorded: ${text.slice(0, 120)}`)
  }
  return events
}

/** Where another thread cuts in, strace writes a call in two lines: taken apart, its write or flush would be missing here. */
const wholeLines = function* (log: string): Generator<string> {
  const begun = new Map<string, string>()
  for (const text of log.split('\n')) {
    const by = text.slice(0, text.indexOf(' '))
    const resumed = /^\d+ +<\.\.\. \w+ resumed>/u.exec(text)
    if (text.endsWith('<unfinished ...>')) begun.set(by, text.slice(0, -'<unfinished ...>'.length).trimEnd())
    else if (resumed !== null) {
      yield (begun.get(by) ?? '') + text.slice(resumed[0].length)
      begun.delete(by)
    } else yield text
  }
}

const wholeBytes = (rest: string, length: number): Buffer => {
  const bytes = strings(rest)[0] ?? Buffer.alloc(0)
  if (bytes.length !== length) throw new Error(`${bytes.length} of ${length} bytes were recorded`)
  return bytes
}
