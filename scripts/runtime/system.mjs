/** What Electron and the virtual screen need from the system. Only Debian and its relatives can be served automatically. */
import { readdirSync } from 'node:fs'
import { hasScreen } from './electron.mjs'
import { Failure } from './report.mjs'
import { findProgram, run, tail } from './run.mjs'

/** Each need lists the package's names, newest first: Debian 13 and Ubuntu 24.04 renamed some. */
const LIBRARY_PACKAGES = [['libgtk-3-0t64', 'libgtk-3-0'], ['libnss3'], ['libgbm1'], ['libasound2t64', 'libasound2']]
const SCREEN_PACKAGES = [['xvfb']]
const FONT_PACKAGES = [['fonts-dejavu-core']]
/** What some tests use beside Electron: programs that kill at every system call, and readers of the PDF files we print. The app itself needs neither. */
const TEST_TOOLS = [['strace', 'strace'], ['pdftotext', 'poppler-utils']]
const FONT_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts']

/** Whether a virtual screen is needed and there: cheap enough for every run. */
export const lacksVirtualScreen = () => !hasScreen() && !findProgram('Xvfb')

/** Finds out what is missing for this Electron (and for building, see `alsoMissing`) and installs it, or says which command would. */
export async function prepareSystem(electron, alsoMissing, tell) {
  if (process.platform !== 'linux') return 'nothing needed'
  const libraries = await missingLibraries(electron)
  const missing = [
    ...(libraries.length > 0 ? LIBRARY_PACKAGES : []),
    ...(lacksVirtualScreen() ? SCREEN_PACKAGES : []),
    ...(hasFonts() ? [] : FONT_PACKAGES),
    ...alsoMissing
  ]
  if (missing.length === 0) return prepareTestTools(tell)
  const reasons = [
    libraries.length > 0 && `Electron needs ${libraries.slice(0, 4).join(', ')}${libraries.length > 4 ? ' and more' : ''}`,
    lacksVirtualScreen() && 'there is no screen, so a virtual one (Xvfb) is needed',
    !hasFonts() && 'no font is installed',
    alsoMissing.length > 0 && `SQLite must be built once for this Node (${process.version})`
  ].filter(Boolean).join('; ')
  await installDebianPackages(missing, reasons, tell)
  const still = await missingLibraries(electron)
  if (still.length > 0 || lacksVirtualScreen()) {
    throw new Failure('Something Electron needs is still missing.', still.join(', ') || 'Xvfb', `ldd ${electron} | grep 'not found'   # install what provides these`)
  }
  const tools = await prepareTestTools(tell)
  return tools === 'all there' ? 'installed' : `installed; ${tools}`
}

/** Installs what only tests need where that is possible. Without it the app runs, and the tests that miss it say so and fail. */
async function prepareTestTools(tell) {
  const packages = TEST_TOOLS.filter(([program]) => !findProgram(program)).map(([, name]) => name)
  if (packages.length === 0) return 'all there'
  const command = `apt-get update && apt-get install -y ${packages.join(' ')}`
  if (!findProgram('apt-get')) return `all tests also need: ${packages.join(' ')}`
  if (process.getuid() !== 0) return `all tests also need: sudo sh -c '${command}'`
  try {
    await installDebianPackages(packages, 'some tests need them', tell)
    return 'installed'
  } catch {
    return `all tests also need: ${command}`
  }
}

/**
 * Installs packages when root on a Debian-like system; otherwise names the command. An entry may be a name or a list of
 * names of which the first that exists here is taken.
 */
async function installDebianPackages(packages, why, tell) {
  if (!findProgram('apt-get')) throw new Failure('System packages are missing.', why, `Install, with this system's package manager, what Debian calls: ${packages.flat().join(' ')}`)
  const isRoot = process.getuid() === 0
  if (isRoot) {
    tell('refreshing the list of packages')
    await apt(['update'], tell)
  }
  const names = []
  for (const entry of packages) names.push(await existingName([entry].flat()))
  if (!isRoot) throw new Failure('System packages are missing.', why, `sudo apt-get update && sudo apt-get install -y ${names.join(' ')}`)
  tell(`installing ${names.join(' ')}`)
  const { ok, output } = await apt(['install', '-y', '--no-install-recommends', ...names], tell)
  if (!ok) throw new Failure(`System packages could not be installed (${why}).`, tail(output), `apt-get update && apt-get install -y ${names.join(' ')}`)
}

function apt(args, tell) {
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2']
  return run('apt-get', [...options, ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 10 * 60_000,
    onOutput: (text) => {
      const line = text.trim().split('\n').at(-1)?.trim()
      if (line) tell(line.slice(0, 60))
    }
  })
}

async function existingName(names) {
  for (const name of names) {
    const { output } = await run('apt-cache', ['policy', name])
    if (/Candidate: (?!\(none\))/.test(output)) return name
  }
  return names.at(-1)
}

/** Shared libraries the loader cannot find for this executable. */
async function missingLibraries(executable) {
  const { output } = await run('ldd', [executable])
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1])
}

function hasFonts() {
  return FONT_FOLDERS.some((folder) => {
    try {
      return readdirSync(folder, { recursive: true }).some((name) => /\.(ttf|otf|ttc)$/i.test(name))
    } catch {
      return false
    }
  })
}
