import type { Author, Message } from '../contract/exchange'
import { photoNames } from './photo-files'

/** Rules off one letter from the next; longer than a line of dashes that somebody types. */
const line = '='.repeat(72)

/** One message for reading in any program: who, when, about what, then the text as it is. */
export const plainText = (message: Message, author: Author): string => {
  const person = [message.personName, message.number, message.facilityName].filter((text) => text !== '').join(', ')
  const [from, to] = message.direction === 'sent' ? [author.name, person] : [person, author.name]
  return [
    line,
    `From: ${from}`,
    `To: ${to}`,
    `Date: ${new Date(message.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `Subject: ${message.subject}`,
    ...(message.photos.length === 0 ? [] : [`Photos: ${photoNames(message.photos, ', ')}`]),
    '',
    message.body,
    '',
    ''
  ].join('\r\n').replace(/\r?\n/g, '\r\n')
}
