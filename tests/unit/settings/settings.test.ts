/** Settings on a real disk, through the real store; only Electron itself, which electron-store asks for a default folder, is left out. */
import * as fc from 'fast-check'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openSettings } from '../../../src-main/settings'

vi.mock('electron-store', async () => {
  const { default: Conf } = await import('conf')
  // What electron-store does with a folder that is named: it hands everything on.
  class StoreInNamedFolder extends Conf {
    constructor({ name, ...options }: { readonly name: string; readonly cwd: string }) {
      super({ ...options, configName: name, projectVersion: '0.0.0' })
    }
  }
  return { default: StoreInNamedFolder }
})

type Opened = ReturnType<typeof openSettings>
const choose = async (settings: Opened, patch: Parameters<Opened['set']>[0]): Promise<ReturnType<Opened['get']>> => {
  await settings.set(patch)
  return settings.get()
}

const unset = { textSize: 100, theme: 'system', notice: 'none' } as const
let folder = ''
const file = (): string => join(folder, 'settings.json')
const put = (content: string | Buffer): void => writeFileSync(file(), content)
const written = (): unknown => JSON.parse(readFileSync(file(), 'utf8'))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-settings-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

describe('a file of our own', () => {
  it('begins with defaults and no file', () => {
    const settings = openSettings(folder)
    expect(settings.get()).toEqual(unset)
    expect(settings.windowBounds()).toEqual({ width: 1280, height: 800 })
    expect(existsSync(`${file()}.bad`)).toBe(false)
  })

  it('keeps what was chosen, over a restart', async () => {
    const settings = openSettings(folder)
    expect(await choose(settings, { textSize: 150 })).toEqual({ ...unset, textSize: 150 })
    expect(await choose(settings, { theme: 'contrast' })).toEqual({ textSize: 150, theme: 'contrast', notice: 'none' })
    await settings.keepWindowBounds({ width: 900, height: 700, x: 10, y: 20, maximized: true })
    const again = openSettings(folder)
    expect(again.get()).toEqual({ textSize: 150, theme: 'contrast', notice: 'none' })
    expect(again.windowBounds()).toEqual({ width: 900, height: 700, x: 10, y: 20, maximized: true })
  })

  it('an undefined in a patch changes nothing', async () => {
    const settings = openSettings(folder)
    await settings.set({ theme: 'dark' })
    expect(await choose(settings, { theme: undefined, textSize: 120 })).toEqual({ textSize: 120, theme: 'dark', notice: 'none' })
  })

  it('whatever was kept comes back without a notice', async () => {
    const theme = fc.constantFrom('system', 'light', 'dark', 'contrast' as const)
    const bounds = fc.record({ width: fc.integer(), height: fc.integer(), x: fc.integer(), y: fc.integer(), maximized: fc.boolean() }, { requiredKeys: ['width', 'height'] })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 200 }), theme, bounds, async (textSize, chosen, window) => {
        const settings = openSettings(folder)
        await settings.set({ textSize, theme: chosen as 'dark' })
        await settings.keepWindowBounds(window)
        const again = openSettings(folder)
        expect(again.get()).toEqual({ textSize, theme: chosen, notice: 'none' })
        expect(again.windowBounds()).toEqual(settings.windowBounds())
        rmSync(file())
      }),
      { numRuns: 50 }
    )
  })
})

const good = JSON.stringify({ textSize: 150, theme: 'dark', window: { width: 900, height: 700 } })
const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth)

