/** A page that hangs and a graphics process that dies: asked about or gone on from, and noted for whoever helps. */
import { must } from '../support/bridge'
import { expect, test } from '../support/settled'

type Asked = { readonly message: string; readonly detail: string; readonly buttons: readonly string[] }

test('a page that does not answer: asked whether to wait or to load it again, and loaded again when the person says so', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  await mary.goTo('Drafts')
  await app.electron.evaluate(({ dialog }) => {
    const asked: unknown[] = []
    Object.assign(globalThis, { askedByShell: asked })
    dialog.showMessageBox = ((_window: unknown, options: unknown) => {
      asked.push(options)
      // The second button: load the window again.
      return Promise.resolve({ response: 1, checkboxChecked: false })
    }) as typeof dialog.showMessageBox
  })
  app.expectTrouble(/its process crashed|the page's process is gone/)
  const crashed = app.page.waitForEvent('crash')
  // The page really hangs: a reload would not be heard. The browser's own watch is off while a test drives the page, so its word is given for it.
  await app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]
    void window?.webContents.executeJavaScript('for (;;) {}').catch(() => undefined)
    window?.emit('unresponsive')
  })
  await crashed
  const asked = await app.electron.evaluate(() => (globalThis as unknown as { askedByShell: readonly Asked[] }).askedByShell)
  expect(asked).toHaveLength(1)
  expect(asked[0]?.message).toContain('not answering')
  expect(asked[0]?.detail).toContain('What you typed until a moment ago is saved.')
  expect(asked[0]?.buttons).toEqual(['Wait', 'Load the window again'])
  // The page is back where it was, and the session was kept.
  await expect.poll(() => app.runInWindow(`document.querySelector('h1')?.textContent ?? ''`).catch(() => ''), { timeout: 30_000 }).toBe('Drafts')
  const report = (await app.runInWindow('window.epistle.surroundings.report({})')) as { value: { troubles: { code: string }[] } }
  expect(report.value.troubles.map(({ code }) => code)).toEqual(expect.arrayContaining(['WINDOW_STOPPED_ANSWERING', 'WINDOW_CRASHED']))
})

test('the graphics process dies: the page goes on, and the report knows', async ({ startDesk }) => {
  const { app, mary } = await startDesk()
  const graphics = (): Promise<number | null> => app.electron.evaluate(({ app: running }) => running.getAppMetrics().find(({ type }) => type === 'GPU')?.pid ?? null)
  const pid = await graphics()
  expect(pid, 'there is a graphics process, also without a graphics card').not.toBeNull()
  process.kill(pid ?? 0, 'SIGKILL')
  await expect.poll(async () => (await must(app.page, 'surroundings.report', {})).troubles.map(({ code }) => code)).toContain('GRAPHICS_CRASHED')
  await expect.poll(graphics).not.toBe(pid)
  await mary.goTo('Contacts')
  await expect(mary.row('Daniel Reyes')).toBeVisible()
})
