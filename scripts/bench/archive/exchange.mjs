/** Long work with many letters: main's tick while they are exported and imported, and how much memory a large export takes more than a small one. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { median } from '../statistics.mjs'

/** An export of more tells nothing more. */
const most = 100_000
const formats = ['mbox', 'zip']
const rounds = 3
const giveUpAfterMs = 20 * 60_000

/** In the page: begins an export of the newest letters. */
const beginExport = async (format, from) => {
  const must = async (asked) => {
    const answer = await asked
    if (!answer.ok) throw new Error(JSON.stringify(answer))
    return answer.value
  }
  const { placeId } = await must(window.epistle.files.chooseSave({ kind: format, name: 'letters' }))
  await must(window.epistle.exports.start({ placeId, format, selection: { items: [], contactId: null, from, until: null } }))
}
/** In the page: looks through a file, and with `previewed` says yes to what was found. */
const beginImport = async (previewed) => {
  const must = async (asked) => {
    const answer = await asked
    if (!answer.ok) throw new Error(JSON.stringify(answer))
    return answer.value
  }
  if (previewed) return must(window.epistle.imports.start({ previewId: (await must(window.epistle.imports.preview({}))).previewId }))
  const { placeId } = await must(window.epistle.files.chooseOpen({ kind: 'archive' }))
  return must(window.epistle.imports.read({ placeId, contactId: null }))
}
/** In the page. Somebody who looks on: the desk of a person who has gone away locks after five minutes, and long work goes on behind the lock. */
const job = async () => {
  await window.epistle.desk.stay({})
  return (await window.epistle.jobs.current({})).value
}

/** In the page: the first moment of the month with which the newest letters and answers are about so many. */
const newestFrom = async (wanted) => {
  const months = (await Promise.all(['sent', 'inbox'].map((box) => window.epistle.archive.months({ box })))).flatMap(({ value }) => value)
  const inOrder = [...new Set(months.map(({ year, month }) => year * 12 + month))].sort((a, b) => b - a)
  let count = 0
  for (const each of inOrder) {
    count += months.filter(({ year, month }) => year * 12 + month === each).reduce((sum, { entries }) => sum + entries, 0)
    if (count >= wanted) return { from: Date.UTC(Math.floor((each - 1) / 12), (each - 1) % 12, 1), count }
  }
  return { from: null, count }
}

const memoryOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024

/** Waits until the job is done. @returns how many MiB the process held at most */
async function untilDone(app) {
  const giveUpAt = performance.now() + giveUpAfterMs
  let peak = memoryOf(app.pid)
  while (performance.now() < giveUpAt) {
    peak = Math.max(peak, memoryOf(app.pid))
    const now = await app.inPage(job)
    if (now.state === 'done') return peak
    if (now.state !== 'running') throw new Error(JSON.stringify(now))
    await pause(150)
  }
  throw new Error('the work came to no end')
}

async function exported(app, format, from, place) {
  await app.choose(place)
  const before = memoryOf(app.pid)
  await app.inPage(beginExport, format, from)
  const growth = (await untilDone(app)) - before
  rmSync(place, { force: true })
  return growth
}

/** A mailbox of another program: letters nobody here has. */
function writeMbox(file, count) {
  const words = 'the garden behind the church looks after itself and the choir is learning a new setting for the feast of the patron saint'.split(' ')
  const lines = []
  for (let number = 0; number < count; number += 1) {
    const at = new Date(Date.UTC(2005, 0, 1) + number * 3_600_000)
    const body = Array.from({ length: 90 }, (_, place) => words[(number * 7 + place * (1 + (number % 5))) % words.length])
    const [day, date, month, year, time] = at.toUTCString().split(/,? /)
    lines.push(`From maria@parish.org ${day} ${month} ${date} ${time} ${year}`, 'From: Maria <maria@parish.org>', `To: Old Friend ${number % 300} <friend${number % 300}@example.org>`, `Subject: Letter ${number}`)
    lines.push(`Date: ${at.toUTCString().replace('GMT', '+0000')}`, `Message-ID: <${number}@old.example.org>`, '', `${body.slice(0, 45).join(' ')}\n${body.slice(45).join(' ')}`, '')
  }
  writeFileSync(file, lines.join('\n'))
}

export async function rows({ sizes, folder, openSignedIn, prepare, profileOf, openProfile }) {
  const size = sizes.filter((each) => each <= most).at(-1) ?? sizes[0]
  const name = size.toLocaleString('en')
  const made = []
  let app = await openSignedIn(size)
  await app.longestGap()
  const tenth = await app.inPage(newestFrom, Math.ceil(size / 10))
  for (const format of formats) {
    const place = join(folder, `letters.${format}`)
    // The first export of all warms the process; then the large and the small one by turns.
    await exported(app, format, tenth.from, place)
    const growths = { few: [], all: [] }
    for (let round = 0; round < rounds; round += 1) {
      growths.few.push(await exported(app, format, tenth.from, place))
      growths.all.push(await exported(app, format, null, place))
    }
    const [few, all] = [median(growths.few), median(growths.all)]
    made.push({ name: `memory an export of ${name} letters (${format}) takes more than one of ${tenth.count.toLocaleString('en')}, MiB`, value: all - few, goal: 16, figures: `the process grew by ${all.toFixed(1)} against ${few.toFixed(1)} MiB at most` })
  }
  made.push({ name: `longest stand-still of main while exporting ${name} letters, ms`, value: await app.longestGap(), goal: 40, figures: `${formats.join(' and ')}; a 5 ms tick in the main process` })
  await app.close()

  const mbox = join(folder, 'old.mbox')
  writeMbox(mbox, size)
  await prepare(10)
  const profile = join(folder, 'importing')
  cpSync(profileOf(10), profile, { recursive: true })
  cpSync(`${profileOf(10)}.json`, `${profile}.json`)
  app = await openProfile(profile)
  await app.longestGap()
  await app.choose(mbox)
  const started = performance.now()
  await app.inPage(beginImport, false)
  await untilDone(app)
  await app.inPage(beginImport, true)
  await untilDone(app)
  const seconds = (performance.now() - started) / 1000
  made.push({ name: `longest stand-still of main while importing ${name} letters, ms`, value: await app.longestGap(), goal: 40, figures: `looked through and saved in ${seconds.toFixed(0)} s; a 5 ms tick in the main process` })
  await app.close()
  rmSync(mbox)
  rmSync(profile, { recursive: true, force: true })
  return made
}
