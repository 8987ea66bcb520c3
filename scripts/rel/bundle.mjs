/** Turns the programs of tests/crash into plain JavaScript that Node runs without a test runner: thousands of cases a minute. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '../runtime/folders.mjs'
import { programFolder } from './programs.mjs'

export const outFolder = join(projectFolder, 'out', 'rel')
export const bundleOf = (name) => join(outFolder, `${name}.mjs`)

/** Packages with native parts, and Electron, stay outside, as in the app's own build. */
const outside = ['electron', 'better-sqlite3', '@node-rs/argon2']
const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))

/** Bundles each program into one file of out/rel. */
export async function bundlePrograms(names) {
  const { build } = await import('vite')
  for (const name of names) {
    await build({
      configFile: false,
      logLevel: 'error',
      root: projectFolder,
      resolve: { alias: { 'electron-store': path('scripts/rel/electron-store.mjs'), '@contract': path('src-main/contract'), '@rules': path('src-main/rules') } },
      ssr: { noExternal: true, external: outside },
      build: {
        ssr: true,
        target: 'node20',
        outDir: outFolder,
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
