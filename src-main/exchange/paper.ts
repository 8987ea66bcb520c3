import type { Author, Message } from '../contract/exchange'
import type { Sheet, TextSize } from '../contract/paper'

/** How letters are to look on paper. */
export type PaperWish = {
  readonly textSize: TextSize
  readonly author: Author
  /** The ministry's or the volunteer's address, in lines; empty for none. */
  readonly returnAddress: string
  readonly to: Sheet['to']
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

const longDate = (at: number): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(at)
const shortDate = (at: number, withYear: boolean): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', ...(withYear ? { year: 'numeric' } : {}) }).format(at).replace('Sept', 'Sep')

/**
 * A text as paragraphs, exactly as it was written: the empty lines after a paragraph belong to it, so every one of them shows.
 * Each finds its own direction.
 */
const paragraphs = (text: string): string =>
  (text.match(/[^\n]*(?:\n(?!\n)[^\n]+)*\n*/g) ?? [])
    .filter((part) => part !== '')
    .map((part) => `<p dir="auto">${escape(part.endsWith('\n\n') ? part : part.replace(/\n$/, ''))}</p>`)
    .join('')

const who = (message: Message): string => [message.personName, message.number, message.facilityName].filter((text) => text !== '').map((text) => `<bdi>${escape(text)}</bdi>`).join(', ')
const heading = (message: Message): string => `${message.direction === 'sent' ? 'To' : 'From'} <bdi>${escape(message.personName)}</bdi>, ${longDate(message.at)}`

/** Where a page has a photo, beside itself. */
export const photoAddress = (photoId: string): string => `photos/${photoId}`
const photos = (message: Message): string => message.photos.map(({ photoId, name }) => `<p class="photo"><img src="./${escape(photoAddress(photoId))}" alt="${escape(name)}"></p>`).join('')

const letter = (message: Message, index: number, author: Author): string => {
  const facts = message.direction === 'sent' ? `${who(message)}. Written by <bdi>${escape(author.name)}</bdi>.` : `${who(message)}.`
  return `<article class="letter" id="l${index}"><h2>${heading(message)}</h2><p class="facts">${facts}</p><p class="subject" dir="auto">${escape(message.subject)}</p><div class="text">${paragraphs(message.body)}</div>${photos(message)}</article>`
}

const address = (lines: string): string => (lines.trim() === '' ? '' : `<address class="return" dir="auto">${escape(lines.trim())}</address>`)

/** A page, and not yet what its photos show. */
export type Page = Omit<Sheet, 'photos'>

/** One letter, or several one after the other. */
export const letterSheet = (messages: readonly Message[], title: string, wish: PaperWish): Page => ({
  title,
  textSize: wish.textSize,
  header: messages.length > 1 ? title : null,
  to: wish.to,
  body: `<main>${address(wish.returnAddress)}${messages.map((message, index) => letter(message, index, wish.author)).join('')}</main>`
})

/**
 * A year book: cover, contents, then each letter on a page of its own.
 * @param pages the page each letter begins on; unknown ones leave their place empty, so that a second printing has the same pages as the first
 */
export const yearBookSheet = (messages: readonly Message[], title: string, about: string, wish: PaperWish, pages: ReadonlyMap<string, number>): Page => {
  const manyYears = new Set(messages.map(({ at }) => new Date(at).getFullYear())).size > 1
  const entries = messages
    .map((message, index) => `<li><a href="#l${index}"><span>${shortDate(message.at, manyYears)}: ${message.direction === 'sent' ? 'to' : 'from'} <bdi>${escape(message.personName)}</bdi>, <bdi>${escape(message.subject)}</bdi></span><span class="page">${pages.get(`l${index}`) ?? ''}</span></a></li>`)
    .join('')
  const count = messages.length === 1 ? '1 letter' : `${messages.length} letters`
  return {
    title,
    textSize: wish.textSize,
    header: about === '' ? title : `${title}: ${about}`,
    to: wish.to,
    body:
      `<header class="cover"><h1>${escape(title)}</h1>${about === '' ? '' : `<p><bdi>${escape(about)}</bdi></p>`}<p>${count}, kept by <bdi>${escape(wish.author.name)}</bdi></p>${address(wish.returnAddress)}</header>` +
      `<nav class="contents" aria-label="Contents"><h2>Contents</h2><ol>${entries}</ol></nav>` +
      `<main class="book">${messages.map((message, index) => letter(message, index, wish.author)).join('')}</main>`
  }
}
