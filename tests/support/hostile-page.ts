/** For tests that let a page attack: what Chromium says when it refuses, and whether the window is still itself. */
import { expect, type EpistleApp } from './app'

/** The Content-Security-Policy as reliability.md §2 row 7 writes it, word for word. */
export const policyWords =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types vue"

/** What Chromium writes to the console when it refuses; every attack is announced with it. */
export const refusals =
  /Content Security Policy|TrustedScript|TrustedHTML|Trusted Types?|Refused to|violates|ERR_|Failed to load|permission|denied|blocked|not allowed|404|WebSocket|RTC|fetch|EventSource|gesture|IdleDetector|fullscreen|pointer lock|Bluetooth|Serial/i

/** The window is where it was, alive, and alone. */
export const expectAtHome = async (app: EpistleApp): Promise<void> => {
  expect(app.page.url()).toMatch(/^app:\/\/parish\/index\.html(#.*)?$/)
  // Asked by hand: after a refused form Playwright waits for the navigation that was refused.
  await expect.poll(() => app.page.evaluate(() => document.querySelectorAll('#app h1').length).catch(() => 0)).toBeGreaterThan(0)
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
}

/** Takes away what an attack left on the page. */
export const cleanUp = (app: EpistleApp): Promise<void> =>
  app.page.evaluate(() => document.querySelectorAll('body > :not(#app), webview, meta[http-equiv]').forEach((element) => element.remove()))
