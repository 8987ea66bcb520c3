/** The half of rel:print that runs in Electron: sheet after sheet through the app's own paper window, told a line at a time. */
import { app, BrowserWindow } from 'electron'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { Message } from '../../../src-main/contract/exchange'
import type { Photo } from '../../../src-main/contract/photos'
import type { Sheet, SheetPhoto } from '../../../src-main/contract/paper'
import { letterSheet, photoAddress } from '../../../src-main/exchange/paper'
import { registerAppScheme } from '../../../src-main/shell/app-scheme'
import { createPaper } from '../../../src-main/shell/paper-window'
import { seededNumbers } from '../support/seeded-numbers'
import { photoFiles, photoNames } from './photos'

export type Line =
  | { readonly t: 'pdf'; readonly name: string; readonly file: string; readonly words: string; readonly ms: number }
  | { readonly t: 'memory'; readonly bytes: number }
  | { readonly t: 'fact'; readonly holds: boolean; readonly what: string }
  | { readonly t: 'end' }

const option = (name: string): string => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? ''
const tell = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
const fact = (holds: boolean, what: string): void => tell({ t: 'fact', holds, what })

type Print = ReturnType<typeof createPaper>

const random = seededNumbers(Number(option('seed')))
/** Words of several alphabets, none with a sign at which a line may end: readers of PDFs take a hyphen there for a cut word. */
const vocabulary = ['peace', 'and', 'all', 'good', 'Jos\u00e9', 'na\u00efve', 'Stra\u00dfe', '\u010ce\u0161tina', '\u03a9mega', '\u041c\u0438\u0440', '2026', '<b>', '&amp;', '"quoted"', "don't"]
const bodyOf = (words: number): string =>
  Array.from({ length: words }, (_, n) => `${random.pick(vocabulary)}${n % 90 === 89 ? '.\n\n' : n % 15 === 14 ? ',\n' : ' '}`)
    .join('')
    .trimEnd()

const author = { name: 'Maria Delgado', email: 'maria@parish.org' }
/** One of each kind: every letter has both. */
const photos = photoFiles.map((file, index): Pick<Photo, 'photoId' | 'name' | 'type' | 'bytes'> & { readonly shown: SheetPhoto } => {
  const bytes = new Uint8Array(readFileSync(join(process.cwd(), 'tests', 'fixtures', 'photos', file)))
  const type = file.endsWith('.jpg') ? 'jpeg' : 'png'
  return { photoId: createHash('sha256').update(bytes).digest('hex'), name: photoNames[index] ?? '', type, bytes: bytes.length, shown: { type, bytes } }
})
const letterOf = (body: string): Message => ({
  kind: 'letter',
  id: 'x',
  direction: 'sent',
  contactId: null,
  personName: 'Daniel Reyes',
  number: '448213',
  facilityId: 'cedar-state',
  facilityName: 'Cedar State',
  subject: 'A long letter',
  body,
  at: Date.UTC(2026, 10, 26, 12),
  state: 'delivered',
  stamps: 1,
  unit: 'stamp',
  receipt: 'R1',
  answers: null,
  originId: null,
  photos
})
const sheetOf = (body: string): Sheet => ({ photos: new Map(photos.map(({ photoId, shown }) => [photoAddress(photoId), shown])), ...letterSheet([letterOf(body)], 'A long letter', { textSize: '12', author, returnAddress: '', to: 'pdf' }) })
/** What a reader of the whole sheet reads, beside the text itself. */
const wordsOf = (body: string): string => `To Daniel Reyes, 26 November 2026 Daniel Reyes, 448213, Cedar State. Written by Maria Delgado. A long letter ${body}`

const memory = (): number => app.getAppMetrics().reduce((sum, { memory: { workingSetSize } }) => sum + workingSetSize * 1024, 0)
const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
/** So many at 12 point are a little more than thirty pages. */
const words = 9_500

const printMany = async (print: Print, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    const body = bodyOf(words)
    const started = performance.now()
    const outcome = await print(sheetOf(body)).ended
    const ms = performance.now() - started
    if (outcome.outcome !== 'pdf') {
      fact(false, `PDF ${n}: ${JSON.stringify(outcome)}`)
      continue
    }
    const file = `${n}.pdf`
    writeFileSync(join(option('out'), file), outcome.bytes)
    tell({ t: 'pdf', name: `PDF ${n}`, file, words: wordsOf(body), ms })
    // The first has paid for fonts and caches.
    await settle(50)
    tell({ t: 'memory', bytes: memory() })
  }
}

/** A sheet with everything that would run, load or leave, were it let. */
const lookAtTheWindow = async (print: Print): Promise<void> => {
  let asked = 0
  const server = createServer((_request, answer) => {
    asked += 1
    answer.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const hostile = `<script>document.title = 'ran'; fetch('${address}/a')</script><img src="${address}/b" onerror="document.title = 'ran'"><iframe src="${address}/c"></iframe><link rel="stylesheet" href="${address}/d"><meta http-equiv="refresh" content="0;url=${address}/e"><object data="${address}/f"></object>`
  const titles: string[] = []
  const preferences: Electron.WebPreferences[] = []
  app.once('browser-window-created', (_event, window) => {
    preferences.push((window.webContents as unknown as { getLastWebPreferences: () => Electron.WebPreferences }).getLastWebPreferences())
    window.on('page-title-updated', (_updated, title) => titles.push(title))
  })
  // Not as a letter, which is escaped: as if the escaping were broken.
  const outcome = await print({ ...sheetOf('x'), body: hostile }).ended
  await settle(200)
  server.close()
  fact(outcome.outcome === 'pdf' || outcome.outcome === 'failed', 'a hostile sheet comes to an end')
  fact(asked === 0, `a hostile sheet asked the network ${asked} times`)
  fact(!titles.includes('ran'), 'a script of a hostile sheet ran')
  const [seen] = preferences
  fact(seen?.sandbox === true && seen.javascript === false && seen.contextIsolation === true && seen.nodeIntegration !== true, `the print window is not shut in: ${JSON.stringify(seen)}`)
}

const stopInTime = async (print: Print): Promise<void> => {
  const late = await print(sheetOf(bodyOf(words)), 40).ended
  fact(late.outcome === 'failed' && late.reason === 'slow', `too slow a sheet ended in ${JSON.stringify(late).slice(0, 100)}`)
  fact(BrowserWindow.getAllWindows().length === 0, 'the window of a slow sheet is still there')
  const run = print(sheetOf(bodyOf(words)))
  setTimeout(run.stop, 30)
  fact((await run.ended).outcome === 'cancelled', 'a sheet that was cancelled did not end')
  fact((await print(sheetOf('After it.')).ended).outcome === 'pdf', 'nothing is printed after a slow and a cancelled sheet')
}

const work = async (): Promise<void> => {
  const userData = join(option('out'), 'user-data')
  app.setPath('userData', userData)
  await app.whenReady()
  const print = createPaper(option('pages'))
  await printMany(print, Number(option('count')))
  fact(BrowserWindow.getAllWindows().length === 0, 'windows of printed sheets are left')
  await lookAtTheWindow(print)
  await stopInTime(print)
  rmSync(userData, { recursive: true, force: true })
  tell({ t: 'end' })
}

registerAppScheme()
// A window that closes is not the end.
app.on('window-all-closed', () => undefined)
work().then(
  () => app.exit(0),
  (error: unknown) => {
    console.error(error)
    app.exit(1)
  }
)
