/** The bridge from the page's side: its shape, who is answered, what is refused, and that main outlives all of it (reliability.md, IPC row). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import type { Page } from 'playwright/test'
import { channels } from '../../src-main/contract/channels'
import { commands } from '../../src-main/contract/commands'
import { limits } from '../../src-main/contract/limits'
import { expect, projectFolder, test, type EpistleApp } from '../support/app'
import { forge, must } from '../support/bridge'
import { commandNames, nearlyValidPayload, validPayload } from '../support/payloads'
import { maryKeane, Volunteer } from '../support/volunteer'

const badRequest = { ok: false, code: 'BAD_REQUEST' }

/** Main answers, the screen is there, nobody has signed in by accident. */
const expectAlive = async ({ page }: EpistleApp): Promise<void> => {
  await expect.poll(async () => ((await forge(page, 'app.state', {})) as { readonly ok: boolean }).ok).toBe(true)
  await expect(page.locator('#app h1').first()).toBeVisible()
}

/** What JSON can carry, so that a sample made here arrives there as it is. A key `__proto__` is lost on the way: the page makes that one itself, below. */
const isJson = (value: unknown): boolean => {
  try {
    const text = JSON.stringify(value)
    return !text.includes('"__proto__"') && isDeepStrictEqual(JSON.parse(text), value)
  } catch {
    return false
  }
}

test('the bridge is the list of commands and one way to listen, frozen (checklist 20)', async ({ startApp }) => {
  const { page } = await startApp()
  const shape = await page.evaluate(() => {
    const bridge = (window as unknown as { readonly epistle: Record<string, unknown> }).epistle
    const isRoom = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
    const names = Object.entries(bridge).flatMap(([room, verbs]) => (isRoom(verbs) ? Object.keys(verbs).map((verb) => `${room}.${verb}`) : [room]))
    const kinds = new Set(Object.values(bridge).flatMap((room) => (isRoom(room) ? Object.values(room).map((verb) => typeof verb) : [typeof room])))
    const before = bridge['app']
    const attempts = [
      () => Object.assign(bridge, { app: null }),
      () => Object.assign(bridge['app'] as object, { state: () => 'forged' }),
      () => Object.defineProperty(bridge, 'app', { value: null }),
      () => Object.assign(bridge, { extra: 1 }),
      () => delete (bridge as Record<string, unknown>)['app'],
      () => Object.assign(window, { epistle: { app: {} } }),
      () => Object.defineProperty(window, 'epistle', { value: {} }),
      () => delete (window as unknown as Record<string, unknown>)['epistle']
    ]
    const changed = attempts.filter((attempt) => {
      try {
        attempt()
      } catch {
        // Frozen.
      }
      const now = (window as unknown as { readonly epistle?: Record<string, unknown> }).epistle
      return now !== bridge || now?.['app'] !== before || 'extra' in now
    }).length
    return { names, kinds: [...kinds], frozen: Object.isFrozen(bridge) && Object.values(bridge).every((room) => Object.isFrozen(room)), changed }
  })
  expect([...shape.names].sort()).toEqual([...channels, 'onEvent'].sort())
  expect(shape.kinds).toEqual(['function'])
  expect(shape).toMatchObject({ frozen: true, changed: 0 })
})

test('an event is its plain value: no sender, no port, nothing to call back (checklist 20)', async ({ startApp }) => {
  const { page } = await startApp()
  const seen = await page.evaluate(async () => {
    const bridge = (window as unknown as { readonly epistle: { readonly onEvent: (listener: (...args: unknown[]) => void) => () => void; readonly settings: { readonly set: (input: unknown) => Promise<unknown> } } }).epistle
    const calls: unknown[][] = []
    const stop = bridge.onEvent((...args) => calls.push(args))
    await bridge.settings.set({ textSize: 120 })
    await new Promise((resolve) => setTimeout(resolve, 200))
    stop()
    await bridge.settings.set({ textSize: 100 })
    await new Promise((resolve) => setTimeout(resolve, 200))
    return calls
  })
  expect(seen).toEqual([[{ type: 'settingsChanged', settings: { textSize: 120, theme: 'system', notice: 'none' } }]])
})

