/** Where the window is narrow for its text, the navigation is behind a button: nothing stands between a person and the page. */
import { axeFindings, smallTargets } from '../support/accessibility'
import { must } from '../support/bridge'
import { Keyboard } from '../support/keyboard'
import { expect, test } from '../support/settled'

test('the menu opens, leads on and folds again, with the keys alone', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const keys = new Keyboard(() => app.page)
  const menu = mary.button('Menu')
  const links = mary.page.getByRole('navigation', { name: 'Main' }).getByRole('link')
  await expect(menu, 'a wide window shows its navigation without asking').toBeHidden()
  await expect(links.first()).toBeVisible()

  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(600, 740))
  await expect(menu).toHaveAttribute('aria-expanded', 'false')
  await expect(links).toHaveCount(0)
  await expect(mary.heading('Home')).toBeInViewport()

  await keys.press(menu)
  await expect(menu).toHaveAttribute('aria-expanded', 'true')
  await expect(links.first()).toBeVisible()
  expect(await axeFindings(mary.page)).toEqual([])
  expect(await smallTargets(mary.page)).toEqual([])
  await keys.goTo(links.first())
  await keys.key('Escape')
  await expect(menu).toBeFocused()
  await expect(links).toHaveCount(0)

  await keys.press(menu)
  await keys.press(links.filter({ hasText: 'Contacts' }))
  await expect(mary.heading('Contacts')).toBeInViewport()
  await expect(links).toHaveCount(0)
})

test('large text in a wide window folds it alike', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await must(mary.page, 'settings.set', { textSize: 200 })
  await expect(mary.button('Menu')).toBeVisible()
  await expect(mary.heading('Home')).toBeInViewport()
  await mary.goTo('Sent Messages')
  await expect(mary.heading('Sent Messages')).toBeInViewport()
  await expect(mary.button('Menu')).toHaveAttribute('aria-expanded', 'false')
})
