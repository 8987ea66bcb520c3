import MailComposer from 'nodemailer/lib/mail-composer'
import type { Author, Message } from '../contract/exchange'
import { photoEnding, type PhotoFile } from './photo-files'

/** Addresses that can never exist (RFC 2606): nobody can answer a kept letter into the void of a real one. */
const nowhere = 'epistle.invalid'
const part = (text: string): string => text.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'unknown'

/** Whom a message is with, as a mail program shows it. */
const personAddress = (message: Message): string => `${part(message.number)}.${part(message.facilityId)}@${nowhere}`
export const messageIdOf = (id: string): string => `<${id}@${nowhere}>`

/** Everything our own import needs to know a message again and to tell what became of it. Empty ones are left out. */
const ownHeaders = (message: Message): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({
      'X-Epistle-Id': message.originId ?? message.id,
      'X-Epistle-Direction': message.direction,
      'X-Epistle-Person': message.personName,
      'X-Epistle-Number': message.number,
      'X-Epistle-Facility-Id': message.facilityId,
      'X-Epistle-Facility': message.facilityName,
      'X-Epistle-Time': new Date(message.at).toISOString(),
      // Mail programs add line breaks at the end.
      'X-Epistle-Length': String(message.body.length),
      'X-Epistle-State': message.state ?? '',
      'X-Epistle-Stamps': message.stamps === null ? '' : String(message.stamps),
      'X-Epistle-Unit': message.unit ?? '',
      'X-Epistle-Receipt': message.receipt ?? '',
      'X-Epistle-Answers': message.answers ?? ''
    }).filter(([, value]) => value !== '')
  )

/** The composer's types do not tell that a text, like any part, may say how it is to be carried. */
const quotedPrintable = (content: string): { readonly content: string } => ({
  // It takes an empty text for none at all.
  content: content === '' ? '\n' : content,
  ...{ contentTransferEncoding: 'quoted-printable' }
})

/** Neither quoted-printable nor base64 can have this in a line; and the same letter makes the same file. */
const neverInAPart = '=_epistle'

/**
 * One message as an e-mail file (RFC 5322, UTF-8). The text is quoted-printable, so that its last space is kept, and no line of
 * it can be taken for the beginning of another letter in an mbox.
 * @param photos the message's own, in their order; attached as they are
 */
export const toEml = (message: Message, author: Author, photos: readonly PhotoFile[]): Promise<Buffer> => {
  const volunteer = { name: author.name, address: author.email }
  const person = { name: message.personName, address: personAddress(message) }
  const id = message.originId ?? message.id
  const composer = new MailComposer({
    from: message.direction === 'sent' ? volunteer : person,
    to: message.direction === 'sent' ? person : volunteer,
    subject: message.subject,
    date: new Date(message.at),
    messageId: id.includes('@') ? `<${id.replace(/^<|>$/g, '')}>` : messageIdOf(id),
    ...(message.answers === null ? {} : { inReplyTo: messageIdOf(message.answers) }),
    headers: ownHeaders(message),
    // Left to itself, the composer would send short plain lines as they are.
    text: quotedPrintable(message.body),
    attachments: photos.map(({ name, type, bytes }) => ({ filename: `${name}.${photoEnding[type]}`, contentType: `image/${type}`, content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) })),
    baseBoundary: neverInAPart,
    // A letter is text; nothing in it may make the composer open a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true
  })
  return new Promise((resolve, reject) => {
    composer.compile().build((error, eml) => {
      if (error !== null) return reject(error)
      resolve(hideFromLines(eml))
    })
  })
}

/** "From " at the beginning of a line of the text becomes "=46rom " (and ">From " "=3EFrom "): the same text for every reader, and no mbox can be cut there. */
const hideFromLines = (eml: Buffer): Buffer => {
  const text = eml.toString('latin1')
  const body = text.indexOf('\r\n\r\n')
  if (body < 0 || !text.includes('From ', body)) return eml
  const hidden = text.slice(body).replace(/\n(>*From )/g, (_line, found: string) => `\n=${found.charCodeAt(0).toString(16).toUpperCase()}${found.slice(1)}`)
  return Buffer.from(text.slice(0, body) + hidden, 'latin1')
}