test('only our own top frame is answered: strangers and child frames get nothing (checklist 17)', async ({ startApp }) => {
  const app = await startApp()
  const answers = await app.electron.evaluate(async ({ BrowserWindow, session, dialog }, preload) => {
    // Nobody is there to answer the system's own questions.
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' })
    const ask = `(async () => {
      const answers = {}
      for (const [room, verbs] of Object.entries(window.epistle)) if (typeof verbs === 'object') for (const [verb, call] of Object.entries(verbs)) answers[room + '.' + verb] = await call({})
      return answers
    })()`
    // Our own session would not even load these pages, so they get a session without our rules, and our preload.
    const pages = session.fromPartition('strangers')
    pages.protocol.handle('app', ({ url }) => new Response(url.includes('inner') ? '<title>inner</title>' : '<iframe src="app://parish/inner.html"></iframe>', { headers: { 'content-type': 'text/html' } }))
    const visit = async (address: string, inner: boolean): Promise<Record<string, unknown>> => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload, session: pages, sandbox: true, contextIsolation: true, nodeIntegrationInSubFrames: true } })
      try {
        await window.loadURL(address)
        const frame = inner ? window.webContents.mainFrame.frames[0] : window.webContents.mainFrame
        return (await frame?.executeJavaScript(ask)) as Record<string, unknown>
      } finally {
        window.destroy()
      }
    }
    return {
      'about:blank': await visit('about:blank', false),
      'a data page': await visit('data:text/html,<title>x</title>', false),
      'another host': await visit('app://other/index.html', false),
      'a child frame of our own origin': await visit('app://parish/index.html', true),
      'the top frame of our own origin': await visit('app://parish/index.html', false)
    }
  }, join(projectFolder, 'out', 'preload', 'index.cjs'))
  const { 'the top frame of our own origin': ours, ...strangers } = answers
  for (const [who, answer] of Object.entries(strangers)) {
    expect(Object.keys(answer).sort(), who).toEqual([...channels].sort())
    expect(Object.values(answer).filter((one) => !isDeepStrictEqual(one, badRequest)), who).toEqual([])
  }
  expect(ours['settings.get'], 'the same call of our own page is answered').toMatchObject({ ok: true })
  // And in our own window a frame has no bridge at all.
  const inFrame = await app.page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const found = 'epistle' in (frame.contentWindow ?? {})
    frame.remove()
    return found
  })
  expect(inFrame).toBe(false)
  await expectAlive(app)
})

test('before sign-in every command that needs a person says SIGNED_OUT, and again after sign-out', async ({ startApp }) => {
  const app = await startApp()
  const { page } = app
  const mary = new Volunteer(() => page)
  const closed = commandNames.filter((name) => commands[name].access !== 'open')
  const payloads = new Map(closed.map((name) => [name, fc.sample(validPayload(name).filter(isJson), { seed: 7, numRuns: 3 })]))
  const expectSignedOut = async (): Promise<void> => {
    for (const name of closed) {
      for (const payload of payloads.get(name) ?? []) expect(await forge(page, name, payload), name).toEqual({ ok: false, code: 'SIGNED_OUT' })
    }
  }
  expect(closed.length).toBeGreaterThan(25)
  await expectSignedOut()
  await mary.practise()
  expect(await forge(page, 'home.summary', {})).toMatchObject({ ok: true })
  await mary.signOut()
  await expect(mary.heading('Welcome to Epistle')).toBeVisible()
  await expectSignedOut()
  expect(JSON.stringify(await must(page, 'app.state', {}))).not.toContain(maryKeane.email)
})

/** Sends every payload, a little slower than the door counts, and gives back what came. */
const sendAll = (page: Page, name: string, payloads: readonly unknown[]): Promise<readonly unknown[]> =>
  page.evaluate(
    async ([room, verb, list, atOnce]) => {
      const call = (window as unknown as { readonly epistle: Record<string, Record<string, (input: unknown) => Promise<unknown>>> }).epistle[room]?.[verb]
      const answers: unknown[] = []
      for (let at = 0; at < list.length; at += atOnce) {
        if (at > 0) await new Promise((resolve) => setTimeout(resolve, 1_050))
        answers.push(...(await Promise.all(list.slice(at, at + atOnce).map((payload) => call?.(payload)))))
      }
      return answers
    },
    [name.split('.')[0] ?? '', name.split('.')[1] ?? '', payloads, limits.callsPerSecond] as const
  )

test('payloads with one thing wrong are BAD_REQUEST for every command, and main stays alive', async ({ startApp }) => {
  const app = await startApp()
  await new Volunteer(() => app.page).practise()
  let sent = 0
  for (const name of commandNames) {
    // Some channels were used on the way here; a fresh second is worth nothing to a refusal, so the rest is sent at once.
    const payloads = fc.sample(nearlyValidPayload(name).filter(isJson), { seed: 11, numRuns: 20 })
    const answers = await sendAll(app.page, name, payloads)
    expect(answers.filter((answer) => !isDeepStrictEqual(answer, badRequest)), name).toEqual([])
    sent += answers.length
  }
  expect(sent).toBe(20 * commandNames.length)
  await expectAlive(app)
})

