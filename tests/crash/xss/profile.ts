/** Two people at one PC who have done the same: what strangers could write is payloads for the one, and plain words for the other. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { photoLimits } from '@rules/photo'
import { goodSignUp, openTestDesk, password, sendDraft, testCard, writeDraft, type TestDesk } from '../../support/core'
import { addPhoto, pngPhoto } from '../../support/photos'
import { createVirtualTime } from '../../support/virtual-time'
import { emailFrom, mailArchive } from './emails'
import { lantern, writtenIn, type Place } from './places'
import { createStranger, type Stranger } from './stranger'

/** Somebody with an account, and a few things of hers to look at. */
export type Person = {
  readonly email: string
  readonly password: string
  /** Everything was written to this one. */
  readonly contactId: string
  /** A letter, an answer and a draft that hold all texts. */
  readonly letterId: string
  readonly messageId: string
  readonly draftId: string
  readonly olderId: string
  /** A mail archive that was not brought in yet. */
  readonly archive: string
}
export type People = { readonly plain: Person; readonly hostile: Person }

const facilityId = 'cedar-state'
/** A hundred stamps. */
const packageId = 'cedar-100'
const dayMs = 24 * 3_600_000

/**
 * @param root a folder for the files that are brought in. @param profileDir a new profile
 * @param texts of the strangers; each gets to every place
 */
export const fillProfile = async (root: string, profileDir: string, texts: readonly string[], seed: number): Promise<People> => {
  const stranger = createStranger()
  // What lies there when the app is started is in the past.
  const time = createVirtualTime(Date.now() - dayMs)
  const desk = await openTestDesk({ seed }, { profileDir, time, network: (service) => stranger.line(service, time.clock.now) })
  const plain = await fill(desk, stranger, 'maria@parish.org', texts.map((_, number) => plainWords(number)), join(root, 'plain'))
  const hostile = await fill(desk, stranger, 'joe@parish.org', texts, join(root, 'hostile'))
  await desk.end()
  return { plain, hostile }
}

/** What stands in the place of a payload for the one with the plain words. */
export const plainWords = (number: number): string => `Plain words ${number}.`

const fill = async (desk: TestDesk, stranger: Stranger, email: string, texts: readonly string[], folder: string): Promise<Person> => {
  const { challengeId } = await desk.must('accounts.signUpStart', {})
  await desk.must('accounts.create', goodSignUp(challengeId, email))
  await desk.must('accounts.acceptEmessagingTerms', { version: '1' })
  const numbers = await someNumbers(desk, texts.length)
  stranger.nameNext(texts)
  const contacts: string[] = []
  for (const number of numbers) contacts.push((await desk.must('contacts.add', { facilityId, number })).contactId)
  const [contactId = ''] = contacts
  const allIn = (place: Place): string => texts.map((text) => writtenIn(place, text)).join('\n\n')

  await buy(desk, contactId, Math.ceil((texts.length + 1 + photoLimits.perLetter) / 100))
  for (const text of texts) await sendDraft(desk, await writeDraft(desk, contactId, writtenIn('search hit', text), writtenIn('subject', text)))
  const album = await writeDraft(desk, contactId, allIn('letter'))
  for (const [shade, name] of texts.slice(0, photoLimits.perLetter).entries()) await addPhoto(desk, album.draftId, pngPhoto(shade), name)
  const { letterId } = await sendDraft(desk, album)
  await desk.must('sync.now', {})

  const from = { facilityId, number: numbers[0] ?? '' }
  stranger.answer([...texts.map((text) => ({ ...from, subject: writtenIn('reply', text), body: text })), { ...from, subject: 'An answer', body: allIn('reply') }])
  await desk.must('sync.now', {})
  const [message] = (await desk.must('inbox.list', {})).items
  if (message === undefined) throw new Error('the stranger was not heard')

  for (const [number, text] of texts.entries()) {
    const contact = contacts[number] ?? contactId
    await writeDraft(desk, contact, text, writtenIn('draft', text))
    await desk.must('prayers.open', { kind: 'contact', id: contact, words: writtenIn('prayer', text) })
  }
  await desk.must('marks.saveNote', { kind: 'contact', id: contactId, baseRevision: 0, text: `${lantern}\n${allIn('note')}` })
  for (const name of texts.filter(({ length }) => length <= 60).slice(0, 20)) await desk.must('archive.saveSearch', { name, query: name, filters: {} })
  await desk.must('prints.setReturnAddress', { returnAddress: texts.slice(0, 10).join('\n').slice(0, 1_000) })
  const draftId = await reword(desk, contactId, texts)

  mkdirSync(folder, { recursive: true })
  const olderId = await bringIn(desk, texts, folder)
  const archive = join(folder, `${writtenIn('file name', texts[0] ?? '')}.mbox`)
  writeFileSync(archive, mailArchive(texts.slice(0, 3)))
  await desk.must('accounts.signOut', {})
  return { email, password, contactId, letterId, messageId: message.messageId, draftId, olderId, archive }
}

/** People of the directory who can be written to, so many. */
const someNumbers = async (desk: TestDesk, count: number): Promise<readonly string[]> => {
  const found = new Set<string>()
  for (const query of ['an', 'ma', 'jo', 'ro', 'da', 'mi', 'ch', 'al', 'le', 'be', 'ra', 'el', 'ca', 'sa']) {
    for (let page = 0; found.size < count; page += 1) {
      const { items } = await desk.must('directory.search', { query, state: 'TX', facilityId, page })
      if (items.length === 0) break
      for (const { number, status } of items) if (status === 'active') found.add(number)
    }
  }
  if (found.size < count) throw new Error(`the directory has only ${found.size} people for ${count} names`)
  return [...found].slice(0, count)
}

const buy = async (desk: TestDesk, contactId: string, packages: number): Promise<void> => {
  for (let bought = 0; bought < packages; bought += 1) {
    const { ticket } = await desk.must('stamps.quote', { contactId, packageId })
    await desk.must('stamps.purchase', { ticket, ...testCard })
  }
}

/** A draft with an earlier version, so that both stand side by side. */
const reword = async (desk: TestDesk, contactId: string, texts: readonly string[]): Promise<string> => {
  const { draftId, revision } = await writeDraft(desk, contactId, texts.join('\n'), 'Reworded')
  const body = texts.slice(1).map((text, number) => (number % 2 === 0 ? text : `${text} again`)).join('\n')
  await desk.must('drafts.save', { draftId, baseRevision: revision, patch: { body }, lossAnswered: true, keepEarlier: true })
  return draftId
}

/** Each text as an e-mail, in a file that is called like it. @returns the id of one of them */
const bringIn = async (desk: TestDesk, texts: readonly string[], folder: string): Promise<string> => {
  for (const [number, text] of texts.entries()) {
    const path = join(folder, `${writtenIn('file name', text)}.eml`)
    writeFileSync(path, emailFrom(text, writtenIn('e-mail', text), number))
    await desk.ended(await desk.must('imports.read', { placeId: desk.choose(path, 'open') }))
    const { previewId, messages } = await desk.must('imports.preview', {})
    if (messages !== 1) throw new Error(`${messages} messages in one e-mail: ${JSON.stringify(text)}`)
    await desk.ended(await desk.must('imports.start', { previewId }))
  }
  const { total } = await desk.must('archive.page', { box: 'inbox' })
  // They are older than everything else.
  const [oldest] = (await desk.must('archive.page', { box: 'inbox', offset: total - 1 })).items
  if (oldest?.kind !== 'imported') throw new Error('no e-mail was brought in')
  return oldest.imported.messageId
}
