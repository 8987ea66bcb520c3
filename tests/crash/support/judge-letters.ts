/** Drafts and letters after a crash: nothing acknowledged is lost, nothing is sent twice, nothing confirmed has changed. */
import { createHash } from 'node:crypto'
import { shaOf } from '../volunteer/script'
import type { Memory, SeenLetter } from './memory'
import { all, groupBy, wrongIf, type Rows } from './rows'

type Letter = {
  id: string
  facility: string
  number: string
  subject: string
  body: string
  prepaid: number
  /** Their ids in their order, with commas. */
  photos: string
  key: string | null
  hash: string
  stamps: number
  state: string
  attempts: number
  receipt: string | null
  reason: string | null
  consentHash: string | null
  consentStamps: number | null
}

type Mail = { key: string; hash: string; stamps: number; receipt: string }

/** Written down here once more, and not taken from the product, so that a product that forgets a part is found out. */
const hashOf = (letter: Letter): string => {
  const words = [letter.facility, letter.number, letter.subject.normalize('NFC'), letter.body.normalize('NFC'), letter.prepaid === 1, letter.stamps]
  return createHash('sha256').update(JSON.stringify(letter.photos === '' ? ['letter-1', ...words] : ['letter-2', ...words, letter.photos.split(',')])).digest('hex')
}

const mayFollow: Readonly<Record<string, readonly string[]>> = {
  QUEUED: ['QUEUED', 'SENDING', 'SENT', 'REJECTED', 'CANCELLED'],
  SENDING: ['SENDING', 'SENT', 'REJECTED'],
  SENT: ['SENT'],
  REJECTED: ['REJECTED'],
  CANCELLED: ['CANCELLED']
}

const stateFor = { cancelled: 'CANCELLED', sent: 'SENT', refused: 'REJECTED' } as const

export const judgeLetters = (mailbox: Rows, service: Rows, accountId: string, memory: Memory, drained: boolean): readonly string[] => {
  const letters = all<Letter>(
    mailbox,
    `SELECT l.id, l.facility_id AS facility, l.number, l.subject, l.body, l.prepaid_reply AS prepaid, d.key, d.payload_hash AS hash, d.stamps, d.state,
       d.attempts, d.receipt, s.reason,
       coalesce((SELECT group_concat(photo_id ORDER BY place) FROM letter_photo WHERE letter_seq = l.seq), '') AS photos, c.payload_hash AS consentHash, c.stamps AS consentStamps
     FROM letter l LEFT JOIN delivery d ON d.letter_id = l.id LEFT JOIN letter_status s ON s.letter_id = l.id LEFT JOIN confirmation c ON c.letter_id = l.id`
  )
  const mails = all<Mail>(service, 'SELECT key, payload_hash AS hash, stamps, receipt_number AS receipt FROM letter WHERE account_id = ?', accountId)
  const byId = new Map(letters.map((letter) => [letter.id, letter]))
  const problems = [
    ...judgeDrafts(mailbox, memory),
    ...judgePhotos(mailbox, memory),
    ...[...memory.confirmed].flatMap(([id, { sha, photos, stamps }]) => {
      const letter = byId.get(id)
      if (letter === undefined) return [`letter ${id} was confirmed and is lost`]
      return wrongIf(shaOf(letter) !== sha || letter.photos !== photos.join(',') || letter.stamps !== stamps, () => `letter ${id} is not what was confirmed`)
    }),
    ...[...memory.settled].flatMap(([id, state]) => {
      const now = byId.get(id)?.state ?? 'lost'
      return wrongIf(now !== stateFor[state], () => `letter ${id} was shown as ${state} and is ${now}`)
    }),
    ...[...memory.letters].flatMap(([id, before]) => judgeChange(id, before, byId.get(id))),
    ...letters.flatMap((letter) => judgeLetter(letter, mails.filter(({ key }) => key === letter.key), drained)),
    ...judgeMails(letters, mails),
    ...judgeReplies(mailbox, service, accountId)
  ]
  const keys = groupBy(letters, ({ key }) => key ?? '')
  for (const [key, same] of keys) if (same.length > 1) problems.push(`key ${key} stands for ${same.length} letters`)
  for (const letter of letters) {
    memory.letters.set(letter.id, { key: letter.key ?? '', hash: letter.hash, sha: shaOf(letter), state: letter.state, attempts: letter.attempts })
  }
  return problems
}

