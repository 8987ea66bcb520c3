import ElectronStore from 'electron-store'
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings, Theme } from '../contract/views'
import { createPatientWriter, type WriterFiles } from './patient-writer'

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

/** Whether a file that cannot be used is out of the way at once, without waiting for anybody. */
const isSetAside = (file: string, name: string): boolean => {
  try {
    renameSync(file, name)
    return true
  } catch {
    return false
  }
}

/**
 * Preferences of this PC, in `settings.json`: how things look, nothing that protects anything. A file that cannot be read
 * or believed is kept as `settings.json.bad` and the app goes on with what is left of it; a folder that cannot be written
 * leaves the settings in memory. electron-store reads the file; it is written by `patient-writer.ts`, because electron-store's
 * own way tries a held file in a busy loop on the thread that draws.
 * @param noted hears once of each thing that went wrong
 */
export const openSettings = (profileDir: string, noted: (notice: 'reset' | 'unsaved') => void = () => undefined, files?: WriterFiles) => {
  const file = join(profileDir, 'settings.json')
  const bad = `${file}.bad`
  const writer = createPatientWriter(file, files)
  let notice: Settings['notice'] = 'none'
  let current = defaults
  /** False while a file that somebody may want to look at is still in the way: it is never written over. */
  let free: Promise<boolean> = Promise.resolve(true)
  const say = (what: 'reset' | 'unsaved'): void => {
    if (notice === what) return
    notice = what
    noted(what)
  }
  const setAside = (): void => {
    say('reset')
    if (!isSetAside(file, bad)) free = writer.setAside(bad)
  }
  const write = async (): Promise<boolean> => {
    const saved = (await free) && (await writer.write(JSON.stringify(current, null, '\t')))
    if (!saved) say('unsaved')
    return saved
  }
  try {
    if (!isUsable(file)) setAside()
    else {
      const raw = new ElectronStore<Record<string, unknown>>({ cwd: profileDir, name: 'settings', clearInvalidConfig: false, accessPropertiesByDotNotation: false }).store
      current = clean(raw)
      if (!isTakenWhole(raw, current)) {
        setAside()
        void write()
      }
    }
  } catch {
    say('reset')
  }
  const keep = (change: Raw): Promise<boolean> => {
    current = clean({ ...current, ...change })
    return write()
  }
  const get = (): Settings => ({ textSize: current.textSize, theme: current.theme, notice })
  return {
    get,
    /** Counts at once. @returns when it is on disk, or known not to be */
    set: (patch: { readonly textSize?: number | undefined; readonly theme?: Theme | undefined }): Promise<boolean> =>
      keep(Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))),
    windowBounds: (): WindowBounds => current.window,
    keepWindowBounds: (window: WindowBounds): Promise<boolean> => keep({ window }),
    /** Resolves when everything that was changed is on disk, or given up. */
    settled: async (): Promise<void> => {
      await free
      await writer.settled()
    }
  }
}

export type SettingsStore = ReturnType<typeof openSettings>
