/**
 * A disk that forgets. What was written and not flushed is kept or lost, each write by itself, with even chances, and now and then
 * only some of its sectors; a new name, a rename or a removal that its folder was not flushed for is kept or lost too.
 * Harsher than a real disk, which forgets in some order.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SeededNumbers } from '../support/seeded-numbers'
import type { Event } from './write-log'

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly size: number }
type File = { durable: Buffer; pending: Change[] }
type NameChange = { readonly folder: string; readonly apply: (names: Map<string, File>) => void }

const sector = 512

/** @returns a new content; the old one is left as it is */
const applyAll = (content: Buffer, changes: readonly Change[]): Buffer => {
  if (changes.length === 0) return content
  const longest = changes.reduce((most, change) => Math.max(most, 'size' in change ? change.size : change.at + change.bytes.length), content.length)
  const bytes = Buffer.alloc(longest)
  content.copy(bytes)
  let length = content.length
  for (const change of changes) {
    if ('size' in change) {
      if (change.size < length) bytes.fill(0, change.size, length)
      length = change.size
    } else {
      change.bytes.copy(bytes, change.at)
      length = Math.max(length, change.at + change.bytes.length)
    }
  }
  return bytes.subarray(0, length)
}

const folderOf = (path: string): string => (dirname(path) === '.' ? '' : dirname(path))

const moveFolder = (names: Map<string, File>, from: string, to: string): void => {
  for (const [path, file] of [...names]) {
    if (!path.startsWith(`${from}/`)) continue
    names.delete(path)
    names.set(`${to}${path.slice(from.length)}`, file)
  }
}

export const createDisk = (profileDir: string) => {
  const durableNames = new Map<string, File>()
  const names = new Map<string, File>()
  const folders: string[] = []
  let nameChanges: NameChange[] = []
  const load = (relative: string): void => {
    for (const name of readdirSync(join(profileDir, relative))) {
      const path = relative === '' ? name : `${relative}/${name}`
      if (statSync(join(profileDir, path)).isDirectory()) {
        folders.push(path)
        load(path)
      } else {
        const file = { durable: readFileSync(join(profileDir, path)), pending: [] }
        durableNames.set(path, file)
        names.set(path, file)
      }
    }
  }
  load('')

  const rename = (folder: string, change: NameChange['apply']): void => {
    change(names)
    nameChanges.push({ folder, apply: change })
  }
  const fileAt = (path: string): File => {
    const file = names.get(path)
    if (file !== undefined) return file
    // Copies are written on threads of their own, whose first call strace may report after a later one: made now, as not yet flushed.
    if (!path.startsWith('backups/')) throw new Error(`${path} is written and was never made`)
    const made: File = { durable: Buffer.alloc(0), pending: [] }
    rename(folderOf(path), (now) => now.set(path, made))
    return made
  }

  return {
    /** Carries out what the run did. */
    take: (event: Event): void => {
      switch (event.kind) {
        case 'write':
          fileAt(event.path).pending.push({ at: event.at, bytes: event.bytes })
          return
        case 'copy': {
          const source = fileAt(event.from)
          const bytes = Buffer.from(applyAll(source.durable, source.pending).subarray(event.start, event.start + event.length))
          fileAt(event.path).pending.push({ at: event.at, bytes })
          return
        }
        case 'truncate':
          fileAt(event.path).pending.push({ size: event.size })
          return
        case 'open': {
          const known = names.get(event.path)
          if (known === undefined) {
            if (!event.create) return
            const file = { durable: Buffer.alloc(0), pending: [] }
            rename(folderOf(event.path), (now) => now.set(event.path, file))
          } else if (event.empty) known.pending.push({ size: 0 })
          return
        }
        case 'sync': {
          const file = names.get(event.path)
          if (file !== undefined) {
            file.durable = applyAll(file.durable, file.pending)
            file.pending = []
          } else {
            nameChanges.filter(({ folder }) => folder === event.path).forEach((change) => change.apply(durableNames))
            nameChanges = nameChanges.filter(({ folder }) => folder !== event.path)
          }
          return
        }
        case 'remove':
          rename(folderOf(event.path), (now) => void now.delete(event.path))
          return
        case 'rename': {
          if (folders.includes(event.path)) {
            folders.push(event.to)
            rename(folderOf(event.to), (now) => moveFolder(now, event.path, event.to))
            return
          }
          const file = fileAt(event.path)
          rename(folderOf(event.to), (now) => {
            now.delete(event.path)
            now.set(event.to, file)
          })
          return
        }
        case 'makeFolder':
          folders.push(event.path)
          return
        case 'told':
          return
      }
    },
    /** The power goes: writes what is left into a folder. @returns how many writes and names were lost */
    cut: (target: string, random: SeededNumbers): number => {
      let lost = 0
      const kept = (): boolean => {
        const stays = random.number() < 0.5
        if (!stays) lost += 1
        return stays
      }
      const left = new Map(durableNames)
      nameChanges.forEach((change) => (kept() ? change.apply(left) : undefined))
      mkdirSync(target, { recursive: true })
      folders.forEach((folder) => mkdirSync(join(target, folder), { recursive: true }))
      for (const [path, file] of left) {
        const stays = file.pending.filter(kept).map((change) => torn(change, random))
        writeFileSync(join(target, path), applyAll(file.durable, stays))
      }
      return lost
    }
  }
}

/** One write in eight reaches the disk only in part: its first sectors or its last; the others hold what was there. */
const torn = (change: Change, random: SeededNumbers): Change => {
  if ('size' in change || change.bytes.length <= sector || random.number() >= 0.125) return change
  const middle = (1 + random.below(Math.ceil(change.bytes.length / sector) - 1)) * sector
  return random.number() < 0.5 ? { at: change.at, bytes: change.bytes.subarray(0, middle) } : { at: change.at + middle, bytes: change.bytes.subarray(middle) }
}