const judgeDrafts = (mailbox: Rows, memory: Memory): readonly string[] => {
  const rows = all<{ id: string; revision: number; subject: string; body: string }>(
    mailbox,
    `SELECT draft_id AS id, revision, subject, body FROM draft_text t WHERE slot = (SELECT max(slot) FROM draft_text WHERE draft_id = t.draft_id)`
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return [...memory.saved].flatMap(([id, { revision, sha }]) => {
    const row = byId.get(id)
    if (row === undefined) return [`draft ${id} was saved and is lost`]
    if (row.revision < revision) return [`draft ${id} was saved at revision ${revision} and is at ${row.revision}`]
    if (row.revision === revision) return wrongIf(shaOf(row) !== sha, () => `draft ${id} at revision ${revision} is not the text that was saved`)
    return wrongIf(!memory.attempted.has(`${id} ${row.revision} ${shaOf(row)}`), () => `draft ${id} holds a text nobody wrote`)
  })
}

const judgePhotos = (mailbox: Rows, memory: Memory): readonly string[] => {
  const photos = all<{ id: string; bytes: Buffer }>(mailbox, 'SELECT id, bytes FROM photo')
  const inDrafts = new Set(all<{ place: string }>(mailbox, `SELECT draft_id || ' ' || photo_id AS place FROM draft_photo`).map(({ place }) => place))
  return [
    ...photos.flatMap(({ id, bytes }) => wrongIf(createHash('sha256').update(bytes).digest('hex') !== id, () => `photo ${id.slice(0, 8)} is another one`)),
    ...[...memory.photos].flatMap(([draftId, own]) =>
      own.flatMap((id) => wrongIf(!inDrafts.has(`${draftId} ${id}`), () => `photo ${id.slice(0, 8)} was added to draft ${draftId} and is lost`))
    )
  ]
}

const judgeChange = (id: string, before: SeenLetter, now: Letter | undefined): readonly string[] => {
  if (now === undefined) return [`letter ${id} was there and is lost`]
  return [
    ...wrongIf(now.key !== before.key, () => `letter ${id} has another key than before`),
    ...wrongIf(now.hash !== before.hash || shaOf(now) !== before.sha, () => `letter ${id} has changed after it was confirmed`),
    ...wrongIf(now.attempts < before.attempts, () => `letter ${id} has fewer tries than before`),
    ...wrongIf(!(mayFollow[before.state] ?? []).includes(now.state), () => `letter ${id} went from ${before.state} to ${now.state}`)
  ]
}

const judgeLetter = (letter: Letter, mails: readonly Mail[], drained: boolean): readonly string[] => {
  const { id } = letter
  if (letter.key === null) return [`letter ${id} has no delivery`]
  const mail = mails[0]
  return [
    ...wrongIf(hashOf(letter) !== letter.hash, () => `letter ${id}: its hash is not that of its text`),
    ...wrongIf(letter.consentHash !== letter.hash || letter.consentStamps !== letter.stamps, () => `letter ${id} was not confirmed as it stands`),
    ...wrongIf(mails.length > 1, () => `letter ${id} was sent ${mails.length} times`),
    ...wrongIf(mail !== undefined && mail.hash !== letter.hash, () => `letter ${id}: the service has another text`),
    ...wrongIf(mail !== undefined && mail.stamps > letter.stamps, () => `letter ${id}: the service took more than was confirmed`),
    ...wrongIf(mail !== undefined && letter.state !== 'SENDING' && letter.state !== 'SENT', () => `letter ${id} is ${letter.state}, and the service has it`),
    ...wrongIf(letter.state === 'SENT' && mail?.receipt !== letter.receipt, () => `letter ${id} is SENT, and the service knows of no such receipt`),
    // Nothing in the script gives the service a reason to refuse.
    ...wrongIf(letter.state === 'REJECTED', () => `letter ${id} was refused: ${letter.reason ?? 'no reason'}`),
    ...wrongIf(drained && (letter.state === 'QUEUED' || letter.state === 'SENDING'), () => `letter ${id} is still ${letter.state} after the outbox was emptied`),
    ...wrongIf(drained && letter.state !== 'CANCELLED' && mail === undefined, () => `letter ${id} never came to the service`)
  ]
}

/** No two letters of a profile are alike, so two mails with one text are one letter sent twice, whatever their keys. */
const judgeMails = (letters: readonly Letter[], mails: readonly Mail[]): readonly string[] => {
  const known = new Set(letters.map(({ key }) => key))
  return [
    ...mails.filter(({ key }) => !known.has(key)).map(({ key }) => `the service has a letter under key ${key} that this mailbox does not know`),
    ...[...groupBy(mails, ({ hash }) => hash)].filter(([, same]) => same.length > 1).map(([hash, same]) => `one text was sent ${same.length} times (${hash.slice(0, 8)})`)
  ]
}

/** What has been fetched up to the cursor is here: an answer that was passed over would never come again. */
const judgeReplies = (mailbox: Rows, service: Rows, accountId: string): readonly string[] => {
  const [cursor] = all<{ value: string }>(mailbox, `SELECT value FROM meta WHERE name = 'updatesCursor'`)
  const here = new Set(all<{ seq: number }>(mailbox, 'SELECT service_seq AS seq FROM reply').map(({ seq }) => seq))
  return all<{ seq: number }>(service, `SELECT seq FROM account_update WHERE account_id = ? AND kind = 'reply' AND seq <= ?`, accountId, Number(cursor?.value ?? 0))
    .filter(({ seq }) => !here.has(seq))
    .map(({ seq }) => `answer ${seq} of the service was passed over`)
}
