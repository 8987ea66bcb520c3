/** Turns the programs of tests/crash into plain JavaScript that Node runs without a test runner: thousands of cases a minute. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '../runtime/folders.mjs'
import { programFolder } from './programs.mjs'

export const outFolder = join(projectFolder, 'out', 'rel')
export const bundleOf = (name) => join(outFolder, `${name}.mjs`)

/** Packages with native parts, Electron and what drives it stay outside, as in the app's own build. */
const outside = ['electron', 'better-sqlite3', '@node-rs/argon2', 'playwright/test']
const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))

/**
 * Plants bugs: each change names a file, a piece of its source and what stands in its place. The build fails where the piece is
 * not there exactly once, so that a change that no longer fits is found out and not taken for one that nothing noticed.
 */
export function plantBugs(changes) {
  const left = new Set(changes)
  return {
    name: 'plant-bugs',
    enforce: 'pre',
    transform(code, id) {
      const here = changes.filter(({ file }) => id.split('?')[0] === join(projectFolder, file))
      let text = code
      for (const change of here) {
        const places = text.split(change.find).length - 1
        if (places !== 1) throw new Error(`${change.file} has ${places} places like: ${change.find}`)
        text = text.replace(change.find, () => change.replace)
        left.delete(change)
      }
      return here.length === 0 ? null : { code: text, map: null }
    },
    buildEnd(error) {
      if (error === undefined && left.size > 0) throw new Error(`not part of the program: ${[...left].map(({ file }) => file).join(', ')}`)
    }
  }
}

/**
 * Bundles each program into one file of out/rel.
 * @param bugs changes to plant (see `plantBugs`). @param folder another folder to put the bundles in
 */
export async function bundlePrograms(names, { bugs = [], folder = outFolder } = {}) {
  const { build } = await import('vite')
  for (const name of names) {
    await build({
      configFile: false,
      logLevel: 'error',
      root: projectFolder,
      plugins: [plantBugs(bugs)],
      resolve: { alias: { 'electron-store': path('scripts/rel/electron-store.mjs'), '@contract': path('src-main/contract'), '@rules': path('src-main/rules') } },
      ssr: { noExternal: true, external: outside },
      build: {
        ssr: true,
        target: 'node20',
        outDir: folder,
        emptyOutDir: false,
        minify: false,
        sourcemap: true,
        rollupOptions: {
          input: join(programFolder, `${name}.ts`),
          external: [...outside, /^node:/],
          output: { format: 'es', entryFileNames: `${name}.mjs`, codeSplitting: false }
        }
      }
    })
  }
}
