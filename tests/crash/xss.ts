/**
 * rel:xss. Everything a stranger can write is a payload (`--count` of them, `--long`: all): names, answers, subjects, letters, e-mails with photos and files brought in, what a search
 * finds, what is printed, what stands in the diary. The real app in the real Electron shows all of it: nothing runs, nobody is asked for anything, no window is led away,
 * the pages are built of the same elements as with plain words, and every text can be read as it was written. First the traps are proved with the same payloads as real
 * markup. That no source turns text into markup is a house rule (`tests/architecture/house-rules.test.ts`).
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calmService, EpistleApp } from '../support/app'
import { folderOnDisk } from './support/folders'
import { runProgram } from './support/program'
import { proveTraps } from './xss/control'
import { readDiary } from './xss/diary'
import { listen } from './xss/listener'
import { allPayloads } from './xss/payloads'
import { fillProfile } from './xss/profile'
import { createTraps } from './xss/traps'
import { walk } from './xss/walk'

await runProgram('xss', { short: 36, long: 1_000 }, async (program) => {
  const listener = await listen()
  const payloads = allPayloads(listener.address).slice(0, program.count)
  const root = folderOnDisk('xss')
  // The folder's name stands on a page, too.
  const profileDir = join(root, '<img src=x onerror=caught(1000)>')
  mkdirSync(profileDir)
  const config = join(root, 'service.json')
  writeFileSync(config, JSON.stringify({ ...calmService, seed: program.seed }))
  const people = await fillProfile(root, profileDir, payloads.map(({ text }) => text), program.seed)
  const traps = createTraps()
  const app = new EpistleApp(profileDir, [`--service-config=${config}`])
  await app.launch()
  app.electron.on('window', traps.watch)
  traps.watch(app.page)
  await traps.arm(app.page)
  await proveTraps(program, app.electron, payloads, traps, listener)
  await walk(program, app, people, payloads, traps, root)
  await readDiary(program, app, payloads, traps, root)
  program.check(listener.asked().length === 0, () => `somebody was asked by payloads ${listener.asked().join(', ')}`)
  program.say(`${payloads.length} payloads of ${new Set(payloads.map(({ family }) => family)).size} kinds`)
  await app.close()
  listener.close()
  rmSync(root, { recursive: true, force: true })
})
