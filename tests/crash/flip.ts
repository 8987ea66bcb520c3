/**
 * rel:flip. One real mailbox with many letters, a copy of it, and newer letters in the file and its write-ahead log. Then `--count` single flipped bits and a quarter
 * as many smashed pages, in random places of every kind. Each time a person signs in, looks at every letter, and lets a copy be made (which reads
 * every page): the damage is found, or nothing is different. Where it is found, the restore brings the letters back and keeps the file.
 */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTestDesk, password, readyToWrite, sendDraft, writeDraft, type TestDesk } from '../support/core'
import { addPhoto } from '../support/photos'
import { pngOf } from '../support/png'
import { folderInMemory } from './support/folders'
import { runProgram, type Program } from './support/program'

type Letter = {
  readonly letterId: string
  readonly subject: string
  readonly body: string
  /** Of each photo that can be seen, the hash of its bytes and what it is called by; of one that cannot, the latter alone. */
  readonly photos: readonly { readonly photoId: string; readonly shows: string | null }[]
}

/** Every letter a person can read, with its photos; throws nothing: a letter that cannot be read is not in it. */
const readAll = async (desk: TestDesk): Promise<readonly Letter[]> => {
  const letters: Letter[] = []
  for (let page = 0; ; page += 1) {
    const listed = await desk.call('letters.sent', { page, pageSize: 100 })
    if (!listed.ok || listed.value.items.length === 0) return letters
    for (const { letterId } of listed.value.items) {
      const opened = await desk.call('letters.open', { letterId })
      if (!opened.ok) continue
      const { subject, body, photos } = opened.value
      letters.push({ letterId, subject, body, photos: await Promise.all(photos.map(async ({ photoId }) => ({ photoId, shows: await look(desk, photoId) }))) })
    }
  }
}

const look = async (desk: TestDesk, photoId: string): Promise<string | null> => {
  const photo = await desk.call('photos.open', { photoId })
  return photo.ok ? createHash('sha256').update(Buffer.from(photo.value.data, 'base64')).digest('hex') : null
}

/** A photo of some pages, each another one. */
const somePhoto = (program: Program): Buffer => {
  const side = 48
  const row = (): Buffer => Buffer.from([0, ...Array.from({ length: side * 3 }, () => program.random.below(256))])
  return pngOf(side, side, Buffer.concat(Array.from({ length: side }, row)))
}
/** Of the letters one in so many has one. */
const photoOf = 6

type Prepared = { readonly profile: string; readonly letters: readonly Letter[]; readonly root: string }

/** @param inCopy letters that the copy holds @param newer letters written after it */
const prepare = async (program: Program, inCopy: number, newer: number): Promise<Prepared> => {
  const root = folderInMemory('flip')
  const live = join(root, 'live')
  mkdirSync(live)
  const desk = await openTestDesk({ seed: program.seed % 1_000 }, { profileDir: live, dice: `flip ${program.seed}` })
  const contact = await readyToWrite(desk)
  const write = async (count: number, name: string): Promise<void> => {
    for (let at = 0; at < count; at += 1) {
      if (at % 15 === 14) await buyMore(desk, contact.contactId)
      const draft = await writeDraft(desk, contact.contactId, `${name} ${at}: ${'a few words more. '.repeat(10 + program.random.below(60))}`, `${name} ${at}`)
      if (at % photoOf === 1) await addPhoto(desk, draft.draftId, somePhoto(program))
      await sendDraft(desk, draft)
    }
    await desk.must('sync.now', {})
  }
  await write(inCopy, 'old')
  await desk.must('backups.make', {})
  await write(newer, 'new')
  const letters = await readAll(desk)
  // The PC stops here: the newest words are in the write-ahead log alone.
  const profile = join(root, 'stopped')
  cpSync(live, profile, { recursive: true })
  await desk.close()
  return { profile, letters, root }
}

const buyMore = async (desk: TestDesk, contactId: string): Promise<void> => {
  const { testCard } = await import('../support/core')
  const offer = await desk.must('stamps.offer', { contactId })
  const packageId = offer.packages.find(({ stamps }) => stamps === 20)?.packageId ?? ''
  const quote = await desk.must('stamps.quote', { contactId, packageId })
  await desk.must('stamps.purchase', { ticket: quote.ticket, ...testCard })
}

const places = ['salt', 'first page', 'anywhere', 'near the end', 'log header', 'log', 'vault'] as const
type Place = (typeof places)[number]

/** Changes one bit, or a whole page, and says where. */
const spoil = (program: Program, profile: string, place: Place, whole: boolean): string => {
  const folder = join(profile, 'mailboxes')
  const ending = place === 'vault' ? '.vault' : place.startsWith('log') ? '.db-wal' : '.db'
  const name = readdirSync(folder).find((file) => file.endsWith(ending)) ?? ''
  const file = join(folder, name)
  const bytes = readFileSync(file)
  const size = statSync(file).size
  const within = (from: number, to: number): number => from + program.random.below(Math.max(1, to - from))
  const ranges: { readonly [P in Place]: readonly [number, number] } = {
    salt: [0, 16],
    'first page': [16, 4096],
    anywhere: [4096, size],
    'near the end': [Math.max(4096, size - 65_536), size],
    'log header': [0, 32],
    log: [32, size],
    vault: [0, size]
  }
  const at = within(...ranges[place])
  if (whole) bytes.fill(program.random.below(256), at - (at % 4096), Math.min(size, at - (at % 4096) + 4096))
  else bytes[at] = (bytes[at] ?? 0) ^ (1 << program.random.below(8))
  writeFileSync(file, bytes)
  return `${whole ? 'page' : 'bit'} at ${at} of ${name.replace(/^[^.]*/u, '')} (${place})`
}

