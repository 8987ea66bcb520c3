/** The page that letters are printed on, built as the app's own build does, without the windows: for rel:print. */
import { join } from 'node:path'
import { projectFolder } from '../runtime/folders.mjs'

/** @returns the folder, with `paper.html` in it */
export async function buildPaperPage(folder) {
  const { build } = await import('vite')
  const root = join(projectFolder, 'src-renderer')
  await build({ configFile: false, logLevel: 'error', root, base: './', build: { outDir: folder, assetsInlineLimit: 0, rollupOptions: { input: join(root, 'paper.html') } } })
  return folder
}
