/** Builds one of these programs with a bug planted in the product, to see whether the program finds it. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A piece of source and what stands in its place; the piece must be there exactly once. */
export type Change = { readonly file: string; readonly find: string; readonly replace: string }

type Bundler = { readonly bundlePrograms: (names: readonly string[], how: { readonly bugs: readonly Change[]; readonly folder: string }) => Promise<void> }

/** @returns the bundle's file */
export const buildPlanted = async (program: string, name: string, bugs: readonly Change[]): Promise<string> => {
  // Programs run in the project's folder (scripts/rel/run-program.mjs).
  const project = process.cwd()
  const bundler = (await import(/* @vite-ignore */ pathToFileURL(join(project, 'scripts', 'rel', 'bundle.mjs')).href)) as Bundler
  const folder = join(project, 'out', 'rel', 'planted', name)
  await bundler.bundlePrograms([program], { bugs, folder })
  return join(folder, `${program}.mjs`)
}
