/** The settings file on a disk that can lose its power: one window width after the other is kept, each larger than the one before. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSettings } from '../../../src-main/settings'
import type { Memory } from '../support/memory'
import { tell } from '../volunteer/facts'

/** Keeps some more choices, and tells of each before and after. */
export const keepChoices = async (profileDir: string, count: number): Promise<void> => {
  const settings = openSettings(profileDir)
  for (let at = 0; at < count; at += 1) {
    const width = settings.windowBounds().width + 1
    tell({ t: 'choosing', width })
    if (!(await settings.keepWindowBounds({ width, height: 700 }))) throw new Error('a choice was not saved')
    tell({ t: 'chosen', width })
  }
}

/** @returns what is wrong: the file is not whole, or it holds neither the last choice that was told to be kept nor one begun after it */
export const judgeChoices = (profileDir: string, { choices }: Memory): readonly string[] => {
  const file = join(profileDir, 'settings.json')
  if (!existsSync(file)) return choices.kept === null ? [] : ['settings.json is gone']
  const text = readFileSync(file, 'utf8')
  try {
    const width = (JSON.parse(text) as { readonly window: { readonly width: number } }).window.width
    return width >= (choices.kept ?? 0) && width <= (choices.begun ?? 0) ? [] : [`settings.json holds ${width}; ${String(choices.kept)} was kept and ${String(choices.begun)} begun`]
  } catch {
    return [`settings.json is not whole: ${JSON.stringify(text.slice(0, 80))}`]
  }
}
