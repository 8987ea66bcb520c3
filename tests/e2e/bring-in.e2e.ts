/** A letter written in another program comes in as plain text; what is damaged or foreign is said in one sentence, and nothing typed is lost. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright/test'
import type { EpistleApp } from '../support/app'
import { createInspector } from '../support/inspector'
import { docxOf, relation, wordParagraph, wordPicture } from '../support/documents'
import { removeFolder } from '../support/remove-folder'
import { expect, test } from '../support/settled'
import { danielReyes, type Volunteer } from '../support/volunteer'

let stick: string
test.beforeEach(() => {
  stick = mkdtempSync(join(tmpdir(), 'epistle-stick-'))
})
test.afterEach(() => removeFolder(stick))

const onStick = (name: string, bytes: Buffer | string): string => {
  const path = join(stick, name)
  writeFileSync(path, bytes)
  return path
}

/** The next file dialog of the system is answered with this file, as a person would. */
const answerDialog = (app: EpistleApp, path: string | null): Promise<void> =>
  app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] })
  }, path)

const bringIn = async (app: EpistleApp, mary: Volunteer, path: string): Promise<Locator> => {
  await answerDialog(app, path)
  await mary.button('Bring in a document').click()
  return mary.page.getByRole('dialog', { name: /^Bring in/ })
}

const easter = (): Promise<Buffer> =>
  docxOf(
    [wordParagraph('Dear Daniel,'), wordParagraph('“He is not here: for he is risen.”'), wordParagraph('Yours, José'), wordPicture('rId8')].join(''),
    { relations: relation('rId8', 'image', 'media/image1.png'), parts: [{ name: 'word/media/image1.png', data: Buffer.from([0x89]) }] }
  )

test('a Word letter: looked at, put into the letter, undone, taken again, and saved', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const path = onStick('Easter letter.docx', await easter())
  await mary.compose({ to: danielReyes.name, subject: 'Easter', message: '' })

  const dialog = await bringIn(app, mary, path)
  await expect(dialog).toHaveAccessibleName('Bring in “Easter letter.docx”')
  await expect(dialog.getByRole('region', { name: 'Text of the document' })).toContainText('“He is not here: for he is risen.”')
  await expect(dialog.getByRole('listitem')).toHaveText(['1 picture'])
  await expect(dialog).toContainText('1 stamp by itself.')
  await dialog.getByLabel('Leave an empty line between paragraphs').uncheck()
  const inspector = createInspector(app)
  await inspector.look('bring in a document')
  inspector.expectNothingFound()
  await dialog.getByRole('button', { name: 'Put into the letter' }).click()

  const letter = 'Dear Daniel,\n“He is not here: for he is risen.”\nYours, José'
  await expect(mary.field('Message')).toHaveValue(letter)
  await mary.waitUntilStored(letter)
  await mary.button('Undo').click()
  await expect(mary.field('Message')).toHaveValue('')
  // Undo is meant: nobody is asked whether the letter may be empty, and what came in stays in the history.
  await mary.waitUntilStored('')
  await mary.button('Earlier versions').click()
  const versions = mary.page.getByRole('dialog', { name: 'Earlier versions' })
  await expect(versions.getByRole('listitem').filter({ hasText: 'he is risen' }).first()).toBeVisible()
  await mary.page.keyboard.press('Escape')

  const again = await bringIn(app, mary, path)
  await again.getByLabel('Leave an empty line between paragraphs').uncheck()
  await again.getByRole('button', { name: 'Put into the letter' }).click()
  await mary.waitUntilStored(letter)
  await app.kill()
  await app.restart()
  await mary.signIn()
  await mary.goTo('Drafts')
  await mary.row('Easter').getByRole('button').first().click()
  await expect(mary.field('Message')).toHaveValue(letter)
})

test('below what is written; paragraphs that touch are parted; the subject of an e-mail comes along', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.goTo('Compose')
  await mary.field('Message').fill('Dear Daniel,\n')
  const word = await bringIn(app, mary, onStick('psalm.docx', await docxOf([wordParagraph('The Lord is my shepherd.'), wordParagraph('I shall not want.')].join(''))))
  await expect(word.getByLabel('Leave an empty line between paragraphs')).toBeChecked()
  await word.getByRole('button', { name: 'Add below the text' }).click()
  await expect(mary.field('Message')).toHaveValue('Dear Daniel,\n\nThe Lord is my shepherd.\n\nI shall not want.')
  const mail = await bringIn(app, mary, onStick('mail.eml', 'From: a@parish.org\r\nSubject: =?utf-8?Q?For_Jos=C3=A9?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPeace.\r\n'))
  await mail.getByRole('button', { name: 'Add below the text' }).click()
  await expect(mary.field('Subject')).toHaveValue('For José')
  await expect(mary.field('Message')).toHaveValue(/I shall not want\.\n\nPeace\.$/)
})

