import ElectronStore from 'electron-store'
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings, Theme } from '../contract/views'

export type WindowBounds = { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number; readonly maximized?: boolean }

type Raw = Readonly<Record<string, unknown>>
type Stored = { textSize: number; theme: Theme; window: WindowBounds }

const defaults: Stored = { textSize: 100, theme: 'system', window: { width: 1280, height: 800 } }
const themes: readonly Theme[] = ['system', 'light', 'dark', 'contrast']

/** Ours is a few hundred bytes; whatever is larger is not ours and is not read. */
const largestFile = 64 * 1024

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isRecord = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)
const clamp = (value: number, least: number, most: number): number => Math.round(Math.min(most, Math.max(least, value)))

/** Values somebody edited by hand are brought into range, never believed (bad-inputs.md, Settings file). */
const clean = (raw: Raw): Stored => {
  const bounds = isRecord(raw['window']) ? raw['window'] : {}
  const textSize = raw['textSize']
  return {
    textSize: isNumber(textSize) ? clamp(textSize, 100, 200) : defaults.textSize,
    theme: themes.find((theme) => theme === raw['theme']) ?? defaults.theme,
    window: {
      width: isNumber(bounds['width']) ? clamp(bounds['width'], 480, 10_000) : defaults.window.width,
      height: isNumber(bounds['height']) ? clamp(bounds['height'], 480, 10_000) : defaults.window.height,
      ...(isNumber(bounds['x']) && isNumber(bounds['y']) ? { x: clamp(bounds['x'], -20_000, 20_000), y: clamp(bounds['y'], -20_000, 20_000) } : {}),
      ...(bounds['maximized'] === true ? { maximized: true } : {})
    }
  }
}

/** Whether every value we know could be taken as it stands in the file. */
const isTakenWhole = (raw: Raw, taken: Raw): boolean =>
  Object.entries(taken).every(([key, value]) => {
    const given = raw[key]
    if (given === undefined) return true
    return isRecord(value) ? isRecord(given) && isTakenWhole(given, value) : Object.is(given, value)
  })

/** Whether there is no file yet, or one that holds settings at all. */
const isUsable = (file: string): boolean => {
  if (!existsSync(file)) return true
  const stats = statSync(file)
  return stats.isFile() && stats.size <= largestFile && isRecord(parse(readFileSync(file, 'utf8')))
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Preferences of this PC, in `settings.json`: how things look, nothing that protects anything. A file that cannot be read
 * or believed is kept as `settings.json.bad` and the app goes on with what is left of it; a folder that cannot be written
 * leaves the settings in memory.
 */
export const openSettings = (profileDir: string) => {
  const file = join(profileDir, 'settings.json')
  let notice: Settings['notice'] = 'none'
  let store: ElectronStore<Record<string, unknown>> | null = null
  let current = defaults
  const setAside = (): void => {
    notice = 'reset'
    renameSync(file, `${file}.bad`)
  }
  const write = (): void => {
    if (store === null) throw new Error('no settings file')
    store.store = { ...current }
  }
  try {
    if (!isUsable(file)) setAside()
    store = new ElectronStore<Record<string, unknown>>({ cwd: profileDir, name: 'settings', clearInvalidConfig: false, accessPropertiesByDotNotation: false })
    const raw = store.store
    current = clean(raw)
    if (!isTakenWhole(raw, current)) {
      setAside()
      write()
    }
  } catch {
    notice = 'reset'
  }
  const keep = (change: Raw): void => {
    current = clean({ ...current, ...change })
    try {
      write()
    } catch {
      notice = 'unsaved'
    }
  }
  const get = (): Settings => ({ textSize: current.textSize, theme: current.theme, notice })
  return {
    get,
    set: (patch: { readonly textSize?: number | undefined; readonly theme?: Theme | undefined }): Settings => {
      keep(Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)))
      return get()
    },
    windowBounds: (): WindowBounds => current.window,
    keepWindowBounds: (window: WindowBounds): void => keep({ window })
  }
}

export type SettingsStore = ReturnType<typeof openSettings>
