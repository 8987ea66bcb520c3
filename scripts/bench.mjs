/**
 * How Epistle does against the least that could do the same: a bare Electron window, SQLite alone. Every row is a ratio of
 * two things measured in turn in this run (bench/README.md). `--json` prints the rows and nothing else.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as core from './bench/core-rows.mjs'
import { openBare } from './bench/electron-run.mjs'
import { filledProfiles } from './bench/filled-profile.mjs'
import { buildApp, buildCore } from './bench/fresh-build.mjs'
import { manyLetters } from './bench/many-letters-rows.mjs'
import { canMeasureMemory } from './bench/memory.mjs'
import { showTable } from './bench/table.mjs'
import { vault } from './bench/vault-rows.mjs'
import { blockGoalMs, blocks, openSignedIn, prepareProfile, startsAndMemory, typing } from './bench/window-rows.mjs'
import { projectFolder, stateFolder } from './runtime/folders.mjs'

const asJson = process.argv.includes('--json')
const say = asJson ? () => undefined : (text) => console.log(text)

const rows = []
const row = (name, goal, { ratio, figures }) => {
  rows.push({ name, ratio, goal, figures })
  say(`  ${name}: ${Number.isFinite(ratio) ? ratio.toFixed(2) : 'not measured'}`)
}
const ms = (value) => `${value.toFixed(0)} ms`

/** Everyone in the service's directory, as its seed data has them. */
function people() {
  const read = (name) => JSON.parse(readFileSync(join(projectFolder, 'resources/service', name), 'utf8'))
  const facilities = read('facilities.json')
  return read('people.json').map(([facility, ...person]) => [facilities[facility].id, ...person])
}

async function coreRows(support, folder) {
  const desk = await support.openTestDesk()
  const contact = await support.readyToWrite(desk)
  row('one durable autosave ÷ raw SQLite commit of the same text', 2, await core.autosave(desk, contact))
  row('directory search ÷ raw SQLite queries for the same page', 25, await core.search(desk, people()))
  row('1,000 queued letters drained ÷ raw SQLite commits of the same rows', 3, await core.drain(desk, support, contact))
  row('durable confirm ÷ raw SQLite commit of the same rows', 2, await core.confirm(desk, support, contact))
  await desk.close()
  const { derivation, firstList } = await vault(support, folder)
  row('key derivation at sign-in ÷ a bare argon2id call', 1.3, derivation)
  row('unlocked mailbox to its first list ÷ the same file unencrypted', 1.3, firstList)
  const { fresh, again } = await core.start(support)
  return `A core on an empty folder starts in ${ms(fresh)}, on one that is there in ${ms(again)}.`
}

async function windowRows(support, folder) {
  const place = { app: join(folder, 'app'), profile: join(folder, 'profile'), bareProfile: join(folder, 'bare') }
  writeFileSync(`${place.profile}.json`, JSON.stringify({ seed: 7, robotCheckAnswer: 'PSALM' }))
  const firstStart = await prepareProfile(place, support)

  const { app: ours, bare: theirs } = await startsAndMemory(place)
  row('time to a usable window ÷ bare Electron window', 1.5, { ratio: ours.usable / theirs.usable, figures: `${ms(ours.usable)} against ${ms(theirs.usable)}` })
  row('memory ÷ bare Electron window', 1.3, {
    ratio: ours.memory / theirs.memory,
    figures: canMeasureMemory() ? `${ours.memory.toFixed(0)} MiB against ${theirs.memory.toFixed(0)} MiB` : 'only measured on Linux'
  })

  const { app, desk, contact } = await openSignedIn(place)
  const standStill = await blocks(app, desk, contact, support)
  const bare = await openBare(place)
  row('key to paint while saving, p99: frames more than a bare window', 1, await typing(app, bare, desk, contact, support))
  await Promise.all([app.close(), bare.close()])
  row('longest stand-still of main while saving, searching, sending ÷ 40 ms', 1, {
    ratio: Math.max(...Object.values(standStill)) / blockGoalMs,
    figures: Object.entries(standStill).map(([name, gap]) => `${name} ${ms(gap)}`).join(', ')
  })
  row('longest stand-still of main at start-up ÷ bare Electron window', 1.5, { ratio: ours.gap / theirs.gap, figures: `${ms(ours.gap)} against ${ms(theirs.gap)}` })

  const { start, save } = await manyLetters(await filledProfiles(say), place.app, core.letterOf(4_000))
  row('start until Home with 20,000 letters ÷ with 10', 1.2, start)
  row('one autosave while 20,000 letters are being copied ÷ at rest', 1.2, save)
  return `The very first start, on an empty profile, took ${ms(firstStart)}.`
}

async function main() {
  const started = performance.now()
  const scratch = join(stateFolder, 'bench')
  mkdirSync(scratch, { recursive: true })
  const folder = mkdtempSync(join(scratch, 'run-'))
  // Both sides write to the disk the project is on: a folder in memory would make a durable commit free.
  process.env.TMPDIR = folder
  try {
    say('Building what is measured.')
    await buildApp(join(folder, 'app'))
    const support = await buildCore(join(folder, 'core'))
    say('Measuring, each against its own yardstick, in turn.')
    const notes = [await coreRows(support, folder), await windowRows(support, folder)]
    if (asJson) {
      console.log(JSON.stringify(rows.map(({ name, ratio, goal }) => ({ name, ratio: Number.isFinite(ratio) ? Number(ratio.toFixed(3)) : null, goal })), null, 2))
      return
    }
    showTable(rows)
    console.log(`\n${notes.join('\n')}\nIt all took ${((performance.now() - started) / 1000).toFixed(0)} s. What each row means: scripts/bench/README.md`)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

main().catch((error) => {
  console.error(error.message)
  // A window that is still open would keep this waiting for ever.
  process.exit(1)
})
