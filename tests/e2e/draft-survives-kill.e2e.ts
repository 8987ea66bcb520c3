/** What the cheat sheet warns of, "will randomly crash and not automatically save", must not cost a letter here. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { projectFolder } from '../support/app'
import { expect, test, type Desk } from '../support/settled'
import { danielReyes, type Volunteer } from '../support/volunteer'

const text = (file: string): string => readFileSync(join(projectFolder, 'tests/fixtures/texts', file), 'utf8').trim()
/** 430 words of a prisoner's letter. */
const philemon = text('philemon-kjv.txt')
/** 226 words of a letter that might have been lost. */
const lydia = text('letter-lydia.txt')
const subject = 'A letter from prison'

/** How much of the text was typed, and when. */
type Typed = { readonly at: number; readonly length: number }

/** Types key after key, the last words without haste, so that they take longer than the second that may be lost. */
const typeOn = async (page: Page, from: number, to: number): Promise<readonly Typed[]> => {
  const typed: Typed[] = []
  const unhurried = to - 25
  for (let at = from; at < to; at += 1) {
    await page.keyboard.type(philemon.charAt(at), { delay: at < unhurried ? 0 : 60 })
    typed.push({ at: performance.now(), length: at + 1 })
  }
  return typed
}

/** A place between two letters: somebody is typing when it happens. */
const inWordAfter = (from: number): number => from + philemon.slice(from).search(/(?<=\w)\w/u)

const beginLetter = async (mary: Volunteer): Promise<void> => {
  await mary.goTo('Compose')
  await mary.choosePerson('To', danielReyes.name)
  await mary.field('Subject').fill(subject)
  await mary.field('Message').click()
}

/** A letter of which the last words were typed just now. */
const writeLydia = async (mary: Volunteer): Promise<void> => {
  await beginLetter(mary)
  await mary.field('Message').fill(lydia.slice(0, -200))
  await mary.page.keyboard.type(lydia.slice(-200))
}

/** The draft that Home offers, opened: its text, with the cursor where writing goes on. */
const resume = async ({ app, mary }: Desk): Promise<string> => {
  await app.restart()
  await mary.signIn()
  await expect(mary.page.getByRole('main')).toContainText(`To ${danielReyes.name}: ${subject}`)
  await mary.continueLetter()
  const message = mary.field('Message')
  await expect(message).toBeFocused()
  const found = await message.inputValue()
  const caret = await message.evaluate((area) => [(area as HTMLTextAreaElement).selectionStart, (area as HTMLTextAreaElement).selectionEnd])
  expect(caret, 'the cursor is behind the last word').toEqual([found.length, found.length])
  return found
}

test('power cut in the middle of a sentence, three times in one letter: at most the last second is lost', async ({ startDesk }) => {
  test.slow()
  const desk = await startDesk()
  const { app, mary } = desk
  await beginLetter(mary)
  let written = 0
  for (const part of [0.3, 0.6, 0.9]) {
    const typed = await typeOn(mary.page, written, inWordAfter(Math.round(philemon.length * part)))
    const cutAt = performance.now()
    await app.kill()

    const found = await resume(desk)
    const safe = typed.filter(({ at }) => cutAt - at >= 1_000).at(-1)?.length ?? written
    expect(philemon.startsWith(found), 'nothing but what was typed').toBe(true)
    expect(found.length, 'everything typed more than a second before the cut').toBeGreaterThanOrEqual(safe)
    written = found.length
  }
  await typeOn(mary.page, written, philemon.length)
  await expect(mary.field('Message')).toHaveValue(philemon)
  await mary.goTo('Drafts')
  await expect(mary.row(subject)).toHaveCount(1)
})

test('the page crashes: the window comes back with the same letter, and writing goes on', async ({ startDesk }) => {
  const desk = await startDesk()
  const { app, mary } = desk
  await writeLydia(mary)
  await mary.field('Subject').focus()
  await mary.waitUntilStored(lydia)
  await app.crashPage()
  await expect.poll(() => app.runInWindow(`document.activeElement?.value ?? ''`)).toBe(lydia)
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.insertText(' Adieu!'))
  await app.closeWindow()
  expect(await resume(desk)).toBe(`${lydia} Adieu!`)
})

test('closing the window while typing keeps every character', async ({ startDesk }) => {
  const desk = await startDesk()
  await writeLydia(desk.mary)
  await desk.app.closeWindow()
  expect(await resume(desk)).toBe(lydia)
})
