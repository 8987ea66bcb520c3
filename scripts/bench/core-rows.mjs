/** Rows that need no window: the core in this process, on real files, against SQLite alone on files beside them. */
import { join } from 'node:path'
import { openRaw } from './raw-file.mjs'
import { openRawMailbox } from './raw-mailbox.mjs'
import { median } from './statistics.mjs'

const words = 'Thank you for your letter. It made me think of my grandmother and of the rain in her garden. '
export const letterOf = (characters) => words.repeat(Math.ceil(characters / words.length)).slice(0, characters)

async function timed(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** One autosave of an 8,000 character letter, answer included, against one commit of the same text. */
export async function autosave(desk, contact) {
  const raw = openRaw(join(desk.profileDir, 'raw-draft.db'), `CREATE TABLE draft (id INTEGER PRIMARY KEY, body TEXT NOT NULL); INSERT INTO draft VALUES (1, '')`)
  const update = raw.prepare('UPDATE draft SET body = ? WHERE id = 1')
  const body = letterOf(8_000)
  const { draftId, revision } = await desk.must('drafts.create', { contactId: contact.contactId })
  let baseRevision = revision
  const app = []
  const bare = []
  for (let turn = 0; turn < 800; turn += 1) {
    const text = `${body}${turn}`
    app.push(await timed(async () => {
      const { draft } = await desk.must('drafts.save', { draftId, baseRevision, patch: { body: text } })
      baseRevision = draft.revision
    }))
    bare.push(await timed(() => raw.commit(() => update.run(text))))
  }
  raw.close()
  // The first turns meet cold code on both sides.
  const [appMs, bareMs] = [median(app.slice(100)), median(bare.slice(100))]
  return { ratio: appMs / bareMs, figures: `${appMs.toFixed(2)} ms against ${bareMs.toFixed(2)} ms` }
}

const searches = ['Reyes', '448', 'dan', 'maria', 'Ortega', 'ga']

/** Every word of a name, and each name once more without its hyphens and apostrophes, as the directory finds people. */
const wordsOf = (...parts) =>
  new Set(
    parts
      .flatMap((part) => part.split(' '))
      .map((part) => part.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
      .flatMap((found) => [...found, found.join('')])
  )

/** One search as the person asks it (page and total, over the wire and back), against SQLite with an index of every word. */
export async function search(desk, people) {
  const raw = openRaw(
    join(desk.profileDir, 'raw-people.db'),
    `CREATE TABLE person (facility TEXT NOT NULL, number TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, status TEXT NOT NULL,
       PRIMARY KEY (facility, number)) WITHOUT ROWID;
     CREATE TABLE word (facility TEXT NOT NULL, word TEXT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (facility, word, number)) WITHOUT ROWID`
  )
  const insertPerson = raw.prepare('INSERT INTO person VALUES (?, ?, ?, ?, ?)')
  const insertWord = raw.prepare('INSERT INTO word VALUES (?, ?, ?)')
  raw.commit(() => {
    for (const [facility, number, first, last, status] of people) {
      insertPerson.run(facility, number, first, last, status)
      for (const word of wordsOf(first, last, number)) insertWord.run(facility, word, number)
    }
  })
  const found = 'FROM word WHERE facility = ? AND word BETWEEN ? AND ?'
  const page = raw.prepare(`SELECT * FROM person WHERE facility = ? AND number IN (SELECT number ${found}) ORDER BY last, first, number LIMIT 20`)
  const total = raw.prepare(`SELECT count(DISTINCT number) ${found}`).pluck()
  const place = 'cedar-state'
  const app = []
  const bare = []
  for (let turn = 0; turn < 600; turn += 1) {
    const query = searches[turn % searches.length]
    let theirs
    let ours
    app.push(await timed(async () => {
      theirs = await desk.must('directory.search', { query, state: 'TX', facilityId: place })
    }))
    bare.push(await timed(() => {
      const from = query.toLowerCase()
      const to = `${from}\u{10ffff}`
      ours = { items: page.all(place, place, from, to), total: total.get(place, from, to) }
    }))
    if (theirs.total !== ours.total || theirs.items.length !== ours.items.length) throw new Error(`the two searches for ${query} do not find the same people`)
  }
  raw.close()
  const [appMs, bareMs] = [median(app.slice(100)), median(bare.slice(100))]
  return { ratio: appMs / bareMs, figures: `${appMs.toFixed(2)} ms against ${bareMs.toFixed(2)} ms, ${people.length} people` }
}

const letters = 1_000
const batches = 5
const stampsAtOnce = 100

/** The letters of one batch, confirmed while the line is down. */
async function queue(desk, { sendDraft, writeDraft }, contact, count) {
  await desk.must('practice.set', { offline: true })
  for (let each = 0; each < count; each += 1) await sendDraft(desk, await writeDraft(desk, contact.contactId, `${letterOf(1_500)}${each}`))
  await desk.must('practice.set', { offline: false })
}

export async function buyStamps(desk, { testCard }, contact, count) {
  const { packages } = await desk.must('stamps.offer', { contactId: contact.contactId })
  const pack = packages.find(({ stamps }) => stamps === stampsAtOnce)
  for (let have = 0; have < count; have += stampsAtOnce) {
    const { ticket } = await desk.must('stamps.quote', { contactId: contact.contactId, packageId: pack.packageId })
    await desk.must('stamps.purchase', { ticket, ...testCard })
  }
}

/** The rows one accepted letter leaves in the service's own file, which is not encrypted, in the one commit that must be there before it answers. */
function rawService(file) {
  const raw = openRaw(
    file,
    `CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
     INSERT INTO counter VALUES ('message', 0), ('receipt', 0);
     CREATE TABLE ledger (seq INTEGER PRIMARY KEY, wallet TEXT NOT NULL, reason TEXT NOT NULL, reference TEXT NOT NULL, amount INTEGER NOT NULL, at INTEGER NOT NULL);
     CREATE TABLE letter (id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, next INTEGER NOT NULL);
     CREATE TABLE news (seq INTEGER PRIMARY KEY, key TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL);
     CREATE TABLE answer (key TEXT PRIMARY KEY, hash TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL)`
  )
  const count = raw.prepare('UPDATE counter SET value = value + 1 WHERE name = ?')
  const debit = raw.prepare(`INSERT INTO ledger (wallet, reason, reference, amount, at) VALUES ('TX', 'message', ?, -1, ?)`)
  const letter = raw.prepare(`INSERT INTO letter VALUES (?, ?, ?, 'submitted', ?, ?)`)
  const news = raw.prepare(`INSERT INTO news (key, state, at) VALUES (?, 'submitted', ?)`)
  const answer = raw.prepare('INSERT INTO answer VALUES (?, ?, ?, ?)')
  const hash = '0'.repeat(64)
  const reply = JSON.stringify({ receiptNumber: 'R-20261123-000001', messageId: 'M-20261123-000001', stamps: 1, walletId: 'TX', balance: 1, at: 1, payloadHash: hash })
  return {
    accept: (key) =>
      raw.commit(() => {
        count.run('message')
        count.run('receipt')
        debit.run(key, 3)
        letter.run(`M-${key}`, key, hash, 3, 4)
        news.run(key, 3)
        answer.run(key, hash, reply, 3)
      }),
    close: raw.close
  }
}

/** A thousand letters that waited for the line, delivered; against the same rows in the three commits no protocol of this kind can do without (README.md). */
export async function drain(desk, support, contact) {
  const mailbox = openRawMailbox(support, join(desk.profileDir, 'raw-mailbox.db'), letters)
  const service = rawService(join(desk.profileDir, 'raw-service.db'))
  const deliver = (key) => {
    mailbox.tryOnce(key)
    service.accept(key)
    mailbox.arrived(key)
  }
  const size = letters / batches
  await buyStamps(desk, support, contact, letters)
  const app = []
  const bare = []
  for (let batch = 0; batch < batches; batch += 1) {
    await queue(desk, support, contact, size)
    app.push(await timed(async () => {
      const { waiting } = await desk.must('sync.now', {})
      if (waiting !== 0) throw new Error(`${waiting} letters are still waiting`)
    }))
    const keys = Array.from({ length: size }, (_, each) => `01a201ea-0cba-712a-ad27-${String(batch * size + each).padStart(12, '0')}`)
    for (const key of keys) {
      mailbox.write(key)
      mailbox.confirm(key, letterOf(1_500))
    }
    bare.push(await timed(() => keys.forEach(deliver)))
  }
  mailbox.close()
  service.close()
  const [appMs, bareMs] = [median(app) / size, median(bare) / size]
  return { ratio: appMs / bareMs, figures: `${appMs.toFixed(2)} ms a letter against ${bareMs.toFixed(2)} ms` }
}

const confirms = 200

/** "Confirm" until the letter is on disk and queued, answer included, against one commit of the same rows in the same tables by SQLite alone. */
export async function confirm(desk, support, contact) {
  const raw = openRawMailbox(support, join(desk.profileDir, 'raw-confirm.db'), confirms)
  await buyStamps(desk, support, contact, confirms)
  await desk.must('practice.set', { offline: true })
  const app = []
  const bare = []
  for (let turn = 0; turn < confirms; turn += 1) {
    const body = `${letterOf(1_500)}${turn}`
    const draft = await support.writeDraft(desk, contact.contactId, body)
    const { ticket } = await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })
    app.push(await timed(() => desk.must('letters.send', { ticket })))
    const key = `01a201ea-0cba-712a-ad28-${String(turn).padStart(12, '0')}`
    raw.write(key)
    bare.push(await timed(() => raw.confirm(key, body)))
  }
  await desk.must('practice.set', { offline: false })
  await desk.must('sync.now', {})
  raw.close()
  const [appMs, bareMs] = [median(app.slice(20)), median(bare.slice(20))]
  return { ratio: appMs / bareMs, figures: `${appMs.toFixed(2)} ms against ${bareMs.toFixed(2)} ms` }
}

/** For information: a core on an empty folder (5,000 people are loaded), and on one that is there. */
export async function start({ openTestDesk }) {
  const fresh = []
  const again = []
  for (let turn = 0; turn < 7; turn += 1) {
    let desk
    fresh.push(await timed(async () => (desk = await openTestDesk())))
    again.push(await timed(() => desk.restart()))
    await desk.close()
  }
  return { fresh: median(fresh), again: median(again) }
}
