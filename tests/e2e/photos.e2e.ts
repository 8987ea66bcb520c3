/** Photos put into a letter in the real app: chosen, dropped, pasted, taken out, sent; durable, and done without a mouse. */
import { mkdirSync } from 'node:fs'
import type { EpistleApp } from '../support/app'
import { must } from '../support/bridge'
import { createInspector } from '../support/inspector'
import { Keyboard } from '../support/keyboard'
import { choose, drop, expectBare, gif, kept, names, part, shown, usbStick } from '../support/letter-photos'
import { fixturePhoto, pngPhoto } from '../support/photos'
import { expect, test } from '../support/settled'
import { danielReyes, Volunteer } from '../support/volunteer'

const { put: onStick, place } = usbStick()

test('a photo from a phone: upright and bare, priced, in the question, and in the letter that went, whatever becomes of the file', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject: 'Our chapel', message: 'Dear Daniel, this is our chapel.' })
  const path = onStick('chapel-from-a-phone.jpg', fixturePhoto('chapel-from-a-phone.jpg'))
  const dialog = mary.page.waitForEvent('filechooser')
  await mary.button('Add photos').click()
  await (await dialog).setFiles(path)

  await expect(part(mary)).toContainText('1 of 5')
  await expect(part(mary)).toContainText('What the camera had written into the photo (place, time, device) was left out.')
  await expect(shown(mary)).toHaveText(/chapel-from-a-phone\s*1 stamp\s*Remove/)
  await expect.poll(() => shown(mary).locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth > image.naturalHeight)).toBe(true)
  expectBare(await kept(mary))
  const before = await kept(mary)

  const side = mary.page.getByRole('complementary', { name: 'About this letter' })
  await expect(side).toContainText('2 stamps')
  await expect(side).toContainText('1 photo: 1 of the 2 stamps')
  await expect(side).toContainText('Up to 5 photos can go with a letter, 1 stamp each.')
  await mary.goTo('Drafts')
  await expect(mary.row('Our chapel')).toContainText('1 photo')
  await mary.row('Our chapel').getByRole('button').first().click()

  // Kept is the photo, not where it lay.
  onStick('chapel-from-a-phone.jpg', 'no photo any more')
  const question = await mary.askToSend()
  await expect(question).toHaveAccessibleName('Use 2 stamps?')
  await expect(question).toContainText('Your letter with 1 photo to Daniel Reyes')
  await expect(question).toContainText('One of them pays for the photo.')
  await question.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(mary.heading('Sent Messages')).toBeVisible()
  await mary.expectStamps('18 stamps')
  const { items } = await must(mary.page, 'letters.sent', {})
  const { photos } = await must(mary.page, 'letters.open', { letterId: items[0]?.letterId ?? '' })
  expect(photos.map(({ name, width, height }) => [name, width > height])).toEqual([['chapel-from-a-phone', true]])
  const { data } = await must(mary.page, 'photos.open', { photoId: photos[0]?.photoId ?? '' })
  expect(Buffer.from(data, 'base64').equals(before)).toBe(true)
})

/** As another program would put it on the clipboard of the system. */
const copy = (app: EpistleApp, text: string, picture: Buffer): Promise<void> =>
  app.electron.evaluate(
    ({ clipboard, nativeImage }, [words, data]) => {
      const system = clipboard as unknown as { readonly write: (content: { readonly text?: string; readonly image: unknown }) => void }
      system.write({ ...(words === '' ? {} : { text: words }), image: nativeImage.createFromDataURL(`data:image/png;base64,${data}`) })
    },
    [text, picture.toString('base64')] as const
  )

