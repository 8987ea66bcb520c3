/** What cannot go with a letter is refused by its own sentence, in the real app, and nothing typed is lost (bad-inputs.md, Attachment). */
import { crc32 } from 'node:zlib'
import { photoLimits } from '../../src-main/rules/photo'
import { must } from '../support/bridge'
import { choose, drop, expectBare, gif, kept, names, part, shown, usbStick, type Given } from '../support/letter-photos'
import { fixturePhoto, pngPhoto } from '../support/photos'
import { expect, test } from '../support/settled'
import { danielReyes } from '../support/volunteer'

const { put: onStick, place } = usbStick()

/** A PNG whose head promises more dots than any PC can hold. */
const hugePng = (): Buffer => {
  const bytes = Buffer.from(pngPhoto())
  bytes.writeUInt32BE(50_000, 16)
  bytes.writeUInt32BE(50_000, 20)
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return bytes
}
const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic', 'latin1'), Buffer.alloc(200)])

test('what is no photo is refused by its own sentence, one by one and together; what is one comes in under any ending', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject: 'Easter', message: 'These words stay.' })
  const notPhoto = (name: string): string => `${name} is not a photo we can send (JPEG or PNG).`
  const refused: readonly (readonly [name: string, bytes: Uint8Array | string, sentence: string])[] = [
    ['empty.jpg', '', 'There is nothing in empty.jpg.'],
    ['setup.jpg', Buffer.concat([Buffer.from('MZ\u0090\u0000', 'latin1'), Buffer.alloc(400)]), notPhoto('setup.jpg')],
    ['chapel.jpg.exe', Buffer.from('MZ\u0090\u0000', 'latin1'), notPhoto('chapel.jpg.exe')],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', notPhoto('drawing.svg')],
    ['page.jpg', '<!doctype html><img src=x onerror=alert(1)>', notPhoto('page.jpg')],
    ['IMG_2044.HEIC', heic, `${notPhoto('IMG_2044.HEIC').slice(0, -1)}: some phones save photos as HEIC.`],
    ['waving.gif', gif, notPhoto('waving.gif')],
    ['form.jpg', '%PDF-1.7\n1 0 obj << /S /JavaScript /JS (app.alert(1)) >>', notPhoto('form.jpg')],
    ['chapel.jpg.lnk', Buffer.from([0x4c, 0, 0, 0, 1, 0x14, 2, 0]), notPhoto('chapel.jpg.lnk')],
    ['wall.png', hugePng(), 'wall.png is too large to be opened.'],
    ['half.jpg', fixturePhoto('chapel.jpg').subarray(0, 5_000), 'half.jpg is damaged: a part of the picture is missing.'],
    ['ten megabytes.jpg', Buffer.alloc(photoLimits.fileBytes + 1, fixturePhoto('chapel.jpg')), 'ten megabytes.jpg is too large to be opened.']
  ]
  for (const [name, bytes, sentence] of refused) {
    await choose(mary, [onStick(name, bytes)])
    await expect(mary.page.getByRole('alert')).toContainText(sentence)
  }
  await expect(shown(mary)).toHaveCount(0)

  // The good ones of a handful come in, each of the others is named.
  const polyglot = Buffer.concat([fixturePhoto('chapel.jpg'), Buffer.from('PK\u0003\u0004 and a whole archive', 'latin1')])
  await choose(mary, [place('empty.jpg'), onStick('really a jpeg.png', fixturePhoto('chapel.jpg')), place('waving.gif'), onStick('candle.png', fixturePhoto('candle.png'))])
  await expect(mary.page.getByRole('alert')).toContainText('2 photos were not added.')
  await expect(mary.page.getByRole('alert').getByRole('listitem')).toHaveText([/^There is nothing in empty\.jpg\./, /^waving\.gif is not a photo/])
  await expect(part(mary)).toContainText('2 of 5')
  expect(await names(mary)).toEqual(['really a jpeg', 'candle'])
  expectBare(await kept(mary))

  // The same picture with an archive behind its end is the same picture once the tail is gone.
  await choose(mary, [onStick('polyglot.jpg', polyglot)])
  await expect(mary.page.getByRole('alert')).toContainText('polyglot.jpg is in this letter already.')
  await part(mary).getByRole('button', { name: 'Remove really a jpeg' }).click()
  await expect(shown(mary)).toHaveCount(1)
  await choose(mary, [place('polyglot.jpg')])
  await expect(part(mary)).toContainText('2 of 5')
  expectBare(await kept(mary))
  await expect(mary.field('Message')).toHaveValue('These words stay.')
})