test('what only JavaScript can say is refused too, and nothing typed reaches the diary', async ({ startApp }) => {
  const app = await startApp()
  const { page, profileDir } = app
  const answers = await page.evaluate(async () => {
    const { accounts } = (window as unknown as { readonly epistle: { readonly accounts: { readonly signIn: (...args: unknown[]) => Promise<unknown> } } }).epistle
    const canary = 'canary-Lantern7oak'
    const cyclic: Record<string, unknown> = { email: canary }
    cyclic['self'] = cyclic
    let deep: unknown = canary
    for (let level = 0; level < 100; level++) deep = { deep }
    const sparse = [canary]
    sparse[40] = canary
    const good = { email: canary, password: canary }
    const payloads: readonly (readonly unknown[])[] = [
      [],
      [undefined],
      [null],
      [5],
      [canary],
      [[]],
      [[good]],
      [NaN],
      [-0],
      [1e309],
      [10n],
      [Symbol('a')],
      [() => canary],
      [new Date(0)],
      [new Map([['email', canary]])],
      [new Set([canary])],
      [new Uint8Array(10)],
      [new Error(canary)],
      [new Proxy(good, {})],
      [cyclic],
      [deep],
      [sparse],
      [document.body],
      [window],
      [new Blob([canary])],
      [Promise.resolve(good)],
      [{ ...good, extra: 1 }],
      [{ ...good, toJSON: () => good }],
      [{ email: { toString: () => canary }, password: canary }],
      [{ email: [canary], password: canary }],
      [{ email: NaN, password: -0 }],
      [JSON.parse(`{"email":"${canary}","password":"${canary}","__proto__":{"polluted":true}}`)],
      [JSON.parse(`{"email":"${canary}","password":"${canary}","constructor":{"prototype":{"polluted":true}}}`)],
      [Object.create(good)],
      [{ email: canary, password: 'a'.repeat(3 * 1024 * 1024) }],
      [{ email: 'e'.repeat(1_001), password: canary }]
    ]
    const answered: unknown[] = []
    for (const args of payloads) {
      try {
        answered.push(await accounts.signIn(...args))
      } catch {
        // The bridge itself refused to carry it.
        answered.push('not carried')
      }
    }
    return answered
  })
  const refused = answers.filter((answer) => answer === 'not carried' || isDeepStrictEqual(answer, badRequest))
  // A proxy and a second look at `good` by way of its prototype arrive as what they stand for, or not at all.
  const others = answers.filter((answer) => !refused.includes(answer))
  expect(others.filter((answer) => (answer as { readonly code?: string }).code !== 'SIGN_IN_REFUSED')).toEqual([])
  expect(others.length).toBeLessThanOrEqual(2)
  expect(answers.length).toBeGreaterThan(30)
  await expectAlive(app)
  expect(await app.electron.evaluate(() => ('polluted' in {}) || ('extra' in {}))).toBe(false)
  const diary = readFileSync(join(profileDir, 'logs', 'epistle.log'), 'utf8')
  expect(diary).toContain('accounts.signIn: refused')
  expect(diary).not.toMatch(/canary|Lantern7oak/)
})

test('3 MB are refused at once, also when somebody is signed in', async ({ startApp }) => {
  const app = await startApp()
  await new Volunteer(() => app.page).practise()
  const { draftId, revision } = await must(app.page, 'drafts.create', {})
  const answer = await app.page.evaluate(
    async ([id, baseRevision]) => {
      const { drafts } = (window as unknown as { readonly epistle: { readonly drafts: { readonly save: (input: unknown) => Promise<unknown> } } }).epistle
      const start = performance.now()
      const result = await drafts.save({ draftId: id, baseRevision, patch: { body: '☧'.repeat(1024 * 1024) } })
      return { result, took: performance.now() - start }
    },
    [draftId, revision] as const
  )
  expect(answer.result).toEqual(badRequest)
  expect(answer.took).toBeLessThan(5_000)
  expect((await must(app.page, 'drafts.open', { draftId })).body).toBe('')
})

test('1,000 calls a second: what is too much is BUSY, the rest is answered', async ({ startApp }) => {
  const app = await startApp()
  const { counts, took, other } = await app.page.evaluate(async () => {
    const bridge = (window as unknown as { readonly epistle: Record<string, Record<string, (input: unknown) => Promise<{ readonly ok: boolean; readonly code?: string }>>> }).epistle
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const start = performance.now()
    const flood = Array.from({ length: 1_000 }, () => bridge['practice']?.['state']?.({}))
    const otherChannel = await bridge['post']?.['list']?.({})
    const answers = await Promise.all(flood)
    const tally: Record<string, number> = {}
    for (const answer of answers) {
      const kind = answer?.ok ? 'ok' : (answer?.code ?? 'none')
      tally[kind] = (tally[kind] ?? 0) + 1
    }
    return { counts: tally, took: performance.now() - start, other: otherChannel?.ok }
  })
  expect(Object.keys(counts).sort()).toEqual(['BUSY', 'ok'])
  // One window of the count for every second the flood took, and one more where it began in the middle of one.
  expect(counts['ok']).toBeLessThanOrEqual(limits.callsPerSecond * (2 + Math.floor(took / 1_000)))
  expect(counts['ok']).toBeGreaterThanOrEqual(limits.callsPerSecond)
  expect(other, 'another channel is not held up').toBe(true)
  await app.page.waitForTimeout(1_100)
  expect(await forge(app.page, 'practice.state', {})).toMatchObject({ ok: true })
})
