/**
 * How the desk does with many letters: `npm run bench:archive -- --sizes 10000,100000 [--rows search,pages,…] [--json]`. Encrypted
 * mailboxes made by seed-archive, the built app in the real Electron. Each group of rows is one file of bench/archive (bench/README.md).
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openEpistle } from './bench/electron-run.mjs'
import { arrive, filledProfiles, login } from './bench/filled-profile.mjs'
import { buildApp } from './bench/fresh-build.mjs'
import { showTable } from './bench/table.mjs'
import { projectFolder, stateFolder } from './runtime/folders.mjs'

const args = process.argv.slice(2)
const valueOf = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? (args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : undefined)
const asJson = args.includes('--json')
const say = asJson ? () => undefined : (text) => console.log(text)
const sizes = (valueOf('sizes') ?? '10000,100000').split(',').map(Number)
const groupFolder = join(projectFolder, 'scripts/bench/archive')
const groups = readdirSync(groupFolder).filter((name) => name.endsWith('.mjs')).map((name) => name.slice(0, -4))
const wanted = valueOf('rows')?.split(',') ?? groups

async function main() {
  if (sizes.length === 0 || sizes.some((size) => !Number.isInteger(size) || size < 10)) throw new Error('--sizes needs whole numbers of 10 or more, like 10000,100000')
  const unknown = wanted.filter((name) => !groups.includes(name))
  if (unknown.length > 0) throw new Error(`No rows called ${unknown.join(', ')}. There are: ${groups.join(', ')}`)
  const scratch = join(stateFolder, 'bench')
  mkdirSync(scratch, { recursive: true })
  const folder = mkdtempSync(join(scratch, 'archive-'))
  process.env.TMPDIR = folder
  const rows = []
  try {
    say('Building what is measured.')
    await buildApp(join(folder, 'app'))
    const { seed, profileOf, prepare } = await filledProfiles(say)
    const open = async (size) => {
      await prepare(size)
      return openEpistle({ app: join(folder, 'app'), profile: profileOf(size) })
    }
    const signIn = (app) => app.inPage(arrive, login)
    const openProfile = async (profile) => {
      const app = await openEpistle({ app: join(folder, 'app'), profile })
      await signIn(app)
      return app
    }
    const openSignedIn = async (size) => {
      await prepare(size)
      return openProfile(profileOf(size))
    }
    const openMailbox = (profileDir, how) => seed.openSeeded(profileDir, login.password, 'quick', how)
    for (const name of wanted) {
      say(`${name}…`)
      const group = await import(pathToFileURL(join(groupFolder, `${name}.mjs`)).href)
      for (const row of await group.rows({ sizes, folder, prepare, profileOf, open, signIn, openProfile, openSignedIn, openMailbox })) {
        rows.push(row)
        say(`  ${row.name}: ${Number.isFinite(row.value ?? row.ratio) ? (row.value ?? row.ratio).toFixed(2) : 'NOT RUN'}`)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  const round = (number) => (Number.isFinite(number) ? Number(number.toFixed(3)) : null)
  if (asJson) console.log(JSON.stringify(rows.map(({ name, value, ratio, goal }) => ({ name, ...(ratio === undefined ? { value: round(value) } : { ratio: round(ratio) }), goal })), null, 2))
  else showTable(rows.map(({ value, ratio, ...row }) => ({ ...row, ratio: ratio ?? value })))
}

main().catch((error) => {
  console.error(error.message)
  // A window that is still open would keep this waiting for ever.
  process.exit(1)
})
