/** Ways out for a hostile page: the network, devices, other windows, other places. All of them are shut (reliability.md §2). */
import { createSocket } from 'node:dgram'
import { writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '../support/app'
import { cleanUp, expectAtHome, refusals } from '../support/hostile-page'

test('no byte leaves: eighteen ways to reach a listening server (checklist 1, 7)', async ({ startApp }) => {
  let knocks = 0
  const tcp = createServer((socket) => {
    knocks += 1
    socket.destroy()
  })
  const udp = createSocket('udp4', () => (knocks += 1))
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
  try {
    const app = await startApp()
    app.expectTrouble(refusals)
    const answered = await app.page.evaluate(
      async ([tcpPort, udpPort]) => {
        const host = `127.0.0.1:${tcpPort}`
        const through: string[] = []
        const add = (tag: string, fields: Record<string, unknown>): void => document.body.append(Object.assign(document.createElement(tag), fields))
        const ways: Readonly<Record<string, () => unknown>> = {
          fetch: () => fetch(`http://${host}/`).then(() => through.push('fetch')),
          'fetch no-cors': () => fetch(`http://${host}/`, { mode: 'no-cors' }).then(() => through.push('no-cors')),
          'fetch https': () => fetch(`https://${host}/`, { mode: 'no-cors' }).then(() => through.push('https')),
          'fetch keepalive': () => fetch(`http://${host}/`, { method: 'POST', body: 'letter', keepalive: true, mode: 'no-cors' }),
          xhr: () => {
            const request = new XMLHttpRequest()
            request.open('GET', `http://${host}/`)
            request.send()
          },
          beacon: () => navigator.sendBeacon(`http://${host}/`, 'letter'),
          socket: () => new WebSocket(`ws://${host}/`),
          'event source': () => new EventSource(`http://${host}/`),
          image: () => add('img', { src: `http://${host}/a.png` }),
          style: () => add('link', { rel: 'stylesheet', href: `http://${host}/a.css` }),
          script: () => add('script', { src: `http://${host}/a.js` }),
          preload: () => add('link', { rel: 'preload', as: 'fetch', href: `http://${host}/` }),
          prefetch: () => add('link', { rel: 'prefetch', href: `http://${host}/` }),
          preconnect: () => add('link', { rel: 'preconnect', href: `http://${host}/` }),
          video: () => add('video', { src: `http://${host}/a.mp4`, autoplay: true }),
          frame: () => add('iframe', { src: `http://${host}/` }),
          form: () => {
            add('form', { action: `http://${host}/`, method: 'post', id: 'attack' })
            ;(document.getElementById('attack') as HTMLFormElement).submit()
          },
          webrtc: async () => {
            const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udpPort}` }, { urls: `turn:${host}?transport=tcp`, username: 'a', credential: 'b' }] })
            peer.createDataChannel('letter')
            await peer.setLocalDescription(await peer.createOffer())
          }
        }
        for (const way of Object.values(ways)) {
          try {
            void Promise.resolve(way()).catch(() => undefined)
          } catch {
            // Refused at once.
          }
        }
        await new Promise((resolve) => setTimeout(resolve, 1_500))
        return through
      },
      [(tcp.address() as AddressInfo).port, udp.address().port] as const
    )
    expect(answered).toEqual([])
    expect(knocks, 'somebody knocked at the server').toBe(0)
    await cleanUp(app)
    await expectAtHome(app)
    // The server would have noticed.
    await new Promise<void>((resolve) => connect((tcp.address() as AddressInfo).port, '127.0.0.1', resolve))
    await expect.poll(() => knocks).toBe(1)
  } finally {
    tcp.close()
    udp.close()
  }
})

test('permissions are refused, all of them (checklist 5)', async ({ startApp }) => {
  const app = await startApp()
  app.expectTrouble(refusals)
  const { states, granted } = await app.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'persistent-storage', 'idle-detection', 'screen-wake-lock', 'window-management', 'local-fonts', 'storage-access', 'display-capture', 'background-sync', 'payment-handler', 'accelerometer', 'gyroscope', 'magnetometer', 'background-fetch', 'nfc']
    const found: [string, string][] = []
    for (const name of names) {
      try {
        found.push([name, (await navigator.permissions.query({ name: name as PermissionName })).state])
      } catch {
        found.push([name, 'unknown'])
      }
    }
    const got: string[] = []
    const device = navigator as unknown as Record<string, Record<string, (options: unknown) => Promise<unknown>>>
    const within = (work: Promise<unknown>): Promise<unknown> => Promise.race([work, new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), 1_500))])
    const asks: Readonly<Record<string, () => Promise<unknown>>> = {
      camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
      microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
      screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
      place: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      notification: () => Notification.requestPermission().then((state) => (state === 'granted' ? state : Promise.reject(new Error(state)))),
      midi: () => navigator.requestMIDIAccess(),
      'midi with system messages': () => navigator.requestMIDIAccess({ sysex: true }),
      'reading the clipboard': () => navigator.clipboard.readText(),
      'reading all of the clipboard': () => navigator.clipboard.read(),
      usb: () => device['usb']?.['requestDevice']?.({ filters: [] }) ?? Promise.reject(new Error('none')),
      hid: async () => ((await device['hid']?.['requestDevice']?.({ filters: [] })) as readonly unknown[] | undefined)?.[0] ?? Promise.reject(new Error('none')),
      serial: () => device['serial']?.['requestPort']?.({}) ?? Promise.reject(new Error('none')),
      bluetooth: () => device['bluetooth']?.['requestDevice']?.({ acceptAllDevices: true }) ?? Promise.reject(new Error('none')),
      'what the person does': () => (window as unknown as { readonly IdleDetector: { readonly requestPermission: () => Promise<string> } }).IdleDetector.requestPermission().then((state) => (state === 'granted' ? state : Promise.reject(new Error(state)))),
      'full screen': () => document.documentElement.requestFullscreen(),
      'the pointer': () => new Promise((resolve, reject) => {
        document.addEventListener('pointerlockchange', resolve, { once: true })
        document.addEventListener('pointerlockerror', reject, { once: true })
        void (document.body.requestPointerLock() as unknown as Promise<void> | undefined)?.catch(reject)
      }),
      fonts: () => (window as unknown as { readonly queryLocalFonts: () => Promise<readonly unknown[]> }).queryLocalFonts().then((fonts) => fonts[0] ?? Promise.reject(new Error('none'))),
      screens: () => (window as unknown as { readonly getScreenDetails: () => Promise<unknown> }).getScreenDetails(),
      'storage for ever': () => navigator.storage.persist().then((yes) => (yes ? yes : Promise.reject(new Error('no')))),
      'a file to write': () => (window as unknown as { readonly showSaveFilePicker: () => Promise<unknown> }).showSaveFilePicker().then(() => Promise.reject(new Error('cancelled')))
    }
    for (const [name, ask] of Object.entries(asks)) {
      if (name === 'a file to write') continue // opens the system's own dialog; the person decides there
      try {
        await within(ask())
        got.push(name)
      } catch {
        // Refused.
      }
    }
    return { states: found, granted: got }
  })
  expect(granted).toEqual([])
  const answers = states.filter(([, state]) => state !== 'unknown')
  expect(answers.length).toBeGreaterThanOrEqual(15)
  expect(answers.filter(([, state]) => state !== 'denied')).toEqual([])
  await expectAtHome(app)
})

test('a page opens no window: ten ways (checklist 12, 14)', async ({ startApp }) => {
  const app = await startApp()
  app.expectTrouble(refusals)
  const { page } = app
  await page.evaluate(() => {
    const link = (id: string, fields: Record<string, string>): void => {
      const element = Object.assign(document.createElement('a'), { id, textContent: id, ...fields })
      document.querySelector('main')?.prepend(element)
    }
    link('blank', { href: 'https://example.org/', target: '_blank' })
    link('blank-ours', { href: 'app://parish/index.html', target: '_blank', rel: 'opener' })
    link('named', { href: 'app://parish/index.html', target: 'somewhere' })
    link('plain', { href: '#/help' })
  })
  const opened = await page.evaluate(() =>
    ['https://example.org/', 'app://parish/index.html', 'about:blank', '', 'data:text/html,x', 'blob:app://parish/x', 'file:///etc/passwd'].flatMap((url) =>
      [window.open(url), window.open(url, 'name', 'popup,width=300'), window.open(url, '_blank', 'noopener')].filter((handle) => handle !== null)
    ).length
  )
  expect(opened).toBe(0)
  for (const id of ['blank', 'blank-ours', 'named']) await page.locator(`#${id}`).click()
  await page.locator('#plain').click({ button: 'middle' })
  await page.locator('#plain').click({ modifiers: ['Control'] })
  await page.locator('#plain').click({ modifiers: ['Shift'] })
  await page.locator('#plain').click({ modifiers: ['Control', 'Shift'] })
  await page.evaluate(() => {
    document.querySelector('#blank')?.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true }))
    const form = Object.assign(document.createElement('form'), { action: 'app://parish/index.html', target: '_blank' })
    document.body.append(form)
    form.submit()
    form.remove()
    const view = document.createElement('webview')
    view.setAttribute('src', 'app://parish/index.html')
    view.setAttribute('nodeintegration', '')
    document.body.append(view)
  })
  await page.waitForTimeout(500)
  expect(await page.evaluate(() => 'loadURL' in (document.querySelector('webview') ?? {})), 'a webview is only an unknown word').toBe(false)
  expect(app.windows.length).toBe(1)
  expect(await app.electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1)
  await cleanUp(app)
  await expectAtHome(app)
})

test('a page stays where it is: twenty ways to lead it away (checklist 13)', async ({ startApp }) => {
  const app = await startApp()
  app.expectTrouble(refusals)
  const { page } = app
  const elsewhere = ['https://example.org/', 'http://127.0.0.1:9/', 'file:///etc/passwd', 'data:text/html,gone', 'javascript:document.body.remove()', 'chrome://gpu/', 'devtools://devtools/bundled/inspector.html', 'app://other/index.html', 'app://parish/nothing.html', 'app://parish/assets/', 'view-source:app://parish/index.html', 'ftp://example.org/', 'mailto:a@b.org', 'epistle://x', 'filesystem:app://parish/x']
  const ways = await page.evaluate(async (addresses) => {
    let tried = 0
    const attempt = async (work: () => unknown): Promise<void> => {
      tried += 1
      try {
        work()
      } catch {
        // Refused at once.
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const add = (tag: string, fields: Record<string, string>, attributes: Record<string, string> = {}): HTMLElement => {
      const element = Object.assign(document.createElement(tag), fields)
      Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value))
      document.body.append(element)
      return element
    }
    for (const address of addresses) await attempt(() => (location.href = address))
    await attempt(() => location.assign('https://example.org/'))
    await attempt(() => location.replace('https://example.org/'))
    await attempt(() => (document.location = 'https://example.org/'))
    await attempt(() => window.open('https://example.org/', '_self'))
    await attempt(() => window.open('https://example.org/', '_top'))
    await attempt(() => add('a', { href: 'https://example.org/' }).click())
    await attempt(() => add('a', { href: 'https://example.org/', target: '_top' }).click())
    await attempt(() => add('a', { href: 'data:text/plain,x', download: 'a.txt' }).click())
    await attempt(() => (add('form', { action: 'https://example.org/' }) as HTMLFormElement).submit())
    await attempt(() => (add('form', { action: 'https://example.org/', method: 'post' }) as HTMLFormElement).submit())
    await attempt(() => document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=https://example.org/' })))
    await attempt(() => history.pushState(null, '', 'https://example.org/'))
    await attempt(() => add('base', { href: 'https://example.org/' }))
    await attempt(() => add('iframe', { src: 'https://example.org/' }))
    return tried
  }, elsewhere)
  expect(ways).toBeGreaterThanOrEqual(20)
  await page.waitForTimeout(500)
  await cleanUp(app)
  await expectAtHome(app)

  // Chromium asks nobody about about:blank; the window comes back by itself.
  await page.evaluate(() => void setTimeout(() => location.assign('about:blank')))
  await page.waitForTimeout(200)
  await expectAtHome(app)

  // A file and a link dropped on the window.
  const file = join(app.profileDir, 'dropped.html')
  writeFileSync(file, '<title>dropped</title><h1>dropped</h1>')
  const session = await page.context().newCDPSession(page)
  for (const data of [{ items: [], files: [file], dragOperationsMask: 1 }, { items: [{ mimeType: 'text/uri-list', data: 'https://example.org/' }], dragOperationsMask: 1 }]) {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
    await page.waitForTimeout(200)
  }
  await expectAtHome(app)
})
