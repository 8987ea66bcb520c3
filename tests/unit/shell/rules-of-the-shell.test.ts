/** One security rule per file, each against a stand-in of the Electron object it guards. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppEvent } from '@contract/events'
import { deskQuestion } from '../../../src-main/shell/ask-about-desk'
import { denyNavigation } from '../../../src-main/shell/deny-navigation'
import { denyNetwork } from '../../../src-main/shell/deny-network'
import { denyNewWindows } from '../../../src-main/shell/deny-new-windows'
import { denyPeers } from '../../../src-main/shell/deny-peers'
import { denyPermissions } from '../../../src-main/shell/deny-permissions'
import { denyWebviews } from '../../../src-main/shell/deny-webviews'
import { enableSandbox } from '../../../src-main/shell/enable-sandbox'
import { createFlush } from '../../../src-main/shell/flush'
import { readStartOptions } from '../../../src-main/shell/paths'
import { startTrouble } from '../../../src-main/shell/start-trouble'

const fake = vi.hoisted(() => ({ paths: new Map<string, string>(), switches: new Set<string>(), sandboxed: 0 }))
vi.mock('electron', () => ({
  protocol: {},
  app: {
    getPath: () => fake.paths.get('userData') ?? '',
    setPath: (name: string, path: string) => fake.paths.set(name, path),
    setAppLogsPath: (path: string) => fake.paths.set('logs', path),
    commandLine: { hasSwitch: (name: string) => fake.switches.has(name) },
    enableSandbox: () => (fake.sandboxed += 1)
  }
}))

type Listener = (...args: readonly unknown[]) => unknown
const fakeContents = () => {
  const listeners = new Map<string, Listener>()
  let windowOpen: Listener = () => undefined
  return {
    contents: { on: (name: string, listener: Listener) => listeners.set(name, listener), setWindowOpenHandler: (handler: Listener) => (windowOpen = handler) } as never,
    listeners,
    windowOpen: (details: unknown) => windowOpen(details)
  }
}

describe('navigation', () => {
  const navigates = (event: string, url: string): boolean => {
    const { contents, listeners } = fakeContents()
    denyNavigation(contents)
    let stopped = false
    listeners.get(event)?.({ url, preventDefault: () => (stopped = true) })
    return !stopped
  }
  const events = ['will-navigate', 'will-frame-navigate', 'will-redirect']

  it('a page that got away (Chromium asks nobody about about:blank) is led back', () => {
    const { contents, listeners } = fakeContents()
    const loadURL = vi.fn(async () => undefined)
    denyNavigation(Object.assign(contents, { loadURL }) as never)
    listeners.get('did-navigate')?.({}, 'app://parish/index.html#/home')
    expect(loadURL).not.toHaveBeenCalled()
    listeners.get('did-navigate')?.({}, 'about:blank')
    expect(loadURL).toHaveBeenCalledWith('app://parish/index.html')
  })

  it.each(events)('%s stays on our own pages', (event) => {
    expect(navigates(event, 'app://parish/index.html#/e/inbox')).toBe(true)
  })
  it.each(
    events.flatMap((event) =>
      ['https://example.org', 'http://parish/', 'file:///etc/passwd', 'data:text/html,x', 'about:blank', 'javascript:alert(1)', 'app://other/', 'app://parish.example.org/', 'app://user@parish:1/', 'APP://PARISH.', 'blob:app://parish/a', 'view-source:app://parish/', 'chrome://gpu', 'app://parish/', 'app://parish/nothing.html', 'app://parish/assets/index.js', '', 'not an address'].map((url) => [event, url])
    )
  )('%s refuses %j', (event, url) => {
    expect(navigates(event, url)).toBe(false)
  })
})

describe('windows, webviews, permissions, network', () => {
  it('a page has no peers', () => {
    const setWebRTCIPHandlingPolicy = vi.fn()
    denyPeers({ setWebRTCIPHandlingPolicy } as never)
    expect(setWebRTCIPHandlingPolicy).toHaveBeenCalledWith('disable_non_proxied_udp')
  })

  it('a page opens no window', () => {
    const { contents, windowOpen } = fakeContents()
    denyNewWindows(contents)
    for (const url of ['https://example.org', 'app://parish/index.html', 'about:blank', '']) expect(windowOpen({ url, disposition: 'new-window' })).toEqual({ action: 'deny' })
  })

  it('no webview is attached', () => {
    const { contents, listeners } = fakeContents()
    denyWebviews(contents)
    const preventDefault = vi.fn()
    listeners.get('will-attach-webview')?.({ preventDefault }, { nodeIntegration: true }, { src: 'app://parish' })
    expect(preventDefault).toHaveBeenCalledOnce()
  })

  const kinds = ['clipboard-read', 'media', 'display-capture', 'mediaKeySystem', 'geolocation', 'notifications', 'midi', 'midiSysex', 'pointerLock', 'fullscreen', 'openExternal', 'window-management', 'idle-detection', 'speaker-selection', 'storage-access', 'hid', 'serial', 'usb', 'bluetooth', 'fileSystem', 'unknown', '']
  it('a page may write to the clipboard, and nothing else', () => {
    let request: Listener = () => undefined
    let check: Listener = () => undefined
    let device: Listener = () => true
    denyPermissions({
      setPermissionRequestHandler: (handler: Listener) => (request = handler),
      setPermissionCheckHandler: (handler: Listener) => (check = handler),
      setDevicePermissionHandler: (handler: Listener) => (device = handler)
    } as never)
    const asked = (kind: string): unknown => {
      let answer: unknown
      request(null, kind, (given: unknown) => (answer = given))
      return answer
    }
    for (const kind of kinds) {
      expect(asked(kind), kind).toBe(false)
      expect(check(null, kind, 'app://parish'), kind).toBe(false)
    }
    expect(asked('clipboard-sanitized-write')).toBe(true)
    expect(check(null, 'clipboard-sanitized-write', 'app://parish')).toBe(true)
    expect(device({ deviceType: 'usb' })).toBe(false)
  })

  it('only our own pages load, and what is no request goes nowhere', () => {
    let ask: Listener = () => undefined
    const setProxy = vi.fn(async () => undefined)
    denyNetwork({ webRequest: { onBeforeRequest: (handler: Listener) => (ask = handler) }, setProxy } as never)
    expect(setProxy).toHaveBeenCalledWith({ mode: 'fixed_servers', proxyRules: '127.0.0.1:9', proxyBypassRules: '<-loopback>' })
    const cancelled = (url: string): boolean => {
      let answer: { cancel?: boolean } = {}
      ask({ url }, (given: { cancel: boolean }) => (answer = given))
      return answer.cancel === true
    }
    for (const url of ['app://parish/index.html', 'app://parish/assets/a.js', 'blob:app://parish/1-2-3', 'devtools://devtools/bundled/inspector.html']) expect(cancelled(url), url).toBe(false)
    for (const url of ['https://example.org/', 'http://127.0.0.1/', 'ws://127.0.0.1/', 'wss://a', 'file:///etc/passwd', 'ftp://a/', 'app://other/', 'app://parishes/', 'blob:https://a/1', 'data:text/html,x', 'chrome://gpu', 'chrome-extension://a/', '']) {
      expect(cancelled(url), url).toBe(true)
    }
  })
})

describe('the sandbox', () => {
  it('is asked for, unless the command line took it away', () => {
    enableSandbox()
    expect(fake.sandboxed).toBe(1)
    fake.switches.add('no-sandbox')
    enableSandbox()
    expect(fake.sandboxed).toBe(1)
  })
})

describe('start options', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'epistle-options-'))
    fake.paths.clear()
    fake.paths.set('userData', join(folder, 'default'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('keep everything in the folder that is named', () => {
    const { profileDir, serviceConfig } = readStartOptions(['electron', '.', `--profile-dir=${join(folder, 'a b')}`])
    expect(profileDir).toBe(join(folder, 'a b'))
    expect(serviceConfig).toBeNull()
    for (const name of ['userData', 'sessionData', 'crashDumps', 'logs']) expect(fake.paths.get(name)?.startsWith(profileDir), name).toBe(true)
  })
  it.each([[['electron', '.']], [['electron', '.', '--profile-dir=']], [['electron', '.', '--profile-dir', 'x']], [['electron', '--profile-directory=/x']]])('%j means the usual folder', (args) => {
    expect(readStartOptions(args).profileDir).toBe(join(folder, 'default'))
  })
  it('a relative folder is made absolute', () => {
    const relative = join('node_modules', '.epistle-test-profile')
    try {
      expect(readStartOptions([`--profile-dir=${relative}`]).profileDir).toBe(resolve(relative))
    } finally {
      rmSync(relative, { recursive: true, force: true })
    }
  })
  it('hand on the text of the service’s file, whatever is in it', () => {
    const file = join(folder, 'service.json')
    writeFileSync(file, '{"seed": 7')
    expect(readStartOptions([`--service-config=${file}`]).serviceConfig).toBe('{"seed": 7')
  })
  it('name what cannot be used, and the next step', () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    expect(() => readStartOptions([`--profile-dir=${join(file, 'inside')}`])).toThrow(/cannot be used\. Choose another one/)
    expect(() => readStartOptions([`--profile-dir=${file}`])).toThrow(/cannot be used/)
    expect(() => readStartOptions([`--service-config=${join(folder, 'missing.json')}`])).toThrow(/could not be read\. Check its name/)
    expect(() => readStartOptions([`--service-config=${folder}`])).toThrow(/could not be read/)
  })
})

describe('what a person reads when the app cannot start', () => {
  it.each(['NEWER_VERSION', 'DAMAGED', 'ALREADY_OPEN', 'READ_ONLY', 'DISK_FULL', 'DISK_FAULT', 'FILE_BUSY'])('%s has its own sentence and a next step', (code) => {
    const { title, sentence } = startTrouble(code, 'SqliteError: at db.js:1')
    expect(title).not.toBe('')
    expect(sentence).toMatch(/\.$/)
    expect(sentence).not.toMatch(/Error|db\.js|_/)
  })
  it.each(['copy', 'nothing'] as const)('this PC’s own file damaged, with a way on from %s: what is wrong, that letters are safe, what each button does', (from) => {
    const { message, detail, buttons } = deskQuestion(from)
    expect(message).toMatch(/damaged.*letters.*not touched\.$/)
    expect(detail).toMatch(from === 'copy' ? /good copy.*kept.*Or close Epistle/ : /begin it anew.*signs in once.*kept.*Or close Epistle/)
    expect(buttons).toEqual([from === 'copy' ? 'Go on with the copy' : 'Begin it anew', 'Close Epistle'])
  })
  it('anything else names its first line, without a stack', () => {
    const { title, sentence } = startTrouble('INTERNAL', 'Error: Unknown key "sed" in the service\'s options.\n    at start (core-thread.js:1)')
    expect(title).toBe('Epistle cannot start')
    expect(sentence).toBe('Unknown key "sed" in the service\'s options. Nothing was changed.')
  })
})

describe('asking windows to save', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const windowThat = (state: 'lives' | 'destroyed' | 'crashed') => ({ isDestroyed: () => state === 'destroyed', webContents: { isCrashed: () => state === 'crashed' } }) as never
  const begin = () => {
    const sent: AppEvent[] = []
    const flush = createFlush((_window, event) => sent.push(event))
    return { flush, ids: () => sent.map((event) => (event.type === 'flushRequested' ? event.flushId : '')) }
  }
  const isDone = async (promise: Promise<boolean>): Promise<boolean> => {
    let done = false
    void promise.then(() => (done = true))
    await vi.advanceTimersByTimeAsync(0)
    return done
  }

  it('waits for the window’s word, its own and not another’s', async () => {
    const { flush, ids } = begin()
    const first = flush.ask(windowThat('lives'))
    const second = flush.ask(windowThat('lives'))
    expect(new Set(ids()).size).toBe(2)
    flush.answered('nobody', false)
    flush.answered(ids()[1] ?? '', true)
    expect(await isDone(first)).toBe(false)
    expect(await isDone(second)).toBe(true)
    flush.answered(ids()[0] ?? '', false)
    flush.answered(ids()[0] ?? '', false)
    expect(await isDone(first)).toBe(true)
    expect([await first, await second], 'one could not save, the other could').toEqual([false, true])
  })
  it('not longer than three seconds', async () => {
    const { flush } = begin()
    const asked = flush.ask(windowThat('lives'))
    await vi.advanceTimersByTimeAsync(2_900)
    expect(await isDone(asked)).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    expect(await isDone(asked)).toBe(true)
    expect(await asked, 'a window that does not answer cannot keep the app open').toBe(true)
  })
  it.each(['destroyed', 'crashed'] as const)('a window that is %s is not asked', async (state) => {
    const { flush, ids } = begin()
    expect(await isDone(flush.ask(windowThat(state)))).toBe(true)
    expect(ids()).toEqual([])
  })
})
