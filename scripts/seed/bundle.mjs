/** Turns the TypeScript beside this file, and the app's own core, into one file that Node runs. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { projectFolder } from '../runtime/folders.mjs'

const outFolder = join(projectFolder, 'out', 'seed')
/** Packages with native parts stay outside, as in the app's own build. */
const outside = ['electron', 'better-sqlite3', '@node-rs/argon2']
const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))

/** @param name `program` (the command) or `seed` (for other scripts and tests) */
export async function bundleSeed(name) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectFolder,
    resolve: { alias: { '@contract': path('src-main/contract'), '@rules': path('src-main/rules') } },
    ssr: { noExternal: true, external: outside },
    build: {
      ssr: true,
      target: 'node20',
      outDir: outFolder,
      emptyOutDir: false,
      minify: false,
      sourcemap: 'inline',
      rollupOptions: {
        input: fileURLToPath(new URL(`${name}.ts`, import.meta.url)),
        external: [...outside, /^node:/],
        output: { format: 'es', entryFileNames: `${name}.mjs`, codeSplitting: false }
      }
    }
  })
  return import(pathToFileURL(join(outFolder, `${name}.mjs`)).href)
}

/** Changes whenever a profile made before would be another one now: the seed's own sources, the steps of the mailbox and of the service. */
export function seedStamp() {
  const hash = createHash('sha256')
  for (const folder of ['scripts/seed', 'src-main/storage/migrations/mailbox', 'src-main/service/database', 'resources/service'])
    for (const name of readdirSync(path(folder), { recursive: true }).map(String).sort())
      if (/\.(ts|mjs|json)$/.test(name)) hash.update(name).update(readFileSync(join(path(folder), name)))
  return hash.digest('hex').slice(0, 12)
}
