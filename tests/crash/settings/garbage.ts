import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSettings } from '../../../src-main/settings'
import type { Program } from '../support/program'

const good = JSON.stringify({ textSize: 150, theme: 'dark', window: { width: 900, height: 700 } })
const words = (text: string): Buffer => Buffer.from(text, 'utf8')

/** The list of bad-inputs.md, row "Settings file", and noise up to the number asked for. */
const garbageFiles = (program: Program, wanted: number): readonly Buffer[] => {
  const listed = [
    '', ' ', '{', 'null', '[]', `[${good}]`, '"x"', '5', 'true', 'NaN', '{"textSize":NaN}', `\uFEFF${good}`, good.replace('dark', 'da\0rk'), '{"textSize":150,}', '{/* size */"textSize":150}', "{'textSize':150}",
    good + good, '<!doctype html><title>Sign in to the network</title>', `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  ].map(words)
  const binary = [Buffer.from(`\uFEFF${good}`, 'utf16le'), Buffer.from(good, 'utf16le'), Buffer.alloc(300), Buffer.alloc(50 * 1024 * 1024, 'a')]
  const cut = Array.from({ length: good.length }, (_, at) => words(good.slice(0, at)))
  const noise = Array.from({ length: wanted }, () => Buffer.from(Array.from({ length: 1 + program.random.below(400) }, () => program.random.below(256))))
  return [...listed, ...binary, ...cut, ...noise].slice(0, wanted)
}

/** Values that would weaken the app if they were believed here. */
const securityValues = '{"theme":"dark","lockout":0,"autolock":1e12,"history":99,"preset":"none","escrow":true,"coordinator":true,"minLength":1,"passcode":"4827"}'

export const readGarbage = async (program: Program, root: string): Promise<void> => {
  const files = garbageFiles(program, 200)
  for (const [index, bytes] of files.entries()) {
    const folder = join(root, `garbage-${index}`)
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'settings.json')
    writeFileSync(file, bytes)
    const notices: string[] = []
    const settings = openSettings(folder, (notice) => notices.push(notice))
    const { textSize, theme, notice } = settings.get()
    program.check(textSize === 100 && theme === 'system' && notice === 'reset' && notices.join() === 'reset', () => `garbage ${index}: ${textSize} ${theme} ${notice} ${notices.join()}`)
    program.check(existsSync(`${file}.bad`) && readFileSync(`${file}.bad`).equals(bytes), () => `garbage ${index}: the old file was not kept as it was`)
    const saved = await settings.set({ theme: 'light' })
    program.check(saved && openSettings(folder).get().theme === 'light', () => `garbage ${index}: the next choice was not saved`)
  }
  const folder = join(root, 'security')
  mkdirSync(folder)
  writeFileSync(join(folder, 'settings.json'), securityValues)
  const settings = openSettings(folder)
  await settings.set({ textSize: 110 })
  const written = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as object
  program.check(Object.keys(written).sort().join() === 'textSize,theme,window' && Object.keys(settings.get()).sort().join() === 'notice,textSize,theme', () => `security values came through: ${JSON.stringify(written)}`)
  program.say(`  ${files.length} files of garbage, 1 with security values`)
}
