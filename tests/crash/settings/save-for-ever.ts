/** Saves until it is killed, and tells each value once it is said to be on disk. */
import { writeSync } from 'node:fs'
import { openSettings } from '../../../src-main/settings'

export const saveForEver = async (folder: string): Promise<void> => {
  const settings = openSettings(folder)
  writeSync(1, `READ ${settings.get().textSize} ${settings.get().notice}\n`)
  for (let width = settings.windowBounds().width + 1; ; width = width >= 9_999 ? 480 : width + 1) {
    writeSync(1, `BEGIN ${width}\n`)
    if (await settings.keepWindowBounds({ width, height: 700, x: 10, y: 20 })) writeSync(1, `KEPT ${width}\n`)
  }
}
