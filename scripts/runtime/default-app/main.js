/**
 * What `electron .` does in an ordinary Electron: load the app in the folder named on the command line.
 * The fallback runtime comes without this part. Awaiting at top level matters: Electron holds back `ready`
 * until this module has finished, so the app can still register its schemes.
 */
import { app } from 'electron'
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

function readCommandLine(argv) {
  const preloads = []
  for (let at = 1; at < argv.length; at += 1) {
    if (argv[at] === '-r' || argv[at] === '--require') preloads.push(argv[at += 1])
    else if (!argv[at].startsWith('-')) return { preloads, target: resolve(argv[at]) }
  }
  return { preloads, target: undefined }
}

function describe(target) {
  if (statSync(target).isFile()) return { folder: dirname(target), main: target, manifest: {} }
  const manifest = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
  return { folder: target, main: createRequire(join(target, 'package.json')).resolve(join(target, manifest.main ?? 'index.js')), manifest }
}

const { preloads, target } = readCommandLine(process.argv)
if (!target) {
  console.error('Usage: electron <folder with a package.json>')
  app.exit(1)
} else {
  try {
    const { folder, main, manifest } = describe(target)
    const name = manifest.productName ?? manifest.name
    if (name) app.setName(name)
    if (manifest.version) app.setVersion(manifest.version)
    if (manifest.desktopName) app.setDesktopName(manifest.desktopName)
    app.setAppPath(folder)
    const require = createRequire(join(folder, 'package.json'))
    for (const preload of preloads) require(resolve(preload))
    await import(pathToFileURL(main).href)
  } catch (error) {
    console.error(error)
    app.exit(1)
  }
}
