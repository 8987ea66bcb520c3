/**
 * rel:print. The app's own paper window (src-main/shell/paper-window.ts) in the real Electron makes `--count` PDFs of thirty pages, one after the other: the words of
 * each are the words of the letter (by hash), its two photos are under them with their names, the processes together do not grow by more than 100 MB, no window is left, no script of a letter runs and
 * nothing is asked of the network. A sheet that takes longer than it may ends in its error, and one that is cancelled ends at once; the next one is printed all the same.
 */
import { createHash } from 'node:crypto'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { photoNames } from './print/photos'
import type { Line } from './print/sheets'
import { folderOnDisk } from './support/folders'
import { runProgram, type Program } from './support/program'

type Bundler = { readonly bundlePrograms: (names: readonly string[], how: { readonly folder: string }) => Promise<void> }
type Pages = { readonly buildPaperPage: (folder: string) => Promise<string> }
type Runtime = { readonly electronExecutable: () => string; readonly electronFlags: () => readonly string[] }

const project = process.cwd()
const script = async <T>(...path: readonly string[]): Promise<T> => (await import(/* @vite-ignore */ pathToFileURL(join(project, 'scripts', ...path)).href)) as T

/** reliability.md, Printing. */
const mostGrowth = 100 * 1024 * 1024
const pages = 30
/** The two photos of every letter, as `print/sheets.ts` takes them. */
const pictures = ['640 x 480', '300 x 400']

/** Starts Electron on the sheets. @returns what it told, a line at a time */
const printAll = async (root: string, count: number, seed: number): Promise<readonly Line[]> => {
  const app = join(root, 'app')
  const { bundlePrograms } = await script<Bundler>('rel', 'bundle.mjs')
  await bundlePrograms(['print/sheets'], { folder: join(project, 'out', 'rel') })
  mkdirSync(app)
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'paper', type: 'module', main: 'main.mjs' }))
  writeFileSync(join(app, 'main.mjs'), `import ${JSON.stringify(pathToFileURL(join(project, 'out', 'rel', 'print', 'sheets.mjs')).href)}\n`)
  const { buildPaperPage } = await script<Pages>('rel', 'paper-page.mjs')
  const paper = await buildPaperPage(join(root, 'pages'))
  const { electronExecutable, electronFlags } = await script<Runtime>('runtime', 'electron.mjs')
  const args = [...electronFlags(), app, `--pages=${paper}`, `--out=${root}`, `--count=${count}`, `--seed=${seed}`]
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  return new Promise((resolve, reject) => {
    const child = spawn(electronExecutable(), args, { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
    child.stderr.setEncoding('utf8').on('data', (part: string) => (said += part))
    child.on('error', reject)
    child.on('close', (code) => {
      const lines = text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []))
      if (lines.at(-1)?.t === 'end') resolve(lines)
      else reject(new Error(`Electron ended with ${code} before its work was done: ${said.slice(-2_000)}`))
    })
  })
}

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')
const hashOf = (text: string): string => createHash('sha256').update(wordsOf(text).join(' ')).digest('hex')
/** Where two texts part. */
const firstDifference = (found: string, due: string): string => {
  const [there, wanted] = [wordsOf(found), wordsOf(due)]
  const at = wanted.findIndex((word, index) => word !== there[index])
  return `word ${at}: ${JSON.stringify(there.slice(at, at + 6).join(' '))}, not ${JSON.stringify(wanted.slice(at, at + 6).join(' '))}`
}

/** The words between the head and the foot of all pages, how many pages there are, what each picture is, and what it is called for those who hear it. */
const readPdf = (path: string): { readonly text: string; readonly pages: number; readonly pictures: readonly string[]; readonly called: readonly string[] } => {
  const tool = (name: string, args: readonly string[]): string => {
    const run = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    if (run.error !== undefined) throw new Error(`NOT RUN: ${name} is missing; apt-get install poppler-utils`)
    return run.stdout
  }
  // Letter paper, 72 points an inch, without the strips of head and foot.
  const text = tool('pdftotext', ['-r', '72', '-x', '0', '-y', '50', '-W', '612', '-H', '690', path, '-'])
  const pictures = tool('pdfimages', ['-list', path]).split('\n').flatMap((line) => /^\s*\d+\s+\d+\s+image\s+(\d+)\s+(\d+)/.exec(line)?.slice(1).join(' x ') ?? [])
  // Skia writes the tree of what is what in clear.
  const called = [...readFileSync(path, 'latin1').matchAll(/\/Alt \((.*?)\)$/gm)].map(([, name]) => name ?? '')
  return { text, pages: Number(/^Pages:\s+(\d+)/m.exec(tool('pdfinfo', [path]))?.[1] ?? 0), pictures, called }
}

const judge = (program: Program, root: string, lines: readonly Line[]): void => {
  const printed = lines.flatMap((line) => (line.t === 'pdf' ? [line] : []))
  program.check(printed.length === program.count, () => `${printed.length} PDFs of ${program.count}`)
  const counts = printed.map(({ file, words, name }) => {
    const found = readPdf(join(root, file))
    program.check(hashOf(found.text) === hashOf(words), () => `${name}: the words of the PDF are not those of the letter: ${firstDifference(found.text, words)}`)
    program.check(found.pictures.join() === pictures.join(), () => `${name}: the pictures are ${found.pictures.join() || 'missing'}`)
    program.check(found.called.join() === photoNames.join(), () => `${name}: a screen reader hears ${found.called.join() || 'nothing'} instead of the photos`)
    return found.pages
  })
  program.check(Math.min(...counts) >= pages, () => `only ${Math.min(...counts)} pages: the sheets are too short to prove anything`)
  for (const line of lines) {
    if (line.t === 'fact') program.check(line.holds, () => line.what)
  }
  const memory = lines.flatMap((line) => (line.t === 'memory' ? [line.bytes] : []))
  const growth = Math.max(...memory.slice(1)) - (memory[0] ?? 0)
  program.check(memory.length > 2 && growth <= mostGrowth, () => `the processes grew by ${Math.round(growth / 1e6)} MB`)
  const ms = printed.map((line) => line.ms)
  program.say(`${printed.length} PDFs of ${Math.min(...counts)} to ${Math.max(...counts)} pages, the slowest in ${(Math.max(...ms) / 1000).toFixed(1)} s; memory of all processes ${Math.round(growth / 1e6)} MB more at most than after the first`)
}

await runProgram('print', { short: 10, long: 200 }, async (program) => {
  const root = folderOnDisk('print')
  judge(program, root, await printAll(root, program.count, program.seed))
  rmSync(root, { recursive: true, force: true })
})
