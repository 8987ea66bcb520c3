import { expect, test } from 'vitest'
import { readDocument } from '../../../src-main/documents/read-document'
import { odtOf } from '../../support/documents'

const read = async (content: Buffer | string, name: string) => readDocument(Buffer.from(content as string), name)
const textOf = async (content: Buffer | string, name: string) => {
  const found = await read(content, name)
  if (!found.ok) throw new Error(`refused: ${found.why}`)
  return found.document
}

test('OpenDocument: paragraphs, spaces, tabs, lists, tables, notes', async () => {
  const document = await textOf(
    await odtOf(
      '<text:h>Easter</text:h><text:p/><text:p>Dear<text:s text:c="3"/>José,<text:tab/>peace<text:line-break/>be with you<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Luke 24</text:p></text:note-body></text:note>.</text:p>' +
        '<text:list><text:list-item><text:p>Bread</text:p></text:list-item><text:list-item><text:p>Fish</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item></text:list></text:list-item></text:list>' +
        '<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>' +
        '<text:p><draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame><text:a xlink:href="javascript:alert(1)">a link</text:a></text:p>'
    ),
    'letter.odt'
  )
  expect(document.text).toBe('Easter\n\nDear   José,\tpeace\nbe with you[1].\n- Bread\n- Fish\n  - two\na\tb\na link\n\n[1] Luke 24')
  expect(document.leftOut).toEqual({ pictures: 1, links: 1, tables: 1 })
})

test('Rich Text: quotation marks by number with their fallback, code pages, lists, fields, hidden words, pictures', async () => {
  const rtf = String.raw`{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Cyr;}{\f2\fcharset238 CE;}}{\colortbl;\red0\green0\blue0;}{\*\generator Word}{\info{\title Secret}}
\pard Dear Jos\'e9, \u8220?grace\u8221? \emdash  peace\par
{\f1\'cf\'f0\'e8\'e2\'e5\'f2} {\f2\'9a}\par
{\listtext\'b7\tab}First\par{\listtext 2.\tab}Second\par
{\field{\*\fldinst HYPERLINK "http://x.org"}{\fldrslt the link}}{\v hidden}{\pict\pngblip 89504e47}\par
{\b Bold}\line \{braces\} and \\ slash{\footnote Isaiah 41}\par}`
  const document = await textOf(rtf, 'letter.rtf')
  expect(document.text).toBe('Dear José, “grace” — peace\nПривет š\n- First\n2. Second\nthe link\nBold\n{braces} and \\ slash[1]\n\n[1] Isaiah 41')
  expect(document.leftOut).toEqual({ pictures: 1, links: 1, formatting: 1 })
})

test.each([
  ['UTF-8', Buffer.from('Querido José, “paz”.'), 'Querido José, “paz”.'],
  ['UTF-8 with a mark', Buffer.from('\ufeffQuerido José'), 'Querido José'],
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Querido José', 'utf16le')]), 'Querido José'],
  ['Windows-1252', Buffer.from([0x4a, 0x6f, 0x73, 0xe9, 0x20, 0x93, 0x78, 0x94]), 'José “x”']
])('plain text: %s', async (_name, bytes, text) => {
  expect((await textOf(bytes, 'letter.txt')).text).toBe(text)
})

test('an e-mail: its plain text, its subject, and what was attached', async () => {
  const eml = ['From: Mary <m@parish.org>', 'To: d@example.org', 'Subject: =?utf-8?Q?For_Jos=C3=A9?=', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable', '', 'Querido Jos=E9', '--b', 'Content-Type: image/png; name=a.png', 'Content-Disposition: attachment; filename=a.png', 'Content-Transfer-Encoding: base64', '', 'iVBORw==', '--b--', ''].join('\r\n')
  expect(await textOf(eml, 'mail.eml')).toMatchObject({ text: 'Querido José', subject: 'For José', leftOut: { pictures: 1 } })
})

test('an e-mail that is only HTML becomes its words', async () => {
  const eml = 'Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Dear <b>José</b>,</p><p>see <a href="javascript:alert(1)">this</a><img src="http://x/y.png"></p><script>alert(1)</script>'
  expect(await textOf(eml, 'mail.eml')).toMatchObject({ text: 'Dear José,\n\nsee this', leftOut: { links: 1, pictures: 1, formatting: 1 } })
})

test.each([
  ['an old Word file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), 'letter.doc', 'kind'],
  ['a PDF', '%PDF-1.7 ...', 'letter.pdf', 'kind'],
  ['a picture under a text name', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), 'letter.txt', 'kind'],
  ['a program', Buffer.from('MZ\0\0'), 'letter.txt', 'kind'],
  ['an empty text', '', 'letter.txt', 'empty'],
  ['only spaces', '  \n\t ', 'letter.txt', 'empty'],
  ['a mailbox of many e-mails', 'From a@b Mon\nSubject: x\n\nhi\n', 'old.mbox', 'mailbox'],
  ['text under a Word name', 'just words', 'letter.docx', 'unsafe'],
  ['Rich Text that ends early', '{\\rtf1 {\\b open', 'letter.rtf', 'unsafe'],
  ['more than any letter', 'a'.repeat(1_000_001), 'letter.txt', 'tooLong']
])('%s is refused with its reason', async (_name, content, name, why) => {
  expect(await read(content, name)).toEqual({ ok: false, why })
})

test('Rich Text under another name is read for what it is', async () => {
  expect((await textOf('{\\rtf1 hello}', 'letter.txt')).text).toBe('hello')
})
