/** What the bench measures: the built app, and the core without windows as one file. */
import { cpSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { projectFolder } from '../runtime/folders.mjs'
import { run } from '../runtime/run.mjs'
import { checks } from '../testing/parts.mjs'

const at = (path) => join(projectFolder, path)

function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/**
 * Builds the app when its sources are newer than what is there, or something is missing.
 * @param folder gets a copy, so that a build that begins meanwhile changes nothing under a measurement
 */
export async function buildApp(folder) {
  await buildOut()
  cpSync(at('package.json'), join(folder, 'package.json'))
  cpSync(at('out'), join(folder, 'out'), { recursive: true })
}

async function buildOut() {
  const sources = ['src-main', 'src-renderer', 'resources', 'electron.vite.config.ts', 'package-lock.json']
  const built = ['out/main/core-thread.js', 'out/preload/index.cjs', 'out/renderer/index.html'].map((path) => newest(at(path)))
  if (Math.min(...built) > Math.max(...sources.map((path) => newest(at(path))))) return
  for (const check of checks.build) {
    const { command, args } = check.start()
    const { ok, output } = await run(command, args, { cwd: projectFolder })
    if (!ok) throw new Error(`The app could not be built.\n${output}`)
  }
}

/** The core and the tests' own desk, bundled as the app's core thread is. */
export async function buildCore() {
  const native = ['better-sqlite3', '@node-rs/argon2']
  const outDir = at('.cache/bench/core')
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectFolder,
    resolve: { alias: { '@contract': at('src-main/contract'), '@rules': at('src-main/rules') } },
    ssr: { noExternal: true, external: native },
    build: {
      ssr: at('tests/support/core.ts'),
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { external: native, output: { entryFileNames: 'desk.mjs' } }
    }
  })
  return import(pathToFileURL(join(outDir, 'desk.mjs')).href)
}
