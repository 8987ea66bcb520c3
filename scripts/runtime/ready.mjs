/** The memory of a finished preparation, so that the next run only has to look, not to work. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chosenRuntime, executableIn, runtimeFile } from './electron.mjs'
import { shortHash, writeWhole } from './files.mjs'
import { projectFolder } from './folders.mjs'
import { addonInUse } from './sqlite.mjs'
import { lacksVirtualScreen } from './system.mjs'

const recipes = fileURLToPath(new URL('.', import.meta.url))

/** Everything that, when changed, makes an earlier preparation worthless. */
function circumstances() {
  const read = (path) => readFileSync(path, 'utf8')
  const ownFiles = readdirSync(recipes, { recursive: true }).map(String).filter((name) => /\.\w+$/.test(name)).sort()
  return shortHash(
    process.version, process.arch, process.execPath, process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '',
    read(join(projectFolder, 'package-lock.json')), ...ownFiles.map((name) => read(join(recipes, name)))
  )
}

const look = (path) => {
  const { size, mtimeMs } = statSync(path)
  return { path, size, mtimeMs }
}
const unchanged = ({ path, size, mtimeMs }) => {
  const now = statSync(path, { throwIfNoEntry: false })
  return now !== undefined && now.size === size && now.mtimeMs === mtimeMs
}

/** Files that must still be as they were. Sampled rather than hashed: this runs before every start. */
function witnesses(electron) {
  const folder = electron.path.slice(0, -executableIn('').length)
  const beside = process.platform === 'darwin' ? [] : ['resources.pak', 'icudtl.dat', 'snapshot_blob.bin', 'v8_context_snapshot.bin']
  return [electron.path, addonInUse(), join(projectFolder, 'node_modules', '.package-lock.json'), ...beside.map((name) => join(folder, name))]
}

/** Whether everything an earlier run prepared is still in place. */
export function isReady() {
  try {
    const runtime = chosenRuntime()
    return runtime?.circumstances === circumstances() && runtime.witnesses.every(unchanged) && !lacksVirtualScreen()
  } catch {
    return false
  }
}

/** Remembers a finished preparation. */
export async function rememberReady(electron) {
  await writeWhole(runtimeFile, JSON.stringify({ circumstances: circumstances(), electron, witnesses: witnesses(electron).map(look) }, null, 1))
}
