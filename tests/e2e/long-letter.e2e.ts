/** A letter as long as it may be arrives as it was written, sign for sign; one sign more is said, and nothing is cut. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../support/app'
import { must } from '../support/bridge'
import { expect, test } from '../support/settled'
import { danielReyes } from '../support/volunteer'

const text = (file: string): string => readFileSync(join(projectFolder, 'tests/fixtures/texts', file), 'utf8')

/** Two languages, typographic quotes, emoji of one and of several code points, tabs, verses and empty lines: 20,000 characters. */
const longest = ((): string => {
  const beginning = `“Querido Daniel” — ¡qué alegría! 🕯️👨‍👩‍👧 «Ñandú, pingüino» 'it’s' …\tend\n\n\n${text('salmos-rv1909.txt').slice(0, 9_000)}\n\n${text('letter-darcy.txt')}`
  const signs = Array.from(beginning.normalize('NFC'))
  return `${signs.slice(0, 19_990).join('')}\n\nAmén. 🙏🏽`.trimEnd()
})()
const count = (letter: string): number => Array.from(letter).length
const exactly = (letter: string, characters: number): string => letter + 'x'.repeat(characters - count(letter))

test('20,000 characters, pasted, arrive unchanged for four stamps', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const letter = exactly(longest, 20_000)
  await mary.compose({ to: danielReyes.name, subject: 'Salmos y una carta', message: 'x' })
  await app.electron.evaluate(({ clipboard }, words) => clipboard.writeText(words), letter)
  await mary.field('Message').press('ControlOrMeta+a')
  await mary.field('Message').press('ControlOrMeta+v')
  await expect(mary.field('Message')).toHaveValue(letter)
  await expect(mary.page.getByText('0 characters left, 4 stamps')).toBeVisible()

  await mary.button('Send').click()
  const dialog = mary.dialog('Use 4 stamps?')
  await expect(dialog).toContainText('You will have 16 left.')
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(mary.heading('Sent Messages')).toBeVisible()
  await mary.expectStamps('16 stamps')

  const sent = await must(mary.page, 'letters.sent', {})
  const { body, stamps } = await must(mary.page, 'letters.open', { letterId: sent.items[0]?.letterId ?? '' })
  expect(body === letter, 'every sign is as it was').toBe(true)
  expect(stamps).toBe(4)
  await mary.openSent('Salmos y una carta')
  await expect(mary.page.getByRole('main')).toContainText('¡qué alegría! 🕯️👨‍👩‍👧 «Ñandú, pingüino»')
  await expect(mary.page.getByRole('main')).toContainText('Amén. 🙏🏽')
})

test('20,001 characters: the limit is said with how many are too many, and every word stays', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const letter = exactly(longest, 20_001)
  await mary.compose({ to: danielReyes.name, subject: 'One too many', message: letter })
  const sentence = '20,000 characters is the limit: 1 too many (marked).'
  await expect(mary.page.getByText('1 character too many', { exact: true })).toBeVisible()
  await mary.button('Send').click()
  await expect(mary.field('Message')).toHaveAccessibleDescription(new RegExp(sentence.replace(/[()]/g, '\\$&')))
  await expect(mary.page.getByRole('link', { name: sentence })).toBeVisible()
  await expect(mary.page.getByRole('alertdialog')).toHaveCount(0)
  await expect(mary.field('Message')).toHaveValue(letter)
  await mary.waitUntilStored(letter)

  await test.step('"Show where" marks the one that is too many', async () => {
    await mary.button('Show where').click()
    const marked = await mary.field('Message').evaluate((area) => {
      const { value, selectionStart, selectionEnd } = area as HTMLTextAreaElement
      return value.slice(selectionStart, selectionEnd)
    })
    expect(marked).toBe('x')
  })
  await test.step('without it the letter can go', async () => {
    await mary.page.keyboard.press('Delete')
    await mary.button('Send').click()
    await expect(mary.dialog('Use 4 stamps?')).toBeVisible()
  })
  await app.close()
})

test('four pages with stamps for three: said in figures, before anything is asked', async ({ startDesk }) => {
  const { mary } = await startDesk()
  const page = 'Dear Daniel, '.padEnd(18_001, 'and so on ')
  for (let letter = 1; letter <= 4; letter += 1) {
    await mary.compose({ to: danielReyes.name, subject: `Long letter ${letter}`, message: page })
    await mary.send()
    await expect(mary.heading('Sent Messages')).toBeVisible()
  }
  await mary.compose({ to: danielReyes.name, subject: 'A last short one', message: 'Dear Daniel, a word.' })
  await mary.send()
  await mary.expectStamps('3 stamps')
  await mary.compose({ to: danielReyes.name, subject: 'Long letter 5', message: page })
  await mary.button('Send').click()
  await expect(mary.page.getByText('You need 4 stamps and have 3.')).toBeVisible()
  await expect(mary.page.getByRole('alertdialog')).toHaveCount(0)
  await expect(mary.field('Message')).toHaveValue(page)
  await mary.page.getByRole('main').getByRole('button', { name: 'Purchase Stamps' }).click()
  await expect(mary.heading('Choose a package')).toBeVisible()
  await mary.goTo('Drafts')
  await expect(mary.row('Long letter 5')).toHaveCount(1)
})
