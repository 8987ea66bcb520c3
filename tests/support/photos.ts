/** Photos to send: real ones made of a few dots, as many different ones as a test needs, and those of tests/fixtures/photos. */
import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import type { Photo } from '@contract/photos'
import type { TestDesk } from './core'

const chunk = (name: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A square PNG of one shade: nothing but the picture is in it. @param shade 0 to 16,777,215 @param more chunks before its end */
export const pngPhoto = (shade = 0, side = 8, more: readonly (readonly [name: string, data: Uint8Array])[] = []): Buffer => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const dot = Buffer.from([(shade >> 16) & 255, (shade >> 8) & 255, shade & 255])
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: side }, () => dot)])
  const rows = Buffer.concat(Array.from({ length: side }, () => row))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    ...more.map(([name, data]) => chunk(name, data)),
    chunk('IEND', Buffer.alloc(0))
  ])
}

export const fixturePhoto = (name: 'chapel.jpg' | 'chapel-from-a-phone.jpg' | 'candle.png'): Buffer => readFileSync(`tests/fixtures/photos/${name}`)

/** Puts a photo into a draft. @returns the photos of the draft */
export const addPhoto = (desk: TestDesk, draftId: string, bytes: Uint8Array = pngPhoto(), name = 'chapel.jpg'): Promise<readonly Photo[]> =>
  desk.must('photos.add', { draftId, name, data: Buffer.from(bytes).toString('base64') })
