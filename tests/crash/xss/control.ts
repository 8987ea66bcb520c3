/** Proves the traps: the same payloads as real markup, in a page without any of our walls, in the same Electron. */
import type { ElectronApplication, Page } from 'playwright/test'
import type { Program } from '../support/program'
import type { Listener } from './listener'
import { inertFamilies, type Payload } from './payloads'
import { look } from './read-page'
import type { Traps } from './traps'

const atOnce = 24
/** In a hundred: the others are for other browsers, or for a page that decodes once more. */
const leastAlive = 45

/** In the scratch page: lets each text be markup. */
const letThemBe = (texts: readonly string[]): void =>
  texts.forEach((text) => {
    const frame = document.createElement('iframe')
    frame.srcdoc = `<!doctype html><body>${text}`
    document.body.append(frame)
  })

/** In the scratch page: does everything that a payload can wait for. */
const touchEverything = (): void => {
  for (const frame of document.querySelectorAll('iframe')) {
    for (const element of frame.contentDocument?.querySelectorAll<HTMLElement>('*') ?? []) {
      for (const { name } of [...element.attributes]) if (name.startsWith('on')) element.dispatchEvent(new Event(name.slice(2)))
      if (element.matches('a, button, input[type=submit]')) element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    }
  }
}
const takeThemAway = (): void => document.querySelectorAll('iframe').forEach((frame) => frame.remove())

const openScratch = async (electron: ElectronApplication): Promise<Page> => {
  const opened = electron.waitForEvent('window')
  await electron.evaluate(async ({ BrowserWindow, session }) => {
    const scratch = session.fromPartition('scratch')
    scratch.protocol.handle('app', () => new Response('<!doctype html><title>scratch</title><body></body>', { headers: { 'content-type': 'text/html' } }))
    const window = new BrowserWindow({ show: false, webPreferences: { session: scratch, sandbox: true, contextIsolation: true } })
    await window.loadURL('app://scratch/index.html')
  })
  return opened
}

/** Lets all payloads loose in a scratch page and checks that every trap springs; then all is as if nothing had been. */
export const proveTraps = async (program: Program, electron: ElectronApplication, payloads: readonly Payload[], traps: Traps, listener: Listener): Promise<void> => {
  const page = await openScratch(electron)
  await traps.arm(page)
  // What was exposed is there from the next page on.
  await page.reload()
  const harmless = new Set((await page.evaluate(look)).parts)
  /** Until nothing more comes of them, however slow the machine is. */
  const settle = async (): Promise<void> => {
    const count = (): number => traps.sprung.length + listener.asked().length
    for (let before = -1; before !== count(); ) {
      before = count()
      await page.waitForTimeout(250)
    }
  }
  for (let from = 0; from < payloads.length; from += atOnce) {
    await page.evaluate(letThemBe, payloads.slice(from, from + atOnce).map(({ text }) => text))
    await settle()
    // One of them can lead the whole page away: the others have had their time by then.
    await page.evaluate(touchEverything).catch(() => page.reload())
    await settle()
    await page.evaluate(takeThemAway)
  }
  const alive = new Set([...traps.sprung, ...listener.asked()])
  const share = (100 * payloads.filter(({ number }) => alive.has(number)).length) / payloads.length
  program.check(share >= leastAlive, () => `the trap: only ${share.toFixed(0)} in 100 payloads do anything as real markup`)
  for (const family of new Set(payloads.map((one) => one.family))) {
    if (inertFamilies.includes(family)) continue
    program.check(payloads.some((one) => one.family === family && alive.has(one.number)), () => `the trap: no payload of “${family}” does anything as real markup`)
  }
  await page.evaluate(() => {
    document.body.innerHTML = '<p>words</p><img src="http://127.0.0.1:9/x" onerror="alert(1)">'
  })
  await page.waitForTimeout(200)
  const { parts, foreign } = await page.evaluate(look)
  program.check(parts.some((part) => part === 'img onerror' && !harmless.has(part)), () => 'the trap: an element of a text is not seen')
  program.check(foreign.includes('img src=http://127.0.0.1:9/x'), () => 'the trap: an address of a text is not seen')
  await page.evaluate(() => location.assign('app://scratch/elsewhere.html')).catch(() => undefined)
  await page.waitForURL('app://scratch/elsewhere.html')
  for (const kind of ['a box opened', 'a frame was made', 'a request left', 'a page was led', 'the console says'])
    program.check(traps.seen.some((line) => line.startsWith(kind)), () => `the trap: “${kind}” is never seen`)
  program.say(`as real markup ${new Set(traps.sprung).size} of ${payloads.length} payloads ran and ${listener.asked().length} more asked a server`)
  await page.close()
  traps.forget()
  listener.forget()
}
