/** What a hostile page finds inside: no Node, no Electron, no way to turn text into code. In the real Electron (reliability.md §2). */
import { expect, test } from '../support/app'
import { cleanUp, expectAtHome, policyWords, refusals } from '../support/hostile-page'
import { Volunteer } from '../support/volunteer'

test('a page has no Node, no Electron and a sandbox (checklist 2, 3, 4, 6, 8-11)', async ({ startApp }) => {
  const app = await startApp()
  const reachable = await app.page.evaluate(() =>
    ['require', 'process', 'module', 'exports', 'global', 'Buffer', '__dirname', '__filename', 'setImmediate', 'electron', 'ipcRenderer', 'contextBridge', 'webFrame', 'Deno'].filter((name) => name in globalThis)
  )
  expect(reachable).toEqual([])
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { readonly getLastWebPreferences: () => Record<string, unknown> }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false
  })
  // Chromium's outer sandbox is off only where the system cannot give it: as root, and where the bootstrap saw that the kernel forbids it.
  const { electronFlags } = (await import(new URL('../../scripts/runtime/electron.mjs', import.meta.url).href)) as { readonly electronFlags: () => readonly string[] }
  expect(await app.electron.evaluate(({ app: main }) => main.commandLine.hasSwitch('no-sandbox'))).toBe(electronFlags().includes('--no-sandbox'))
})

test('the bridge lives in a world of its own: a page that patches JavaScript does not reach it (checklist 3)', async ({ startApp }) => {
  const app = await startApp()
  const seen = await app.page.evaluate(async () => {
    const calls: string[] = []
    const spy = (target: object, name: string): void => {
      const own = (target as Record<string, (...args: unknown[]) => unknown>)[name]
      Object.defineProperty(target, name, {
        configurable: true,
        writable: true,
        value(this: unknown, ...args: unknown[]) {
          if (args.some((arg) => String(arg).startsWith('epistle:'))) calls.push(name)
          return own?.apply(this, args)
        }
      })
    }
    spy(Array.prototype, 'push')
    spy(Function.prototype, 'call')
    spy(JSON, 'stringify')
    spy(String.prototype, 'split')
    Object.defineProperty(Object.prototype, 'epistle:polluted', { value: true, configurable: true })
    const bridge = (window as unknown as { readonly epistle: Record<string, Record<string, (input: unknown) => Promise<{ readonly ok: boolean }>>> }).epistle
    const answer = await bridge['settings']?.['get']?.({})
    return { calls, ok: answer?.ok }
  })
  expect(seen).toEqual({ calls: [], ok: true })
})

test('the policy comes with every response, and normal use never offends it (checklist 7)', async ({ startApp }) => {
  const app = await startApp()
  const { page } = app
  const policies = new Map<string, string | undefined>()
  page.on('response', (response) => policies.set(response.url(), response.headers()['content-security-policy']))
  await page.addInitScript(() => {
    const list: string[] = []
    Object.assign(window, { violations: list })
    document.addEventListener('securitypolicyviolation', (event) => list.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))
  })
  await page.reload()
  const mary = new Volunteer(() => page)
  await mary.practise()
  await mary.launchEmessaging()
  for (const place of ['Inbox', 'Compose', 'Drafts', 'Outbox', 'Sent Messages', 'Contacts', 'Purchase Stamps', 'Home', 'Settings', 'Help'] as const) {
    await mary.goTo(place)
    await expect(page.locator('h1').first()).toBeVisible()
  }
  await mary.signOut()
  await mary.button('Create an Account').click()
  await expect(page.locator('h1').first()).toBeVisible()
  expect(await page.evaluate(() => (window as unknown as { readonly violations: readonly string[] }).violations)).toEqual([])

  const asked = [...policies].filter(([url]) => url.startsWith('app:'))
  expect(asked.length).toBeGreaterThan(2)
  expect(asked.filter(([, policy]) => policy !== policyWords)).toEqual([])
  expect([...policies.keys()].filter((url) => !url.startsWith('app://parish/') && !url.startsWith('blob:app://parish/')), 'nothing else was loaded').toEqual([])
  const missing = await page.evaluate(async () => {
    const response = await fetch('/nothing.html')
    return [response.status, response.headers.get('content-security-policy'), response.headers.get('x-content-type-options')]
  })
  expect(missing).toEqual([404, policyWords, 'nosniff'])
  app.expectTrouble(/404/)
})