/** What can be seen of it is what it was: its words, and its photos, but for those that are lost. */
const isSame = (known: Letter | undefined, { body, subject, photos }: Letter): boolean =>
  known?.body === body && known.subject === subject && photos.length === known.photos.length && photos.every(({ photoId, shows }, at) => photoId === known.photos[at]?.photoId && (shows === null || shows === photoId))
const seen = (letters: readonly Letter[]): number => letters.flatMap(({ photos }) => photos).filter(({ shows }) => shows !== null).length

type Counts = { found: number; equal: number; back: number; all: number; photos: number; allPhotos: number }

const round = async (program: Program, prepared: Prepared, number: number, whole: boolean, counts: Counts): Promise<void> => {
  const profileDir = join(prepared.root, `case-${number}`)
  cpSync(prepared.profile, profileDir, { recursive: true })
  const where = spoil(program, profileDir, places[number % places.length] ?? 'anywhere', whole)
  const desk = await openTestDesk({ seed: program.seed % 1_000 }, { profileDir, dice: `flip ${program.seed} ${number}` })
  const what = (words: string): (() => string) => () => `case ${number}, ${where}: ${words}`
  const known = new Map(prepared.letters.map((letter) => [letter.letterId, letter]))
  const silent = (letters: readonly Letter[]): number => letters.filter((letter) => !isSame(known.get(letter.letterId), letter)).length
  try {
    const signedIn = await desk.call('accounts.signIn', { email: 'maria@parish.org', password })
    if (!signedIn.ok) return program.failed(what(`nobody gets in: ${signedIn.code}; ${desk.bugs.slice(0, 2).join('; ').slice(0, 600)}`)(), 'nobody gets in')
    let session = (await desk.must('app.state', {})).session
    let letters: readonly Letter[] = []
    if (session?.mailbox === 'open') {
      letters = await readAll(desk)
      program.check(silent(letters) === 0, what('a text or a photo is another one, and nothing was said'))
      // A copy reads every page; it is made by itself within half a minute of such a start.
      await desk.call('backups.make', {})
      for (let turn = 0; turn < 50 && (await desk.must('app.state', {})).session?.mailbox === 'open' && desk.events.at(-1)?.type !== 'sessionChanged'; turn += 1) await desk.time.settle()
      session = (await desk.must('app.state', {})).session
    }
    if (session?.mailbox === 'open') {
      counts.equal += 1
      const told = (await desk.must('account.activity', { pageSize: 50 })).items.some(({ event }) => event === 'lastChangeLost')
      program.check(letters.length === known.size || told, what(`${known.size - letters.length} letters are missing, and nothing was said`))
      counts.back += letters.length
    } else {
      counts.found += 1
      const view = await desk.must('restore.view', {})
      program.check(session !== null && session.duties.includes('openMailbox') && view.copies.length > 0, what('no page says what is wrong and what to do'))
      const restored = await desk.must('restore.from', { copyId: view.copies[0]?.copyId ?? '' })
      letters = await readAll(desk)
      const drafts = await desk.must('drafts.list', {})
      program.check(silent(letters) === 0, what('a restored text or photo is another one'))
      const subjects = new Set([...letters.map(({ subject }) => subject), ...drafts.map(({ subject }) => subject)])
      counts.back += prepared.letters.filter(({ subject }) => subjects.has(subject)).length
      program.check(restored.keptAs !== null && readdirSync(join(profileDir, 'mailboxes')).includes(restored.keptAs), what('the damaged file is not kept'))
    }
    counts.all += known.size
    counts.photos += seen(letters)
    counts.allPhotos += seen(prepared.letters)
    program.check(desk.bugs.length === 0, what(`bugs: ${desk.bugs.slice(0, 2).join('; ').slice(0, 600)}`))
  } finally {
    await desk.close()
    rmSync(profileDir, { recursive: true, force: true })
  }
}

await runProgram('flip', { short: 7, long: 400 }, async (program) => {
  const prepared = await prepare(program, program.long ? 190 : 40, program.long ? 10 : 6)
  const counts = { found: 0, equal: 0, back: 0, all: 0, photos: 0, allPhotos: 0 }
  const smashed = Math.ceil(program.count / 4)
  try {
    for (let number = 0; number < program.count; number += 1) await round(program, prepared, number, false, counts)
    for (let number = 0; number < smashed; number += 1) await round(program, prepared, program.count + number, true, counts)
  } finally {
    rmSync(prepared.root, { recursive: true, force: true })
  }
  const share = (counts.back / counts.all) * 100
  program.say(`  ${counts.found} found and restored, ${counts.equal} harmless or said; ${share.toFixed(2)} % of ${counts.all} letters back; ${counts.photos} of ${counts.allPhotos} photos can be seen in sent letters`)
  program.check(share >= 99, () => `only ${share.toFixed(2)} % of the letters came back`)
  program.check(counts.found > 0, () => 'no damage was ever found: nothing was damaged')
})
