/** What hangs on an e-mail and calls itself a photo, or is one that was made to harm (bad-inputs.md, Attachment). The letter comes, whatever hangs on it. */
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { photoLimits } from '../../../src-main/rules/photo'
import { fixturePhoto, pngPhoto } from '../../support/photos'

/** An e-mail's parts behind its text; how many photos come along, and whether something is left out (1) or not (0). */
type HostilePhotos = { readonly name: string; readonly parts: readonly string[]; readonly photos: number; readonly leftOut: 0 | 1 }

const part = (fileName: string, bytes: Uint8Array, type = 'image/jpeg', head = ''): string =>
  `Content-Type: ${type}\r\nContent-Disposition: attachment; filename="${fileName}"\r\n${head}Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n')}`
const named = (parameter: string, n: number): string => `Content-Type: image/png\r\nContent-Disposition: attachment; ${parameter}\r\nContent-Transfer-Encoding: base64\r\n\r\n${pngPhoto(n).toString('base64')}`
const one = (name: string, bytes: Uint8Array, photos: 0 | 1, fileName = 'photo.jpg', type?: string): HostilePhotos => ({ name, parts: [part(fileName, bytes, type)], photos, leftOut: photos === 1 ? 0 : 1 })

const jpeg = fixturePhoto('chapel.jpg')
const png = pngPhoto(5)
const at = (bytes: Buffer, place: number, ...values: readonly number[]): Buffer => {
  const changed = Buffer.from(bytes)
  changed.set(values, place)
  return changed
}
const sized = (side: number): Buffer => {
  const changed = Buffer.from(png)
  changed.writeUInt32BE(side, 16)
  changed.writeUInt32BE(side, 20)
  return changed
}
/** So many bytes in a chunk that is no picture. */
const heavy = (shade: number, bytes: number): Buffer => pngPhoto(shade, 8, [['tEXt', Buffer.alloc(bytes, shade % 251)]])

export const hostilePhotos: readonly HostilePhotos[] = [
  one('a drawing with a script in it', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'), 0, 'photo.svg', 'image/svg+xml'),
  one('a web page called photo', Buffer.from('<!doctype html><script>alert(1)</script>'), 0),
  one('a program called photo', Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), Buffer.alloc(4_000, 7)]), 0),
  one('a moving picture', Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;', 'latin1'), 0, 'photo.gif', 'image/gif'),
  one('a photo of a newer phone', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 0, 'photo.heic', 'image/heic'),
  one('a photo of no bytes', Buffer.alloc(0), 0),
  one('a photo of fifty thousand dots each way', sized(50_000), 0, 'photo.png', 'image/png'),
  one('a photo of no dots', sized(0), 0, 'photo.png', 'image/png'),
  one('a cut JPEG', jpeg.subarray(0, jpeg.length >> 1), 0),
  one('a cut PNG', png.subarray(0, png.length - 5), 0),
  one('a JPEG of nothing but its first sign', Buffer.concat([jpeg.subarray(0, 3), Buffer.alloc(3_000_000, 0xff)]), 0),
  one('a JPEG whose parts have no length', at(jpeg, 4, 0, 0), 0),
  one('a PNG whose first part is endless', at(png, 8, 0xff, 0xff, 0xff, 0xff), 0, 'photo.png'),
  one('a JPEG under the name of a PNG', jpeg, 1, 'photo.png', 'image/png'),
  one('a photo under the name of a program', png, 1, 'photo.jpg.exe', 'application/octet-stream'),
  // A photo all the same: whoever looks at it sees the photo, and nothing here unpacks what is behind its end.
  one('a JPEG that is a package, too', Buffer.concat([jpeg, Buffer.from(zipSync({ 'run.exe': new Uint8Array(1_000) }))]), 1),
  one('a photo larger than anybody opens', heavy(1, photoLimits.fileBytes), 0, 'photo.png'),
  { name: 'photos that are too much together', parts: Array.from({ length: 4 }, (_, n) => part(`${n}.png`, heavy(n, 4_300_000))), photos: 3, leftOut: 1 },
  { name: 'five hundred small photos', parts: Array.from({ length: 500 }, (_, n) => part(`${n}.png`, pngPhoto(n, 1))), photos: photoLimits.perImported, leftOut: 1 },
  { name: 'the same photo forty times', parts: Array.from({ length: 40 }, () => part('photo.jpg', jpeg)), photos: 1, leftOut: 0 },
  { name: 'photos whose names climb out', parts: [part('../../../../tmp/planted.png', pngPhoto(1)), part('..\\..\\CON.png', pngPhoto(2)), part('/etc/passwd', pngPhoto(3)), part('C:\\x.png', pngPhoto(4))], photos: 4, leftOut: 0 },
  {
    name: 'photos whose names turn round or never end',
    parts: ["filename*=utf-8''%E2%80%AEgpj.exe", `filename="${'x'.repeat(5_000)}.png"`, 'filename="=?utf-8?B?AAAA?=\0.png"', 'filename*0="a"; filename*999="b"'].map(named),
    photos: 4,
    leftOut: 0
  },
  { name: 'a photo packed once more', parts: [part('photo.jpg', gzipSync(jpeg))], photos: 0, leftOut: 1 },
  { name: 'a photo in the text and one beside it', parts: [part('inline.png', pngPhoto(1), 'image/png', 'Content-ID: <a@b>\r\n'), part('page.html', Buffer.from('<img src="cid:a@b">'), 'text/html'), part('photo.png', pngPhoto(2))], photos: 2, leftOut: 1 }
]

/** Far more than a worker may hold, one letter after the other. */
export const longAlbum = { letters: 60, part: (n: number): string => part(`${n}.png`, heavy(n, 1_300_000)) }
