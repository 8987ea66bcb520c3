import ElectronStore from 'electron-store'
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings, Theme } from '../contract/views'

export type WindowBounds = { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number; readonly maximized?: boolean }

type Stored = { textSize: number; theme: Theme; window: WindowBounds }

const defaults: Stored = { textSize: 100, theme: 'system', window: { width: 1280, height: 800 } }
const themes: readonly Theme[] = ['system', 'light', 'dark', 'contrast']

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const clamp = (value: number, least: number, most: number): number => Math.round(Math.min(most, Math.max(least, value)))

/** Values somebody edited by hand are brought into range, never believed (bad-inputs.md, Settings file). */
const clean = (raw: Readonly<Record<string, unknown>>): Stored => {
  const bounds = typeof raw['window'] === 'object' && raw['window'] !== null ? (raw['window'] as Record<string, unknown>) : {}
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

/**
 * Preferences of this PC, in `settings.json`: how things look, nothing that protects anything. A file that cannot be read
 * is kept as `settings.json.bad` and the app starts on defaults; a folder that cannot be written leaves them in memory.
 */
export const openSettings = (profileDir: string) => {
  const file = join(profileDir, 'settings.json')
  let notice: Settings['notice'] = 'none'
  const open = (): ElectronStore<Record<string, unknown>> =>
    new ElectronStore<Record<string, unknown>>({ cwd: profileDir, name: 'settings', clearInvalidConfig: false, accessPropertiesByDotNotation: false })
  let store: ElectronStore<Record<string, unknown>> | null = null
  let current = defaults
  try {
    store = open()
    current = clean(store.store)
  } catch {
    notice = 'reset'
    try {
      if (existsSync(file)) renameSync(file, `${file}.bad`)
      store = open()
    } catch {
      store = null
    }
  }
  const write = (): void => {
    try {
      if (store === null) throw new Error('no settings file')
      store.store = { ...current }
    } catch {
      notice = 'unsaved'
    }
  }
  return {
    get: (): Settings => ({ textSize: current.textSize, theme: current.theme, notice }),
    set: (patch: { readonly textSize?: number | undefined; readonly theme?: Theme | undefined }): Settings => {
      current = clean({ ...current, ...(patch.textSize === undefined ? {} : { textSize: patch.textSize }), ...(patch.theme === undefined ? {} : { theme: patch.theme }) })
      write()
      return { textSize: current.textSize, theme: current.theme, notice }
    },
    windowBounds: (): WindowBounds => current.window,
    keepWindowBounds: (window: WindowBounds): void => {
      current = clean({ ...current, window })
      write()
    }
  }
}

export type SettingsStore = ReturnType<typeof openSettings>