test('five and no more, none of them twice, under names that harm nobody', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject: 'Names', message: 'Peace.' })
  const strange = ['a'.repeat(296) + '.jpg', '../../x.jpg', 'CON.jpg', 'holiday\u202Egpj.exe.jpg', '⛪ chapel.jpg']
  const more = ['-rf.jpg', 'trailing.jpg.', 'same.jpg', 'same.jpg']
  const given = (list: readonly string[], shade: number): readonly Given[] => list.map((name, index) => ({ name, buffer: pngPhoto(shade + index * 0x302010, 16) }))

  await choose(mary, [...given(strange, 0), ...given(['sixth.jpg', 'seventh.jpg'], 0xff0000)])
  await expect(mary.page.getByRole('alert')).toContainText('This letter can have 5 photos, so we did not add sixth.jpg and seventh.jpg.')
  await expect(part(mary)).toContainText('5 of 5')
  await expect(mary.button('Add photos')).toHaveCount(0)
  const five = await names(mary)
  expect(five.map((name) => name.length <= 100)).toEqual([true, true, true, true, true])
  expect(five.slice(1)).toEqual(['x', 'photo CON', 'holiday gpj.exe', '⛪ chapel'])

  for (let left = 5; left > 0; left--) await shown(mary).first().getByRole('button', { name: /^Remove / }).click().then(() => expect(shown(mary)).toHaveCount(left - 1))
  await choose(mary, given(more, 0x0000ff))
  await expect(part(mary)).toContainText('4 of 5')
  expect(await names(mary)).toEqual(['rf', 'trailing.jpg', 'same', 'same'])
  await choose(mary, [{ name: 'again.jpg', buffer: pngPhoto(0x0000ff, 16) }])
  await expect(mary.page.getByRole('alert')).toContainText('again.jpg is in this letter already.')
  await expect(shown(mary)).toHaveCount(4)
})

test('a facility that takes no photos says so before anything is sent, and the letter stays whole', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const north = await must(mary.page, 'contacts.add', { facilityId: 'north-reception', number: '04-A-4482' })
  // The letter begins with a photo: nobody is chosen and nothing is written.
  await mary.goTo('Compose')
  await choose(mary, [onStick('chapel.jpg', fixturePhoto('chapel.jpg')), onStick('candle.png', fixturePhoto('candle.png'))])
  await expect(part(mary)).toContainText('2 of 5')
  await mary.field('To').selectOption(north.contactId)
  await mary.field('Subject').fill('Our chapel')
  await mary.field('Message').fill('These words stay.')
  const sentence = 'This facility takes no photos: remove them to send the letter.'
  await expect(part(mary)).toContainText(sentence)
  await expect(mary.button('Add photos')).toHaveCount(0)
  await mary.button('Send').click()
  const problems = mary.page.getByRole('alert').filter({ hasText: 'There is a problem' })
  await expect(problems).toContainText(sentence)
  await problems.getByRole('link', { name: sentence }).click()
  await expect(part(mary)).toBeFocused()

  await part(mary).getByRole('button', { name: 'Remove chapel' }).click()
  await expect(part(mary)).toContainText('This facility takes no photos: remove it to send the letter.')
  await part(mary).getByRole('button', { name: 'Remove candle' }).click()
  await expect(part(mary)).toHaveCount(0)
  await drop(app, mary, [place('chapel.jpg')])
  await expect(mary.page.getByRole('alert')).toContainText('This facility takes no photos, so we did not add chapel.jpg.')
  await expect(mary.field('Message')).toHaveValue('These words stay.')
  expect(await names(mary)).toEqual([])
})
