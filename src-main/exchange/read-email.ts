import PostalMime, { decodeWords, type Email } from 'postal-mime'
import type { ImportProblemCode } from '../contract/exchange'
import type { LetterState } from '../contract/views'
import { isTooComplex, htmlWords, withoutUuencode } from '../documents/email-words'
import { asLetterTime } from '../rules/letter-time'
import { normaliseText, oneLine } from '../rules/text'
import type { Found } from './found'
import { archiveLimits as limits } from './limits'
import { photosAmong } from './read-photos'

/** What a mail program shows as the sender or addressee. */
type Person = { readonly name: string; readonly address: string }
const personOf = (address: Email['from']): Person | null => {
  if (address === undefined) return null
  const one = address.address === undefined ? address.group[0] : address
  return one === undefined ? null : { name: oneLine(one.name), address: oneLine(one.address).toLowerCase() }
}
const nameOf = (person: Person | null): string => (person === null ? '' : person.name !== '' ? person.name : (person.address.split('@')[0] ?? ''))

/** Its words, and how many files lay between them; null: too complex. */
const wordsOf = (email: Email): { readonly text: string; readonly files: number } | null => {
  if (email.text !== undefined && email.text.trim() !== '') return withoutUuencode(email.text)
  const text = htmlWords(email.html ?? '')
  return text === null ? null : { text, files: 0 }
}

const withoutLastBreaks = (text: string): string => {
  let end = text.length
  while (text[end - 1] === '\n') end -= 1
  return text.slice(0, end)
}

/** Readers add a line break at the end; our own files say how long the text was. */
const exactly = (text: string, length: string): string => {
  const count = Number(length)
  if (length === '' || !Number.isSafeInteger(count)) return withoutLastBreaks(text)
  return text.length >= count && text.slice(count).trim() === '' ? text.slice(0, count) : text
}

const states: readonly string[] = ['queued', 'sending', 'submitted', 'screening', 'held', 'approved', 'delivered', 'replied', 'rejected', 'undeliverable', 'refused', 'cancelled'] satisfies readonly LetterState[]
export const asState = (text: string): LetterState | null => (states.includes(text) ? (text as LetterState) : null)
export const asStamps = (text: string): number | null => (/^\d{1,3}$/.test(text) ? Number(text) : null)
export const asUnit = (text: string): 'stamp' | 'credit' | null => (text === 'stamp' || text === 'credit' ? text : null)

/** Strangers' words stand in one line of a table of ours. */
const short = 300
export const fieldText = (text: string): string => oneLine(text).slice(0, short)

/**
 * One e-mail as a message of the archive.
 * @param raw at most `limits.messageBytes`
 * @param ownAddress whose archive it is: what comes from there was sent
 */
export const readEmail = async (raw: Buffer, row: number, ownAddress: string, personGiven: boolean): Promise<Found | ImportProblemCode> => {
  if (raw.length > limits.messageBytes) return 'TOO_LARGE'
  if (isTooComplex(raw, limits.parts)) return 'TOO_COMPLEX'
  let email: Email
  try {
    email = await PostalMime.parse(raw, { maxNestingDepth: limits.depth, maxHeadersSize: limits.headerBytes, maxRfc822NestingDepth: 2 })
  } catch {
    return 'TOO_COMPLEX'
  }
  const header = (name: string): string => fieldText(decodeWords(email.headers.find(({ key }) => key === `x-epistle-${name}`)?.value ?? ''))
  const from = personOf(email.from)
  const to = (email.to ?? []).map(personOf).find((one) => one !== null) ?? null
  const said = header('direction')
  const sent = said === 'sent' || (said !== 'received' && from?.address === ownAddress.toLowerCase())
  const personName = header('person') || nameOf(sent ? to : from)
  if (personName === '' && !personGiven) return 'NO_PERSON'
  const time = header('time') || email.date
  if (time === undefined || time === '') return 'NO_DATE'
  const at = asLetterTime(Date.parse(time))
  if (at === null) return 'BAD_DATE'
  const words = wordsOf(email)
  if (words === null) return 'TOO_COMPLEX'
  if (words.text.length > limits.rawCharacters) return 'TOO_LARGE'
  const body = exactly(normaliseText(words.text), header('length'))
  if (body.trim() === '') return 'NO_TEXT'
  if (body.length > limits.characters) return 'TOO_LARGE'
  const { photos, others } = photosAmong(email.attachments)
  return {
    row,
    direction: sent ? 'sent' : 'received',
    personName: fieldText(personName),
    number: header('number'),
    facilityId: header('facility-id'),
    facilityName: header('facility'),
    subject: oneLine(email.subject ?? '').slice(0, 2_000),
    body,
    at,
    state: asState(header('state')),
    stamps: asStamps(header('stamps')),
    unit: asUnit(header('unit')),
    receipt: header('receipt') || null,
    answers: header('answers') || null,
    originId: header('id') || fieldText(email.messageId ?? '').replace(/^<|>$/g, '') || null,
    photos,
    leftOut: words.files + others > 0
  }
}
