/** PNG files made of their dots, with nothing else in them unless it is asked for. */
import { crc32, deflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const chunk = (name: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** @param rows three bytes for each dot (red, green, blue), row by row, each row begun by a 0 @param more chunks before its end */
export const pngOf = (width: number, height: number, rows: Uint8Array, more: readonly (readonly [name: string, data: Uint8Array])[] = []): Buffer => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), ...more.map(([name, data]) => chunk(name, data)), chunk('IEND', Buffer.alloc(0))])
}
