import { join } from 'node:path'
import type { Trouble, TroubleCode, TroubleKind } from '../contract/surroundings'
import { writeDurably } from './durable-files'
import type { Files } from './files'

/** Older ones fall off. */
const mostKept = 100
/** The same trouble within this time is one line with a count. */
const sameWithinMs = 3_600_000

/** Names of commands and parts, like `drafts.save`: nothing a person could have written fits through here. */
const nameShape = /^[a-z][A-Za-z]{0,30}(\.[a-zA-Z]{1,30})?$/u

/** The closed lists that a kept line has to be from: the file is plain, and whoever edits it adds no words to the page. */
export type KnownTroubles = { readonly kinds: readonly string[]; readonly codes: readonly string[] }

const isTrouble = (value: unknown, known: KnownTroubles): value is Trouble => {
  if (typeof value !== 'object' || value === null) return false
  const { kind, code, where, firstAt, lastAt, count } = value as Readonly<Record<string, unknown>>
  return (
    known.kinds.includes(String(kind)) &&
    known.codes.includes(String(code)) &&
    typeof where === 'string' &&
    nameShape.test(where) &&
    [firstAt, lastAt, count].every((number) => typeof number === 'number' && Number.isFinite(number))
  )
}

const readKept = (files: Files, file: string, known: KnownTroubles): readonly Trouble[] => {
  try {
    const value: unknown = JSON.parse(files.read(file))
    return Array.isArray(value) ? value.filter((one): one is Trouble => isTrouble(one, known)).slice(0, mostKept) : []
  } catch {
    return []
  }
}

/**
 * What went wrong lately: kind, code, part and time, newest first; never more than a hundred lines and never a word of anybody's. Kept in a small
 * file of its own, so that it outlives a damaged database; while the disk takes nothing it is kept in memory and written later.
 */
export const openTroubleLog = (files: Files, profileDir: string, now: () => number, known: KnownTroubles) => {
  const file = join(profileDir, 'troubles.json')
  let troubles = readKept(files, file, known)
  let unwritten = false
  const write = (): void => {
    try {
      writeDurably(files, file, JSON.stringify(troubles))
      unwritten = false
    } catch {
      // The trouble may be the disk itself; the next one, or the end, tries again.
      unwritten = true
    }
  }
  return {
    list: (): readonly Trouble[] => troubles,
    /** @param where the name of a command or part; anything else becomes `app` */
    note: (kind: TroubleKind, code: TroubleCode, where: string): void => {
      const at = now()
      const name = nameShape.test(where) ? where : 'app'
      const same = troubles.find((one) => one.kind === kind && one.code === code && one.where === name && Math.abs(at - one.lastAt) < sameWithinMs)
      const entry: Trouble = same === undefined ? { kind, code, where: name, firstAt: at, lastAt: at, count: 1 } : { ...same, lastAt: at, count: same.count + 1 }
      troubles = [entry, ...troubles.filter((one) => one !== same)].slice(0, mostKept)
      // A trouble that comes in floods is written when it is new, and once more at the end.
      if (same === undefined || unwritten) write()
      else unwritten = true
    },
    /** Writes what a full disk did not take before. */
    settle: (): void => {
      if (unwritten) write()
    }
  }
}

export type TroubleLog = ReturnType<typeof openTroubleLog>
