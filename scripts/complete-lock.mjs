/**
 * Completes package-lock.json with the optional, system-specific packages that the registry in use did not have.
 * Some registries carry only the builds for their own systems; npm then leaves the others out of the lock file, and
 * `npm ci` refuses it ("Missing: … from lock file") on every machine. An entry needs no more than name, version and the
 * systems it is for: npm skips it elsewhere, and fetches it there. Run it after `npm install <package>`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './runtime/folders.mjs'

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = { arm64: 'arm64', x64: 'x64', ia32: 'ia32', ppc64: 'ppc64', riscv64: 'riscv64', s390x: 's390x', loong64: 'loong64', mips64el: 'mips64el', wasm32: 'wasm32', arm: 'arm' }
const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/

/** Reads the systems a package is for from its name: `binding-linux-arm-gnueabihf` is for Linux on arm. */
function systemsInName(name) {
  const words = name.split('/').at(-1).split('-')
  const os = SYSTEMS.find((system) => words.includes(system))
  const cpu = Object.keys(PROCESSORS).find((processor) => words.includes(processor))
  if (!cpu || (!os && cpu !== 'wasm32')) return undefined
  const libc = os === 'linux' && words.includes('gnu') ? 'glibc' : os === 'linux' && words.includes('musl') ? 'musl' : undefined
  return { cpu: [PROCESSORS[cpu]], ...(os && { os: [os] }), ...(libc && { libc: [libc] }) }
}

const path = join(projectFolder, 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const added = []

for (const [owner, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const nested = owner ? `${owner}/node_modules/${name}` : undefined
    const place = `node_modules/${name}`
    if (lock.packages[place] || (nested && lock.packages[nested])) continue
    const systems = systemsInName(name)
    if (!systems || !EXACT_VERSION.test(version)) {
      console.error(`${name}@${version} (wanted by ${owner}) is missing, and its name does not tell what it is for.`)
      process.exitCode = 1
      continue
    }
    lock.packages[place] = { version, ...systems, ...(dev && { dev: true }), optional: true }
    added.push(`${name}@${version}`)
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
if (added.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length > 0 ? `Added ${added.length}:\n  ${added.join('\n  ')}` : 'Nothing missing.')