describe('a file that cannot be read starts the app on defaults, and is kept', () => {
  const garbage: readonly (readonly [string, string | Buffer])[] = [
    ['empty', ''],
    ['a space', ' '],
    ['{', '{'],
    ['null', 'null'],
    ['[]', '[]'],
    ['a list of settings', `[${good}]`],
    ['"x"', '"x"'],
    ['5', '5'],
    ['true', 'true'],
    ['NaN', 'NaN'],
    ['a text size of NaN', '{"textSize":NaN}'],
    ['a byte order mark', `\uFEFF${good}`],
    ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(good, 'utf16le')],
    ['NUL bytes', Buffer.alloc(300)],
    ['NUL inside', good.replace('dark', 'da\0rk')],
    ['a trailing comma', '{"textSize":150,}'],
    ['comments', '{/* size */"textSize":150}'],
    ['single quotes', "{'textSize':150}"],
    ['two objects', good + good],
    ['an HTML page', '<!doctype html><title>Sign in to the network</title>'],
    ['random bytes', Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 151 + 7) % 256))],
    ['10,000 deep lists', nested(10_000, '[', ']')],
    ['50 MB', `{"theme":"dark","junk":"${'a'.repeat(50 * 1024 * 1024)}"}`]
  ]
  it.each(garbage)('%s', async (_what, content) => {
    put(content)
    const settings = openSettings(folder)
    expect(settings.get()).toEqual({ ...unset, notice: 'reset' })
    expect(readFileSync(`${file()}.bad`).equals(Buffer.from(content)), 'the old file is kept as it was').toBe(true)
    // And the next choice is saved.
    await settings.set({ theme: 'light' })
    expect(written()).toMatchObject({ theme: 'light' })
    expect(openSettings(folder).get()).toEqual({ ...unset, theme: 'light' })
  })

  it('cut at any byte', () => {
    for (let at = 0; at < good.length; at++) {
      put(good.slice(0, at))
      expect(openSettings(folder).get(), `cut at ${at}`).toEqual({ ...unset, notice: 'reset' })
      rmSync(`${file()}.bad`)
    }
  })

  it('200 files of noise: the app always starts, and what it starts with is in range', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.uint8Array({ maxLength: 400 }), fc.string({ unit: 'binary' })), (content) => {
        put(typeof content === 'string' ? content : Buffer.from(content))
        const { textSize, theme } = openSettings(folder).get()
        expect(textSize).toBeGreaterThanOrEqual(100)
        expect(textSize).toBeLessThanOrEqual(200)
        expect(['system', 'light', 'dark', 'contrast']).toContain(theme)
        rmSync(`${file()}.bad`, { recursive: true, force: true })
      }),
      { numRuns: 200 }
    )
  })
})

describe('a file that can be read, but not believed', () => {
  it.each([
    ['theme pink', '{"theme":"pink"}', unset],
    ['theme as a path', '{"theme":"../../x"}', unset],
    ['theme as a list', '{"theme":["dark"]}', unset],
    ['text size 0', '{"textSize":0}', unset],
    ['text size -1', '{"textSize":-1}', unset],
    ['text size 1e9', '{"textSize":1e9}', { ...unset, textSize: 200 }],
    ['text size 1e999', '{"textSize":1e999}', unset],
    ['text size "1"', '{"textSize":"1"}', unset],
    ['text size 120.4', '{"textSize":120.4}', { ...unset, textSize: 120 }],
    ['text size null', '{"textSize":null}', unset],
    ['one good value beside a bad one', '{"textSize":150,"theme":"pink"}', { ...unset, textSize: 150 }],
    ['window 1x1', '{"window":{"width":1,"height":1}}', unset],
    ['window at -30000', '{"window":{"width":900,"height":700,"x":-30000,"y":0}}', unset],
    ['window as a text', '{"window":"900x700"}', unset],
    ['window null', '{"window":null}', unset]
  ])('%s: brought into range with one notice, the old file kept', async (_what, content, expected) => {
    put(content)
    const settings = openSettings(folder)
    expect(settings.get()).toEqual({ ...expected, notice: 'reset' })
    expect(readFileSync(`${file()}.bad`, 'utf8')).toBe(content)
    const { width, height, x = 0 } = settings.windowBounds()
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(480)
    expect(x).toBeGreaterThanOrEqual(-20_000)
    await settings.settled()
    expect(openSettings(folder).get(), 'said once').toEqual({ ...expected, notice: 'none' })
  })

  it.each([
    ['duplicate keys: the last counts', '{"theme":"light","theme":"dark"}', { ...unset, theme: 'dark' }],
    ['keys of a newer version', '{"theme":"dark","holograms":true}', { ...unset, theme: 'dark' }],
    ['a window without a place', '{"window":{"width":900,"height":700}}', unset],
    ['an empty object', '{}', unset],
    ['Windows line ends', '{\r\n"theme": "dark"\r\n}\r\n', { ...unset, theme: 'dark' }],
    ['a file by another hand, deeper than ours', `{"theme":"dark","extra":${nested(5_000, '{"a":', '}').replace('{"a":}', '{"a":1}')}}`, { ...unset, theme: 'dark' }]
  ])('%s', (_what, content, expected) => {
    put(content)
    expect(openSettings(folder).get()).toEqual({ ...expected, notice: 'none' })
    expect(existsSync(`${file()}.bad`)).toBe(false)
  })

  it.each(['__proto__', 'constructor', 'prototype'])('%s changes no object of the app', async (key) => {
    put(`{"theme":"dark","${key}":{"textSize":200,"polluted":true,"prototype":{"polluted":true}}}`)
    const settings = openSettings(folder)
    expect(settings.get()).toEqual({ ...unset, theme: 'dark' })
    await settings.set({ textSize: 110 })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(({} as Record<string, unknown>)['textSize']).toBeUndefined()
    expect(written()).toMatchObject({ theme: 'dark', textSize: 110 })
  })

  it('nothing that is not ours is written back', async () => {
    put('{"theme":"dark","password":"Lantern7oak","__proto__":{"a":1}}')
    const settings = openSettings(folder)
    await settings.set({ textSize: 110 })
    expect(Object.keys(written() as object).sort()).toEqual(['textSize', 'theme', 'window'])
    expect(readFileSync(file(), 'utf8')).not.toContain('Lantern7oak')
  })
})