test('damaged, foreign and missing files: one sentence each, and every typed word stays', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.goTo('Compose')
  await mary.field('Message').fill('These words stay.')
  const cut = (await easter()).subarray(0, 400)
  for (const [path, sentence] of [
    [onStick('cut.docx', cut), 'This file is damaged or unsafe, so we did not open it.'],
    [onStick('old.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0])), 'Save it as .docx or .txt first.'],
    [onStick('empty.txt', '  \n'), 'There is no text in empty.txt.'],
    [join(stick, 'gone.docx'), 'We could not read gone.docx. Is the USB stick still in?']
  ] as const) {
    await answerDialog(app, path)
    await mary.button('Bring in a document').click()
    await expect(mary.page.getByRole('main')).toContainText(sentence)
    await expect(mary.page.getByRole('dialog')).toHaveCount(0)
  }
  await answerDialog(app, null)
  await mary.button('Bring in a document').click()
  await expect(mary.field('Message')).toHaveValue('These words stay.')
})

/** A hand with a file over the letter: the browser's own drag, which no page can imitate. */
type Hand = 'dragEnter' | 'dragOver' | 'drop' | 'away'
const move = async (app: EpistleApp, mary: Volunteer, path: string, moves: readonly Hand[]): Promise<void> => {
  const box = await mary.field('Message').boundingBox()
  if (box === null) throw new Error('there is no letter to drop onto')
  const hand = await app.page.context().newCDPSession(app.page)
  const at = { x: box.x + 40, y: box.y + 40, data: { items: [], files: [path], dragOperationsMask: 1 } }
  for (const type of moves) await hand.send('Input.dispatchDragEvent', type === 'away' ? { ...at, type: 'dragOver', x: 20, y: 300 } : { ...at, type })
  await hand.detach()
}
const drop = (app: EpistleApp, mary: Volunteer, path: string): Promise<void> => move(app, mary, path, ['dragEnter', 'dragOver', 'drop'])

test('a document held over the letter: what letting go would do is said, and no longer when the hand goes away', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject: 'Easter', message: 'Peace.' })
  const path = onStick('Easter letter.docx', await easter())
  const hint = mary.page.getByText('Let go to bring this document into the letter.')
  await move(app, mary, path, ['dragEnter', 'dragOver'])
  await expect(hint).toBeVisible()
  const inspector = createInspector(app)
  await inspector.look('a document over the letter')
  await move(app, mary, path, ['away'])
  await expect(hint).toHaveCount(0)
  await expect(mary.field('Message')).toHaveValue('Peace.')
  inspector.expectNothingFound()
})

test('a document dropped onto the letter comes in by the same door; a page can neither name a file nor pretend that one was dropped', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.compose({ to: danielReyes.name, subject: 'Easter', message: 'Peace.' })
  await drop(app, mary, onStick('Easter letter.docx', await easter()))
  const dialog = mary.page.getByRole('dialog', { name: 'Bring in “Easter letter.docx”' })
  await dialog.getByRole('button', { name: 'Add below the text' }).click()
  await expect(mary.field('Message')).toHaveValue(/^Peace\.\n\nDear Daniel,/)

  await drop(app, mary, onStick('old.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0])))
  await expect(mary.page.getByRole('main')).toContainText('Save it as .docx or .txt first.')
  const secret = onStick('secret.txt', 'not for the page')
  const answers = await mary.page.evaluate(async (path) => {
    const { files } = window.epistle as unknown as { readonly files: { readonly takeDropped: (input: unknown) => Promise<{ readonly ok: boolean; readonly code?: string }> } }
    const dragged = new DataTransfer()
    dragged.items.add(new File(['x'], path))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: dragged, bubbles: true }))
    return [await files.takeDropped({}), await files.takeDropped({ path })]
  }, secret)
  expect(answers.map(({ code }) => code)).toEqual(['CHOOSE_AGAIN', 'BAD_REQUEST'])
})
