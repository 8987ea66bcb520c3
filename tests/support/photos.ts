/** Photos to send: real ones made of a few dots, as many different ones as a test needs, and those of tests/fixtures/photos. */
import { readFileSync } from 'node:fs'
import type { Photo } from '@contract/photos'
import type { TestDesk } from './core'
import { pngOf } from './png'

/** A square PNG of one shade: nothing but the picture is in it. @param shade 0 to 16,777,215 @param more chunks before its end */
export const pngPhoto = (shade = 0, side = 8, more: readonly (readonly [name: string, data: Uint8Array])[] = []): Buffer => {
  const dot = Buffer.from([(shade >> 16) & 255, (shade >> 8) & 255, shade & 255])
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: side }, () => dot)])
  const rows = Buffer.concat(Array.from({ length: side }, () => row))
  return pngOf(side, side, rows, more)
}

export const fixturePhoto = (name: 'chapel.jpg' | 'chapel-from-a-phone.jpg' | 'candle.png'): Buffer => readFileSync(`tests/fixtures/photos/${name}`)

/** Puts a photo into a draft. @returns the photos of the draft */
export const addPhoto = (desk: TestDesk, draftId: string, bytes: Uint8Array = pngPhoto(), name = 'chapel.jpg'): Promise<readonly Photo[]> =>
  desk.must('photos.add', { draftId, name, data: Buffer.from(bytes).toString('base64') })
