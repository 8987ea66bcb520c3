import { checkedText, readChecked } from '../checked-file'
import { writeDurably } from '../durable-files'
import type { Files } from '../files'
import type { Wrap, WrapKind } from './wrap'

/** The small plain file beside a mailbox: whose it is and what opens it. It tells "wrong password" from "damaged" (reliability.md M7: SQLite cannot). */
export type VaultHeader = { readonly accountId: string; readonly wraps: readonly Wrap[] }

export type HeaderRead =
  | { readonly state: 'ok'; readonly header: VaultHeader }
  | { readonly state: 'missing' }
  | { readonly state: 'damaged' }
  | { readonly state: 'newer' }

const format = 'epistle-vault'
const version = 1

/**
 * Writes the header so that a power cut leaves the old one or the new one, never half: a new file, flushed, renamed over
 * the old, and the folder flushed. The one before is kept as `.before`, because without a header no password opens anything.
 */
export const writeHeader = (files: Files, file: string, header: VaultHeader): void => {
  const text = checkedText(format, version, header)
  if (files.exists(file)) writeDurably(files, `${file}.before`, files.read(file))
  writeDurably(files, file, text)
}

/** Reads the header, or the one before it when the newest is damaged or gone. */
export const readHeader = (files: Files, file: string): HeaderRead => {
  const newest = readOne(files, file)
  if (newest.state === 'ok' || newest.state === 'newer') return newest
  const before = readOne(files, `${file}.before`)
  return before.state === 'ok' ? before : newest
}

const readOne = (files: Files, file: string): HeaderRead => {
  let text: string
  try {
    text = files.read(file)
  } catch {
    return { state: files.exists(file) ? 'damaged' : 'missing' }
  }
  const read = readChecked<VaultHeader>(format, version, text)
  return read.state === 'ok' ? { state: 'ok', header: read.value } : read
}

export const findWrap = (header: VaultHeader, kind: WrapKind): Wrap | null => header.wraps.find((wrap) => wrap.kind === kind) ?? null

/** The header with one wrap put in the place of its kind; the others are untouched. */
export const withWrap = (header: VaultHeader, wrap: Wrap): VaultHeader => ({
  ...header,
  wraps: [...header.wraps.filter((other) => other.kind !== wrap.kind), wrap]
})

export const withoutWrap = (header: VaultHeader, kind: WrapKind): VaultHeader => ({
  ...header,
  wraps: header.wraps.filter((wrap) => wrap.kind !== kind)
})
