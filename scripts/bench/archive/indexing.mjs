/** Making letters searchable, against notmuch and mu on the same letters as a maildir: time, and room on the disk. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** They take minutes for 100,000: a tenth of it tells as much. */
const most = 100_000
const slice = 500

const sizeOf = (path) => {
  const found = statSync(path)
  return found.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : found.blocks * 512
}
const has = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

/** One file a letter, as every mail program reads it. */
function writeMaildir(folder, letters) {
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(folder, part), { recursive: true })
  let number = 0
  for (const { id, subject, body, name } of letters) {
    number += 1
    const head = [
      'From: Maria Delgado <maria@parish.org>',
      `To: =?utf-8?B?${Buffer.from(name).toString('base64')}?= <person@facility.invalid>`,
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      `Date: ${new Date(id * 1000).toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${id}.${number}@epistle.invalid>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit'
    ]
    writeFileSync(join(folder, 'cur', `${id}.${number}.epistle:2,S`), `${head.join('\n')}\n\n${body}\n`)
  }
}

const timed = (work) => {
  const started = performance.now()
  work()
  return (performance.now() - started) / 1000
}
function run(program, args, env) {
  const done = spawnSync(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 26 })
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stderr}`)
}

const others = {
  notmuch: (folder, mail) => {
    const config = join(folder, 'notmuch-config')
    writeFileSync(config, `[database]\npath=${mail}\n[user]\nname=Maria\nprimary_email=maria@parish.org\n[new]\ntags=\n[search]\nexclude_tags=\n`)
    const seconds = timed(() => run('notmuch', ['new', '--quiet'], { NOTMUCH_CONFIG: config }))
    return { seconds, index: join(mail, '.notmuch') }
  },
  mu: (folder, mail) => {
    const index = join(folder, 'mu')
    run('mu', ['init', `--muhome=${index}`, `--maildir=${mail}`], {})
    const seconds = timed(() => run('mu', ['index', '--quiet', `--muhome=${index}`], {}))
    return { seconds, index }
  }
}

export async function rows({ sizes, prepare, profileOf, openMailbox, folder }) {
  const size = sizes.filter((each) => each <= most).at(-1) ?? sizes[0]
  await prepare(size)
  const place = join(folder, 'indexing')
  cpSync(profileOf(size), join(place, 'profile'), { recursive: true })
  const { mailbox, file } = await openMailbox(join(place, 'profile'), { forgetWords: true })
  const letters = mailbox.archiveSearch.countDue()
  const ours = timed(() => {
    while (mailbox.archiveIndex.step(slice) > 0);
  })
  const mail = join(place, 'mail')
  const ids = [...mailbox.archiveSearch.look({ words: null, filter: { boxes: ['sent', 'inbox'], people: null, states: null, unread: false, flagged: false, stamps: null, photos: false, from: -1e12, until: 1e12 }, before: 1e12 }, 10_000_000).found]
  writeMaildir(mail, ids.map(({ id }) => mailbox.archiveSearch.words(id)))
  mailbox.close()
  const ourSize = sizeOf(file)
  const mailSize = sizeOf(mail)
  const made = []
  for (const [program, index] of Object.entries(others)) {
    const name = `${letters.toLocaleString('en')} letters`
    if (!has(program)) {
      made.push({ name: `indexing ${name}, our time ÷ ${program}'s`, ratio: NaN, goal: 0.125, figures: `${program} is not installed` })
      made.push({ name: `our whole file ÷ ${program}'s mail and index`, ratio: NaN, goal: 0.5, figures: `${program} is not installed` })
      continue
    }
    const theirs = index(place, mail)
    const room = sizeOf(theirs.index)
    rmSync(theirs.index, { recursive: true })
    const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`
    made.push({ name: `indexing ${name}, our time ÷ ${program}'s`, ratio: ours / theirs.seconds, goal: 0.125, figures: `${ours.toFixed(1)} s against ${theirs.seconds.toFixed(1)} s` })
    made.push({ name: `our whole file ÷ ${program}'s mail and index`, ratio: ourSize / (mailSize + room), goal: 0.5, figures: `${mb(ourSize)} against ${mb(mailSize)} of mail and ${mb(room)} of index` })
  }
  rmSync(place, { recursive: true, force: true })
  return made
}