test('dropped and pasted: photos go below the letter, a document and words into it; a file that is gone, or a folder, is named', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject: 'Easter', message: 'Peace.' })
  await drop(app, mary, [onStick('chapel.jpg', fixturePhoto('chapel.jpg')), onStick('letter.txt', 'Dear Daniel, from a file.'), onStick('candle.png', fixturePhoto('candle.png'))])
  const dialog = mary.page.getByRole('dialog', { name: 'Bring in “letter.txt”' })
  await dialog.getByRole('button', { name: 'Add below the text' }).click()
  await expect(part(mary)).toContainText('2 of 5')
  await expect(mary.field('Message')).toHaveValue('Peace.\n\nDear Daniel, from a file.')

  await drop(app, mary, [place('gone.jpg')])
  await expect(mary.page.getByRole('alert')).toContainText('We could not read gone.jpg. Is the USB stick still in?')
  mkdirSync(place('album.jpg'))
  await drop(app, mary, [place('album.jpg')])
  await expect(mary.page.getByRole('alert')).toContainText('We could not read album.jpg. Is the USB stick still in?')

  await copy(app, '', pngPhoto(0x336699, 40))
  await mary.field('Message').press('Control+v')
  await expect(part(mary)).toContainText('3 of 5')
  expect(await names(mary)).toEqual(['chapel', 'candle', 'Pasted photo'])
  // A word processor adds a picture of the words it copies: the words are meant.
  await copy(app, ' Amen.', pngPhoto(0x993366, 40))
  await mary.field('Message').press('Control+End')
  await mary.field('Message').press('Control+v')
  await expect(mary.field('Message')).toHaveValue('Peace.\n\nDear Daniel, from a file. Amen.')
  expect(await names(mary)).toHaveLength(3)
})

test('a photo that was said to be in the letter outlasts a power cut; a second window shows it; Undo brings back what was removed', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.goTo('Compose')
  await choose(mary, [onStick('chapel.jpg', fixturePhoto('chapel.jpg'))])
  await expect(part(mary)).toContainText('1 of 5')
  await app.kill()
  await app.restart()
  await mary.signIn()
  await mary.continueLetter()
  await expect(shown(mary)).toHaveText(/chapel/)

  const other = await app.openWindow()
  const there = new Volunteer(() => other)
  await there.continueLetter()
  await expect(shown(there)).toHaveText(/chapel/)
  await choose(there, [onStick('candle.png', fixturePhoto('candle.png'))])
  await expect(shown(mary)).toHaveText([/chapel/, /candle/])
  await shown(mary).first().getByRole('button', { name: 'Remove chapel' }).click()
  await expect(shown(there)).toHaveText([/candle/])
  await mary.button('Undo').click()
  await expect(shown(mary)).toHaveText([/candle/, /chapel/])
  await expect(shown(there)).toHaveText([/candle/, /chapel/])
  await expect(shown(mary).last().locator('img')).toHaveJSProperty('complete', true)
  expect(await names(mary)).toEqual(['candle', 'chapel'])

  // Discarded in one window: what is written in the other goes on in a new draft, with its photos.
  await there.button('Discard draft').click()
  await expect(there.heading('Drafts')).toBeVisible()
  await mary.field('Message').fill('Peace.')
  await expect(mary.page.getByText('This letter was sent or discarded in another window.')).toBeVisible()
  await mary.waitUntilStored('Peace.')
  await expect.poll(() => names(mary)).toEqual(['candle', 'chapel'])
  await expect(shown(mary)).toHaveText([/candle/, /chapel/])
})

test('the photos of a letter for people who see badly or have no mouse', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject: 'Easter', message: 'Peace.' })
  const inspector = createInspector(app)
  await inspector.look('a letter without photos')
  await choose(mary, [onStick('chapel.jpg', fixturePhoto('chapel-from-a-phone.jpg')), onStick('candle.png', fixturePhoto('candle.png')), onStick('waving.gif', gif)])
  await expect(part(mary)).toContainText('2 of 5')
  await expect(mary.page.getByRole('alert')).toContainText('waving.gif')
  await inspector.look('a letter with photos, and one that was refused')

  const keyboard = new Keyboard(() => mary.page)
  await mary.field('Message').focus()
  await keyboard.goTo(mary.button('Add photos'))
  await keyboard.press(mary.button('Remove chapel'))
  await expect(mary.button('Undo')).toBeFocused()
  await inspector.look('a photo was removed')
  await mary.button('Undo').focus()
  await keyboard.key('Enter')
  await expect(part(mary)).toBeFocused()
  await expect(shown(mary)).toHaveCount(2)
  await mary.askToSend()
  await inspector.look('the question of a letter with photos')
  inspector.expectNothingFound()
})
