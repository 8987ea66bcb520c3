/** `npm run seed-archive`: see scripts/README.md. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defaultAccount, seedArchive } from './seed'

const usage = `Usage: npm run seed-archive -- --letters N [--profile-dir=DIR] [--seed=S] [--account=EMAIL] [--password=PASSWORD]
  --letters      letters and answers together, 1 to 2000000
  --profile-dir  the profile to fill (made when it is not there); default: seeded-profile
  --seed         another word gives another correspondence; default: 1
  --account      the account whose mailbox is filled; it is created in a new profile; default: ${defaultAccount.email}
  --password     its password; default: ${defaultAccount.password}`

type Asked = { readonly letters: number; readonly profileDir: string; readonly seed: string; readonly email: string; readonly password: string }

const read = (args: readonly string[]): Asked | string => {
  const known = new Map<string, string>()
  for (let at = 0; at < args.length; at += 1) {
    const match = /^--([a-z-]+)(?:=(.*))?$/u.exec(args[at] ?? '')
    if (match === null) return `"${args[at]}" is not an option.`
    const [, name = '', inline] = match
    if (!['letters', 'profile-dir', 'seed', 'account', 'password'].includes(name)) return `There is no option --${name}.`
    const value = inline ?? args[(at += 1)]
    if (value === undefined || value === '') return `--${name} needs a value.`
    known.set(name, value)
  }
  const letters = Number(known.get('letters'))
  if (!Number.isInteger(letters) || letters < 1 || letters > 2_000_000) return '--letters needs a whole number from 1 to 2000000.'
  return {
    letters,
    profileDir: resolve(known.get('profile-dir') ?? 'seeded-profile'),
    seed: known.get('seed') ?? '1',
    email: known.get('account') ?? defaultAccount.email,
    password: known.get('password') ?? defaultAccount.password
  }
}

const width = 30
const bar = (written: number, of: number, startedAt: number, begun: number): string => {
  const share = of === 0 ? 1 : written / of
  const seconds = (performance.now() - startedAt) / 1000
  const left = written > begun ? Math.round(((of - written) * seconds) / (written - begun)) : null
  const filled = Math.round(share * width)
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${written.toLocaleString('en')} of ${of.toLocaleString('en')}${left === null || left === 0 ? '' : `, ${left} s left`}`
}

export const main = async (args: readonly string[], folder: string): Promise<number> => {
  const asked = read(args)
  if (typeof asked === 'string') {
    console.error(`${asked}\n${usage}`)
    return 2
  }
  mkdirSync(join(asked.profileDir, 'mailboxes'), { recursive: true })
  let stopped = false
  const stop = (): void => {
    stopped = true
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const startedAt = performance.now()
  let begun: number | null = null
  let lastShown = 0
  const done = await seedArchive({
    profileDir: asked.profileDir,
    letters: asked.letters,
    seed: asked.seed,
    login: { email: asked.email, password: asked.password },
    folder,
    cost: 'full',
    stopped: () => stopped,
    progress: (written, of) => {
      begun ??= written
      const now = performance.now()
      if (now - lastShown < (process.stdout.isTTY ? 200 : 10_000) && written !== of) return
      lastShown = now
      process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}${bar(written, of, startedAt, begun)}${process.stdout.isTTY && written !== of ? '' : '\n'}`)
    }
  })
  if (done.written < done.wanted) {
    console.log(`\nStopped at ${done.written.toLocaleString('en')}; everything so far is whole. The same command goes on from there.`)
    return 130
  }
  console.log(`${done.sent.toLocaleString('en')} letters sent and ${done.received.toLocaleString('en')} answers with ${done.contacts} people, in ${((performance.now() - startedAt) / 1000).toFixed(0)} s.`)
  console.log(`${done.made ? 'Made the account' : 'Filled the account'} ${asked.email}, password ${asked.password}, passcode 4827, in ${asked.profileDir}`)
  console.log(`To look at it: $(node scripts/electron-path.mjs) . --profile-dir=${asked.profileDir}`)
  return 0
}
