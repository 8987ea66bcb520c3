/** Looks at a screen as people who see badly or cannot hit small things would: for the tests of accessibility. */
import { expect, type Page } from 'playwright/test'
import { axeFindings, buttonsOutOfSight, sidewaysOverflow, smallTargets } from './accessibility'
import type { EpistleApp } from './app'
import { must } from './bridge'

/**
 * Looks at what is on the screen, in both text sizes and in a narrow window.
 * @param app the app, or one more window of it
 */
export const createInspector = (app: Pick<EpistleApp, 'electron' | 'page'>) => {
  const found: string[] = []
  const setSize = async (textSize: number): Promise<void> => {
    await must(app.page, 'settings.set', { textSize })
    await expect(app.page.locator('html')).toHaveCSS('--text-scale', String(textSize / 100))
  }
  const setWidth = async (width: number): Promise<void> => {
    const around = await app.electron.browserWindow(app.page)
    await around.evaluate((shown, wanted) => shown.setContentSize(wanted, 740), width)
    await app.page.waitForFunction((wanted) => Math.abs(window.innerWidth - wanted) <= 2, width)
  }
  const note = (screen: string, how: string, findings: readonly string[]): void => {
    found.push(...findings.map((finding) => `${screen} (${how}): ${finding}`))
  }
  const measure = async (page: Page, screen: string, how: string): Promise<void> => {
    note(screen, how, await sidewaysOverflow(page))
    note(screen, how, await smallTargets(page))
    note(screen, how, await buttonsOutOfSight(page))
  }
  return {
    look: async (screen: string): Promise<void> => {
      const { page } = app
      note(screen, '100 %', await axeFindings(page))
      await measure(page, screen, '100 %')
      await setWidth(600)
      await measure(page, screen, '100 %, 600 px')
      await setWidth(1280)
      await setSize(200)
      note(screen, '200 %', await axeFindings(page))
      await measure(page, screen, '200 %')
      await setSize(100)
    },
    /** Everything at once at the end: a person mending screens wants the whole list. */
    expectNothingFound: (): void => expect(found).toEqual([])
  }
}
