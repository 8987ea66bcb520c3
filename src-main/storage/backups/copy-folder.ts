import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkedText, readChecked } from '../checked-file'
import type { Contents } from './contents'

/** What a copy says of itself, in a small plain file: numbers, and nothing anybody wrote. */
export type CopyFacts = {
  readonly accountId: string
  /** Rises with each copy of an account; orders copies, whatever the clock said. */
  readonly sequence: number
  readonly madeAt: number
  readonly bytes: number
  /** Of the mailbox file in the copy, hex. */
  readonly sha256: string
  readonly contents: Contents
}

/** One whole copy: a folder with the encrypted mailbox, the small file that says what opens it, and these facts. */
export type StoredCopy = CopyFacts & { readonly folder: string; readonly name: string }

export const mailboxIn = (folder: string): string => join(folder, 'mailbox.db')
export const headerIn = (folder: string): string => join(folder, 'mailbox.vault')
const factsIn = (folder: string): string => join(folder, 'copy.json')

const format = 'epistle-copy'
const version = 1
const namePattern = /^copy-\d{6,}-[\dT-]+$/u

/** Sorts by name as by age, and can be read by a person who looks into the folder. */
export const copyName = (sequence: number, madeAt: number): string =>
  `copy-${String(sequence).padStart(6, '0')}-${new Date(madeAt).toISOString().slice(0, 19).replaceAll(':', '-')}`

/** What is still being made has this ending; only a rename takes it away, so a copy is whole or does not exist. */
export const unfinished = (folder: string): string => `${folder}.new`

export const factsText = (facts: CopyFacts): string => checkedText(format, version, facts)
export const factsFile = factsIn

/** @returns the copy in this folder, or null when there is none that we can read */
export const readCopy = (folder: string): StoredCopy | null => {
  try {
    const read = readChecked<CopyFacts>(format, version, readFileSync(factsIn(folder), 'utf8'))
    return read.state === 'ok' && existsSync(mailboxIn(folder)) ? { ...read.value, folder, name: basename(folder) } : null
  } catch {
    return null
  }
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Whole copies in a folder, newest first. A folder that is not there holds none. */
export const copiesIn = (folder: string): readonly StoredCopy[] =>
  namesIn(folder)
    .filter((name) => namePattern.test(name))
    .map((name) => readCopy(join(folder, name)))
    .filter((copy) => copy !== null)
    .sort((a, b) => b.sequence - a.sequence)

/** Whether a folder holds a copy by its name, readable or not. */
export const hasCopyNames = (folder: string): boolean => namesIn(folder).some((name) => namePattern.test(name))

/** The number for the next copy: above every one that was ever begun here. */
export const nextSequence = (folder: string): number =>
  Math.max(0, ...namesIn(folder).map((name) => Number(/^copy-(\d+)-/u.exec(name)?.[1] ?? 0))) + 1

/** Takes a copy away; its facts first, so that what is left of a half-removed one is no copy. */
export const removeCopy = (folder: string): void => {
  rmSync(factsIn(folder), { force: true })
  rmSync(folder, { recursive: true, force: true })
}

/** Removes what a crash left unfinished. */
export const removeUnfinished = (folder: string): void => {
  for (const name of namesIn(folder)) if (name.startsWith('copy-') && name.endsWith('.new')) rmSync(join(folder, name), { recursive: true, force: true })
}
