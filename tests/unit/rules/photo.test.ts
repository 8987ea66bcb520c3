/** What is a photo and what is none: by content, never by name. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookAtPhoto, photoLimits, photoName, type PhotoLook } from '@rules/photo'
import { fixturePhoto, pngPhoto } from '../../support/photos'

const chapel = fixturePhoto('chapel.jpg')
const fromAPhone = fixturePhoto('chapel-from-a-phone.jpg')
const whyOf = (look: PhotoLook): string => (look.ok ? 'fine' : look.why)
const text = (words: string): Buffer => Buffer.from(words, 'latin1')
const withoutEnd = (photo: Buffer): Buffer => photo.subarray(0, -2)
/** A segment put behind the first two bytes. */
const withSegment = (marker: number, data: string): Buffer => {
  const body = text(data)
  const head = Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255])
  return Buffer.concat([chapel.subarray(0, 2), head, body, chapel.subarray(2)])
}
const pngOf = (width: number, height: number): Buffer => {
  const photo = Buffer.from(pngPhoto())
  photo.writeUInt32BE(width, 16)
  photo.writeUInt32BE(height, 20)
  return photo
}

describe('a photo', () => {
  it('of a camera or a program is known with its size', () => {
    expect(lookAtPhoto(chapel)).toEqual({ ok: true, facts: { type: 'jpeg', width: 640, height: 480, bare: true } })
    expect(lookAtPhoto(fixturePhoto('candle.png'))).toEqual({ ok: true, facts: { type: 'png', width: 300, height: 400, bare: true } })
    expect(lookAtPhoto(pngPhoto(7, 3))).toEqual({ ok: true, facts: { type: 'png', width: 3, height: 3, bare: true } })
  })

  it('that tells where and when it was taken is not bare', () => {
    expect(lookAtPhoto(fromAPhone)).toMatchObject({ ok: true, facts: { type: 'jpeg', bare: false } })
  })

  it.each([
    ['a place in EXIF', withSegment(0xe1, 'Exif\0\0...'), false],
    ['words of a program', withSegment(0xed, 'Photoshop 3.0'), false],
    ['a comment', withSegment(0xfe, 'by Maria'), false],
    ['a second picture behind it', Buffer.concat([chapel, chapel]), false],
    ['a ZIP behind it', Buffer.concat([chapel, text('PK\u0003\u0004 secret')]), false],
    ['colours', withSegment(0xe2, 'ICC_PROFILE\0...'), true],
    ['something else in the place of colours', withSegment(0xe2, 'MPF\0...'), false],
    ['a PNG with words', pngPhoto(1, 2, [['tEXt', text('Author\0Maria')]]), false],
    ['a PNG that moves', pngPhoto(1, 2, [['acTL', Buffer.alloc(8)]]), false],
    ['a PNG with something behind it', Buffer.concat([pngPhoto(), text('PK')]), false]
  ])('%s', (_what, photo, bare) => {
    expect(lookAtPhoto(photo)).toMatchObject({ ok: true, facts: { bare } })
  })
})

describe('no photo (bad-inputs.md, Attachment)', () => {
  it.each([
    ['0 bytes', Buffer.alloc(0), 'empty'],
    ['a program', text('MZ\u0090\0\u0003'), 'notPhoto'],
    ['SVG', text('<svg xmlns="x"><script>1</script></svg>'), 'notPhoto'],
    ['HTML', text('<!doctype html><p>'), 'notPhoto'],
    ['GIF', text('GIF89a\u0001\0\u0001\0'), 'notPhoto'],
    ['PDF', text('%PDF-1.7'), 'notPhoto'],
    ['a ZIP', text('PK\u0003\u0004'), 'notPhoto'],
    ['HEIC', text('\0\0\0\u0018ftypheic\0\0\0\0'), 'heic'],
    ['three bytes', Buffer.from([0xff, 0xd8, 0xff]), 'cut'],
    ['a JPEG without its end', withoutEnd(chapel), 'cut'],
    ['half a JPEG', chapel.subarray(0, chapel.length / 2), 'cut'],
    ['a JPEG that ends before its picture', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'notPhoto'],
    ['a PNG without its end', pngPhoto().subarray(0, -12), 'cut'],
    ['half a PNG', pngPhoto(3, 64).subarray(0, 60), 'cut'],
    ['a PNG that begins with something else', Buffer.concat([pngPhoto().subarray(0, 8), pngPhoto().subarray(33)]), 'notPhoto'],
    ['50,000 x 50,000 dots', pngOf(50_000, 50_000), 'tooLarge'],
    ['no dots at all', pngOf(0, 8), 'notPhoto']
  ])('%s', (_what, file, why) => {
    expect(whyOf(lookAtPhoto(file))).toBe(why)
  })

  it('a photo cut anywhere is never taken for a whole one', () => {
    for (const photo of [chapel, pngPhoto(9, 16)]) {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: photo.length - 1 }), (length) => {
          expect(lookAtPhoto(photo.subarray(0, length)).ok).toBe(false)
        })
      )
    }
  })

  it('any bytes have an answer, also behind the beginning of a photo', () => {
    const begins = fc.constantFrom<readonly number[]>([], [0xff, 0xd8, 0xff], [0xff, 0xd8, 0xff, 0xda, 0, 2], [...pngPhoto().subarray(0, 33)])
    fc.assert(
      fc.property(begins, fc.uint8Array({ maxLength: 400 }), (begin, rest) => {
        const look = lookAtPhoto(Uint8Array.from([...begin, ...rest]))
        expect(look.ok ? look.facts.width * look.facts.height : 1).toBeLessThanOrEqual(photoLimits.dots)
      })
    )
  })

  it('is looked at where it lies in a larger buffer', () => {
    const around = Buffer.concat([text('xx'), chapel, text('yy')])
    expect(lookAtPhoto(around.subarray(2, -2))).toEqual(lookAtPhoto(chapel))
  })
})

describe('the name of a photo', () => {
  it.each([
    ['IMG_2041.JPG', 'IMG_2041'],
    ['chapel.jpg.exe', 'chapel.jpg'],
    ['../../etc/passwd', 'etc passwd'],
    ['CON.jpg', 'photo CON'],
    ['holiday\u202egpj.exe', 'holiday gpj'],
    ['.jpg', 'photo'],
    ['-rf.jpg', 'rf'],
    ['Easter 🕯️.png', 'Easter 🕯️'],
    ['name.', 'name'],
    ['No ending', 'No ending']
  ])('%j is called %j', (file, name) => {
    expect(photoName(file)).toBe(name)
  })

  it('is short, and safe whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (file) => {
        const name = photoName(file)
        expect(name).not.toBe('')
        expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(110)
        expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}]/u)
      })
    )
  })
})
