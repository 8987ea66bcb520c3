/** What a window says while somebody types: formatting that a paste could not keep, and a key that is held down for all letters. */
import type { Page } from 'playwright/test'
import { createInspector } from '../support/inspector'
import { expect, test } from '../support/settled'
import { maryKeane } from '../support/volunteer'

const words = 'Dear Daniel,\n\npeace to you'

/** Copies what a web page or Word would have on the screen: bold, a link, a picture. */
const copyFormatted = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    const make = (tag: string, text: string, ...inside: readonly Node[]): HTMLElement => {
      const element = Object.assign(document.createElement(tag), { textContent: text })
      element.append(...inside)
      return element
    }
    const link = Object.assign(make('a', 'to you'), { href: '#/help' })
    const sheet = make('div', '', make('p', '', make('b', 'Dear Daniel,')), make('p', '', make('i', 'peace'), document.createTextNode(' '), link, make('img', '')))
    sheet.id = 'from-elsewhere'
    sheet.tabIndex = 0
    document.body.append(sheet)
    sheet.focus()
    document.getSelection()?.selectAllChildren(sheet)
  })
  await page.keyboard.press('Control+C')
  await page.evaluate(() => document.getElementById('from-elsewhere')?.remove())
}

test('a paste with formatting keeps the words, and says what it could not keep', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const message = mary.field('Message')
  const said = mary.page.getByRole('status').filter({ hasText: 'Formatting removed' })
  await mary.goTo('Compose')
  await copyFormatted(mary.page)
  await message.focus()
  await mary.page.keyboard.press('Control+V')
  await expect(message).toHaveValue(words)
  await expect(said).toContainText('Formatting removed: a letter is plain text. Left out: 1 picture, 1 link (its words stay).')
  const inspector = createInspector(app)
  await inspector.look('formatting removed')
  inspector.expectNothingFound()
  await app.electron.evaluate(({ clipboard }) => clipboard.writeText(' And plain words.\r\nNo more.'))
  await message.focus()
  await mary.page.keyboard.press('Control+V')
  await expect(message).toHaveValue(`${words} And plain words.\nNo more.`)
  await expect(said).toHaveCount(0)
  await mary.waitUntilStored(`${words} And plain words.\nNo more.`)
})

test('Caps Lock is said beside the password, apart from whether it is right', async ({ startDesk }) => {
  const { app, mary } = await startDesk({ signIn: false })
  const press = (modifiers: ('capslock' | 'shift')[]): Promise<void> =>
    app.electron.evaluate(({ BrowserWindow }, held) => {
      for (const type of ['keyDown', 'char', 'keyUp'] as const) BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({ type, keyCode: 'L', modifiers: held })
    }, modifiers)
  const hint = mary.page.getByRole('status').filter({ hasText: 'Caps Lock is on' })
  await mary.button('Sign In').click()
  await mary.field('Email').fill(maryKeane.email)
  await mary.field('Password').focus()
  await press([])
  await expect(hint).toHaveCount(0)
  await press(['capslock'])
  await expect(hint).toBeVisible()
  await mary.button('Sign In').click()
  await expect(mary.page.getByRole('alert').getByText('That e-mail and password do not match.')).toBeVisible()
  await mary.field('Password').focus()
  await press([])
  await expect(hint).toHaveCount(0)
})