test('text cannot become code: eval, inline scripts, handlers, styles, frames and plug-ins (checklist 7)', async ({ startApp }) => {
  const app = await startApp()
  app.expectTrouble(refusals)
  const { page } = app
  const ran = await page.evaluate(async () => {
    const marks: string[] = []
    Object.assign(window, { mark: (name: string) => marks.push(name) })
    const tryOut = async (work: () => unknown): Promise<void> => {
      try {
        await work()
      } catch {
        // Refused at once.
      }
    }
    const add = (tag: string, fields: Record<string, string>, attributes: Record<string, string> = {}): void => {
      const element = document.createElement(tag)
      Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value))
      Object.assign(element, fields)
      document.body.append(element)
    }
    const body = (name: string): string => `window.mark('${name}')`
    const blob = (text: string, type: string): string => URL.createObjectURL(new Blob([text], { type }))
    const attacks: readonly (() => unknown)[] = [
      () => Reflect.apply(Reflect.get(window, 'eval') as (text: string) => unknown, null, [body('eval')]),
      () => (Reflect.construct(Reflect.get(window, 'Function') as FunctionConstructor, [body('Function')]) as () => unknown)(),
      () => setTimeout(body('setTimeout') as unknown as () => void, 0),
      () => setInterval(body('setInterval') as unknown as () => void, 10),
      () => add('script', { textContent: body('script text') }),
      () => add('script', { innerHTML: body('script html') }),
      () => add('script', { src: `data:text/javascript,${body('data script')}` }),
      () => add('script', { src: blob(body('blob script'), 'text/javascript') }),
      () => add('script', { src: 'https://example.org/a.js' }),
      () => document.body.insertAdjacentHTML('beforeend', `<img src=x onerror="${body('insertAdjacentHTML')}">`),
      () => add('div', { innerHTML: `<img src=x onerror="${body('innerHTML')}">` }),
      () => add('div', { outerHTML: `<svg onload="${body('outerHTML')}">` }),
      () => document.write(`<script>${body('document.write')}</script>`),
      () => document.createRange().createContextualFragment(`<script>${body('fragment')}</script>`),
      () => new DOMParser().parseFromString(`<script>${body('parser')}</script>`, 'text/html'),
      () => add('img', { src: 'nothing.png' }, { onerror: body('onerror attribute') }),
      () => add('button', {}, { onclick: body('onclick attribute'), class: 'attack' }),
      () => (document.querySelector('button.attack') as HTMLElement | null)?.click(),
      () => add('a', { href: `javascript:${body('javascript link')}`, className: 'attack-link' }),
      () => (document.querySelector('a.attack-link') as HTMLElement | null)?.click(),
      () => add('iframe', { srcdoc: `<script>parent.mark('srcdoc')</script>` }),
      () => add('iframe', { src: `javascript:parent.mark('frame')` }),
      () => add('iframe', { src: `data:text/html,<script>parent.mark('data frame')</script>` }),
      () => add('iframe', { src: blob(`<script>parent.mark('blob frame')</script>`, 'text/html') }),
      () => add('object', { data: `data:text/html,<script>parent.mark('object')</script>` }),
      () => add('embed', { src: `data:text/html,<script>parent.mark('embed')</script>` }),
      () => add('link', { rel: 'stylesheet', href: 'data:text/css,body{--attacked:1}' }),
      () => add('style', { textContent: 'body{--attacked:1}' }),
      () => document.body.setAttribute('style', '--attacked:1'),
      () => add('base', { href: 'https://example.org/' }),
      () => new Worker(blob('postMessage(1)', 'text/javascript')).addEventListener('message', () => marks.push('worker')),
      () => new SharedWorker(blob('onconnect=e=>e.ports[0].postMessage(1)', 'text/javascript')),
      () => navigator.serviceWorker.register('/index.html').then(() => marks.push('service worker')),
      () => import(/* @vite-ignore */ `data:text/javascript,${body('import')}`),
      () => import(/* @vite-ignore */ blob(body('blob import'), 'text/javascript')),
      () => WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => marks.push('wasm')),
      () => trustedTypesPolicy('attack')
    ]
    function trustedTypesPolicy(name: string): void {
      const types = (window as unknown as { readonly trustedTypes?: { readonly createPolicy: (name: string, rules: object) => unknown } }).trustedTypes
      if (types?.createPolicy(name, { createHTML: (text: string) => text })) marks.push('policy')
    }
    // What is asked for by a debugger may evaluate text; a page may not. From the next turn on this is a page.
    await new Promise((resolve) => setTimeout(resolve))
    for (const attack of attacks) await tryOut(attack)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const attacked = getComputedStyle(document.body).getPropertyValue('--attacked') !== ''
    const moved = document.baseURI.startsWith('https:')
    return { tried: attacks.length, marks: [...marks, ...(attacked ? ['style'] : []), ...(moved ? ['base'] : [])] }
  })
  expect(ran.tried).toBeGreaterThan(30)
  expect(ran.marks).toEqual([])
  await cleanUp(app)
  await expectAtHome(app)
})
