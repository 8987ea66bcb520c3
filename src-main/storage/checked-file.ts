import { crc32 } from 'node:zlib'

/** A small file of ours that says what it is, how it is written, and whether it is whole. */
export type CheckedRead<T> =
  | { readonly state: 'ok'; readonly value: T }
  | { readonly state: 'damaged' }
  /** Made by a newer app. */
  | { readonly state: 'newer' }

/** @returns the text to write: the value with its format, version and checksum */
export const checkedText = (format: string, version: number, value: unknown): string => {
  const body = JSON.stringify(value)
  return JSON.stringify({ format, version, crc: checksum(version, body), body })
}

/** The version is part of it: one flipped bit must not make a file look as if a newer app had written it. */
const checksum = (version: number, body: string): number => crc32(`${version} ${body}`)

/** Reads such a text back. The checksum says that it is what we wrote, so its shape is what we wrote too. */
export const readChecked = <T>(format: string, version: number, text: string): CheckedRead<T> => {
  const outer = parse(text)
  if (!isRecord(outer) || outer['format'] !== format || typeof outer['version'] !== 'number') return { state: 'damaged' }
  const body = outer['body']
  if (typeof body !== 'string' || outer['crc'] !== checksum(outer['version'], body)) return { state: 'damaged' }
  if (outer['version'] > version) return { state: 'newer' }
  return { state: 'ok', value: JSON.parse(body) as T }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
