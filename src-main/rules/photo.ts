import type { PhotoTrouble } from '../contract/photos'
import { safeFileName } from './file-names'

/** domain.md, Stamps and money; bad-inputs.md, Attachment. Bytes and dots. */
export const photoLimits = {
  /** The most any facility takes with one letter. */
  perLetter: 5,
  /** The most that come along with a message of an older archive. */
  perImported: 20,
  /** The most the service takes for one photo. */
  bytes: 3 * 1024 * 1024,
  /** A file larger than this is not opened. */
  fileBytes: 10 * 1024 * 1024,
  /** What is left of a photo once it was made smaller for the letter: it goes over the bridge in one call. */
  keptBytes: 1_400_000,
  /** Its longest side then: more than the screens it is read on can show. */
  keptSide: 2_048,
  /** More dots than this are not even unpacked. */
  dots: 120_000_000
} as const

/** What a photo is called: the name of its file without the ending, which says less than what is in it. */
export const photoName = (fileName: string): string => safeFileName(fileName.replace(/\.[a-z0-9]{1,5}$/iu, ''), 'photo')

/** Endings of pictures of any kind: those that no letter can carry are told so by their own sentence. */
const pictureEnding = /\.(jpe?g|jfif|png|heic|heif|gif|webp|bmp|tiff?|svg|avif)$/iu

/**
 * Whether a file that was dropped or pasted is meant as a photo. What it is, {@link lookAtPhoto} says.
 * @param file its name, and its type as the system gives it (empty where it does not know)
 */
export const isMeantAsPhoto = ({ name, type }: { readonly name: string; readonly type: string }): boolean => type.startsWith('image/') || pictureEnding.test(name)

/** What the bytes of a photo say. `bare`: nothing but the picture is in the file (no place, time or device, no second picture, nothing behind its end). */
export type PhotoFacts = { readonly type: 'jpeg' | 'png'; readonly width: number; readonly height: number; readonly bare: boolean }
export type PhotoLook = { readonly ok: true; readonly facts: PhotoFacts } | { readonly ok: false; readonly why: Extract<PhotoTrouble, 'empty' | 'notPhoto' | 'heic' | 'cut' | 'tooLarge'> }

const no = (why: Extract<PhotoLook, { ok: false }>['why']): PhotoLook => ({ ok: false, why })

/**
 * Looks at a file by what is in it, never by its name, without unpacking the picture.
 * @param file the whole file
 * @returns what it is, or why it cannot go with a letter
 * Source: bad-inputs.md (Attachment); ITU-T T.81 annex B (JPEG); W3C PNG, 5 (PNG).
 */
export const lookAtPhoto = (file: Uint8Array): PhotoLook => {
  if (file.length === 0) return no('empty')
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, index) => file[index] === byte)
  const found = begins(0xff, 0xd8, 0xff) ? jpegFacts(file, view) : begins(...pngSignature) ? pngFacts(file, view) : isHeic(file) ? no('heic') : no('notPhoto')
  if (!found.ok) return found
  const dots = found.facts.width * found.facts.height
  if (dots === 0) return no('notPhoto')
  return dots > photoLimits.dots ? no('tooLarge') : found
}

const text = (file: Uint8Array, from: number, length: number): string => String.fromCharCode(...file.subarray(from, from + length))

/** ISO base media files name their kind in the first box. */
const isHeic = (file: Uint8Array): boolean => text(file, 4, 4) === 'ftyp' && ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1', 'avif'].includes(text(file, 8, 4))

// JPEG: markers, each with the length of what it brings, until the picture's own bytes begin.
const endOfImage = 0xd9
const startOfScan = 0xda
const alone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
/** Frames tell the size; DHT, JPG and DAC lie among their numbers. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** Of the segments for other purposes: the plain head (JFIF), colours (ICC), and how Adobe wrote them. Comments and all others may tell about somebody. */
const isPlain = (marker: number, file: Uint8Array, at: number): boolean => {
  if (marker === 0xe0) return text(file, at, 4) === 'JFIF'
  if (marker === 0xe2) return text(file, at, 11) === 'ICC_PROFILE'
  if (marker === 0xee) return text(file, at, 5) === 'Adobe'
  return marker !== 0xfe && !(marker >= 0xe0 && marker <= 0xef)
}

const jpegFacts = (file: Uint8Array, view: DataView): PhotoLook => {
  let size: { readonly width: number; readonly height: number } | null = null
  let bare = true
  let at = 2
  while (at + 1 < file.length) {
    if (file[at] !== 0xff) return no('cut')
    const marker = file[at + 1] ?? 0
    at += 2
    if (marker === 0xff) {
      at -= 1
      continue
    }
    if (marker === endOfImage) {
      if (size === null) return no('notPhoto')
      return { ok: true, facts: { type: 'jpeg', ...size, bare: bare && at === file.length } }
    }
    if (alone(marker)) continue
    if (at + 2 > file.length) break
    const length = view.getUint16(at)
    if (length < 2 || at + length > file.length) break
    if (isFrame(marker) && length >= 7) size = { height: view.getUint16(at + 3), width: view.getUint16(at + 5) }
    if (!isPlain(marker, file, at + 2)) bare = false
    at += length
    if (marker === startOfScan) at = endOfScan(file, at)
  }
  return no('cut')
}

/** In a scan a marker's first byte is followed by 0 where it is none; what follows else, but for the marks to begin again at, ends it. */
const endOfScan = (file: Uint8Array, from: number): number => {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1]
    if (next !== undefined && next !== 0 && next !== 0xff && !alone(next)) return at
  }
  return file.length
}

// PNG: chunks, each with its length, name and check sum, from IHDR to IEND.
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const
/** What the picture is made of. Words, times, EXIF and further frames are none of it. */
const picture = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'bKGD', 'pHYs', 'cICP']

const pngFacts = (file: Uint8Array, view: DataView): PhotoLook => {
  let size: { readonly width: number; readonly height: number } | null = null
  let bare = true
  let at: number = pngSignature.length
  while (at + 12 <= file.length) {
    const length = view.getUint32(at)
    const name = text(file, at + 4, 4)
    if (at + 12 + length > file.length) return no('cut')
    if (size === null) {
      if (name !== 'IHDR' || length !== 13) return no('notPhoto')
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    }
    if (!picture.includes(name)) bare = false
    at += 12 + length
    if (name === 'IEND') return { ok: true, facts: { type: 'png', ...size, bare: bare && at === file.length } }
  }
  return no('cut')
}
