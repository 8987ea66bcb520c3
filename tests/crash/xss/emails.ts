/** Honest e-mails with dishonest senders, subjects, texts and names of photos. */
import { pngPhoto } from '../../support/photos'

const encoded = (text: string): string => Buffer.from(text).toString('base64')
const word = (text: string): string => `=?utf-8?B?${encoded(text)}?=`

/** @param text the sender's name, the letter, and what the photo with it is called. @param number makes it another e-mail than the others */
export const emailFrom = (text: string, subject: string, number: number): string =>
  [
    `From: ${word(text)} <somebody@example.org>`,
    'To: Maria Delgado <maria@parish.org>',
    `Date: ${new Date(Date.UTC(2019, 0, 1 + number)).toUTCString()}`,
    `Subject: ${word(subject)}`,
    `Message-ID: <${number}@example.org>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    encoded(text),
    '--b',
    `Content-Type: image/png; name="${word(`${text}.png`)}"`,
    'Content-Disposition: attachment',
    'Content-Transfer-Encoding: base64',
    '',
    pngPhoto(number).toString('base64'),
    '--b--',
    ''
  ].join('\r\n')

/** Several of them in one file, later than all others. */
export const mailArchive = (texts: readonly string[]): string =>
  texts.map((text, number) => `From somebody@example.org Tue Jan  1 00:00:00 2019\n${emailFrom(text, text, 1_000 + number).replaceAll('\r\n', '\n')}\n`).join('')