describe('a place that is no file', () => {
  it('a folder is put aside', async () => {
    mkdirSync(join(file(), 'inside'), { recursive: true })
    const settings = openSettings(folder)
    expect(settings.get()).toEqual({ ...unset, notice: 'reset' })
    expect(statSync(`${file()}.bad`).isDirectory()).toBe(true)
    await settings.set({ theme: 'dark' })
    expect(written()).toMatchObject({ theme: 'dark' })
  })

  it('a pipe is put aside, never waited for', () => {
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [file()])
    expect(openSettings(folder).get()).toEqual({ ...unset, notice: 'reset' })
  })

  it('a link to nowhere begins anew', () => {
    if (process.platform === 'win32') return
    symlinkSync(join(folder, 'gone.json'), file())
    expect(openSettings(folder).get()).toEqual(unset)
  })
})

describe('a place that cannot be written', () => {
  it('keeps the settings in memory and says so', async () => {
    const settings = openSettings(folder)
    await settings.set({ theme: 'dark' })
    // The disk is gone under a running app; this also holds for root, whom rights do not stop.
    rmSync(folder, { recursive: true })
    writeFileSync(folder, 'a file where the folder was')
    expect(await choose(settings, { textSize: 150 })).toEqual({ textSize: 150, theme: 'dark', notice: 'unsaved' })
    expect(settings.get()).toEqual({ textSize: 150, theme: 'dark', notice: 'unsaved' })
    await settings.keepWindowBounds({ width: 800, height: 600 })
    expect(settings.windowBounds()).toEqual({ width: 800, height: 600 })
    rmSync(folder)
    mkdirSync(folder)
  })

  it('a bad file that cannot be put aside is left alone, and the app starts', async () => {
    put('{')
    mkdirSync(join(`${file()}.bad`, 'inside'), { recursive: true })
    const settings = openSettings(folder)
    expect(settings.get()).toEqual({ ...unset, notice: 'reset' })
    expect(await choose(settings, { theme: 'dark' })).toEqual({ ...unset, theme: 'dark', notice: 'unsaved' })
    expect(readFileSync(file(), 'utf8')).toBe('{')
  })

  it('a read-only folder', async () => {
    // Rights do not stop root; there the test before this one stands in.
    if (process.platform === 'win32' || process.getuid?.() === 0) return
    put(good)
    chmodSync(folder, 0o500)
    const settings = openSettings(folder)
    expect(settings.get()).toEqual({ textSize: 150, theme: 'dark', notice: 'none' })
    expect(await choose(settings, { theme: 'light' })).toEqual({ textSize: 150, theme: 'light', notice: 'unsaved' })
  })

  it('leaves no half-written file beside it', async () => {
    const settings = openSettings(folder)
    for (let size = 100; size <= 200; size += 10) await settings.set({ textSize: size })
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })
})
