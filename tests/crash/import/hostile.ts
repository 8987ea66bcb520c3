/** Files that were made to harm, or that harm by accident (bad-inputs.md, Import; reliability.md, Hostile .docx and bombs). */
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import type { DocumentRefusal } from '../../../src-main/contract/documents'
import { deepEmail, email, wideEmail } from './hostile-emails'
import { docxOf, docxParts, odtOf, relation, wordParagraph, wordPicture, zipOf } from '../../support/documents'

export type HostileFile = {
  readonly name: string
  /** Where the file lies; an ending of its own. */
  readonly file: string
  readonly make: (path: string) => Promise<void>
  /** One reason, or text that must hold `says` and nothing of the secret. */
  readonly expect: { readonly why: readonly DocumentRefusal[] } | { readonly says: string }
}

const hello = wordParagraph('Dear Daniel, peace.')
const says = { says: 'Dear Daniel, peace.' }
const unsafe = { why: ['unsafe'] } as const
const kind = { why: ['kind'] } as const
const write = (bytes: Buffer | string | Promise<Buffer>) => async (path: string): Promise<void> => writeFileSync(path, await bytes)
const docx = (name: string, bytes: Buffer | Promise<Buffer>, expect: HostileFile['expect'], ending = 'docx'): HostileFile => ({ name, file: `${slug(name)}.${ending}`, make: write(bytes), expect })
const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')

/** Changes bytes of a package after the fact, as an honest packer never would. */
const patched = async (bytes: Promise<Buffer>, change: (bytes: Buffer) => Buffer): Promise<Buffer> => change(Buffer.from(await bytes))
const directoryEntry = Buffer.from('PK\u0001\u0002', 'latin1')

/** A field of the directory's entry for a name. @param offset in the entry: 8 flags, 20 packed size, 24 size, 38 attributes */
const setField = (bytes: Buffer, name: string, offset: number, value: number, size: 2 | 4 = 4): Buffer => {
  for (let at = bytes.indexOf(directoryEntry); at >= 0; at = bytes.indexOf(directoryEntry, at + 4)) {
    if (bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)) !== name) continue
    if (size === 2) bytes.writeUInt16LE(value, at + offset)
    else bytes.writeUInt32LE(value >>> 0, at + offset)
    return bytes
  }
  throw new Error(`no entry ${name}`)
}
/** Another name of the same length, everywhere in the package. */
const renamed = (bytes: Buffer, from: string, to: string): Buffer => {
  if (from.length !== to.length) throw new Error('names must be equally long')
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) bytes.write(to, at, 'latin1')
  return bytes
}
const withPart = (name: string, data: Buffer | string): Promise<Buffer> => docxOf(hello, { parts: [{ name, data }] })
const withDocument = (prolog: string, body = hello): Promise<Buffer> => docxOf(body, { prolog })

const laughs = `<!DOCTYPE w [<!ENTITY a "ha">${'bcdefghij'.split('').map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`).join('')}]>`
const fortyTwo = (): Buffer => {
  let inner = zipSync({ '0.dll': new Uint8Array(4 * 1024 * 1024) })
  for (let level = 0; level < 3; level += 1) inner = zipSync(Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`lib ${index}.zip`, inner])))
  return Buffer.from(inner)
}
const nested = (depth: number, inside: string): string => inside.length > 0 ? `${'<w:sdt><w:sdtContent>'.repeat(depth)}${inside}${'</w:sdtContent></w:sdt>'.repeat(depth)}` : ''
/** @param secret a file outside with the words that must never come back; @param folder where the files will lie */
export const hostileFiles = (secret: string, folder: string): readonly HostileFile[] => [
  // Packages
  docx('nothing at all', Buffer.alloc(0), unsafe),
  docx('one byte', Buffer.from('P'), unsafe),
  docx('cut in half', patched(docxOf(hello), (bytes) => bytes.subarray(0, bytes.length >> 1)), unsafe),
  docx('cut by one byte', patched(docxOf(hello), (bytes) => bytes.subarray(0, bytes.length - 1)), unsafe),
  docx('not a package', Buffer.from('This is only text.'), unsafe),
  docx('noise behind the first sign', Buffer.concat([Buffer.from('PK\u0003\u0004word/document.xml'), Buffer.alloc(5_000, 0xa7)]), unsafe),
  docx('42 zip', fortyTwo(), unsafe),
  docx('an entry of a thousand to one', docxOf(hello, { parts: [{ name: 'word/media/flat.bmp', data: Buffer.alloc(64 * 1024 * 1024) }] }), unsafe),
  docx('text of a thousand to one', docxOf(wordParagraph(' '.repeat(40 * 1024 * 1024))), unsafe),
  docx('more than sixty megabytes of text', docxOf(Array.from({ length: 700 }, (_, index) => wordParagraph(Buffer.alloc(70_000, `${index}:${index * 7919} `).toString())).join('') + wordParagraph('x'.repeat(20 * 1024 * 1024))), unsafe),
  docx('ten thousand and one entries', zipOf([...docxParts(hello), ...Array.from({ length: 9_998 }, (_, index) => ({ name: `word/media/${index}.png`, data: '' }))]), unsafe),
  docx('a size in the directory that is too small', patched(docxOf(hello), (bytes) => setField(bytes, 'word/document.xml', 24, 10)), unsafe),
  docx('a size in the directory that is too large', patched(docxOf(hello), (bytes) => setField(bytes, 'word/document.xml', 24, 50_000)), unsafe),
  docx('a packed size that reaches past the end', patched(docxOf(hello), (bytes) => setField(bytes, 'word/document.xml', 20, 0x00ffffff)), unsafe),
  docx('zip64', docxOf(hello, { documentOptions: { forceZip64Format: true } }), unsafe),
  docx('a package inside', withPart('word/inner.zip', Buffer.from(zipSync({ a: new Uint8Array(10) }))), unsafe),
  docx('enciphered', patched(docxOf(hello), (bytes) => setField(bytes, 'word/document.xml', 8, 0x0809, 2)), unsafe),
  docx('a name that climbs out', patched(withPart('word/xxxx.txt', 'x'), (bytes) => renamed(bytes, 'word/xxxx.txt', '../../xxx.txt')), unsafe),
  docx('an absolute name', patched(withPart('word/absol.txt', 'x'), (bytes) => renamed(bytes, 'word/absol.txt', '/tmp/absol.txt')), unsafe),
  docx('a name with a drive', patched(withPart('word/drive.txt', 'x'), (bytes) => renamed(bytes, 'word/drive.txt', 'C:/x/drive.txt')), unsafe),
  docx('a link as an entry', patched(withPart('word/link', secret), (bytes) => setField(bytes, 'word/link', 38, (0o120777 << 16) >>> 0)), unsafe),
  docx('the same name twice', patched(withPart('word/documenx.xml', 'x'), (bytes) => renamed(bytes, 'word/documenx.xml', 'word/document.xml')), unsafe),
  // XML
  docx('a billion laughs', withDocument(laughs, '<w:p><w:r><w:t>&j;</w:t></w:r></w:p>'), unsafe),
  docx('an outside definition', withDocument(`<!DOCTYPE w SYSTEM "file://${secret}">`), unsafe),
  docx('an outside entity', withDocument(`<!DOCTYPE w [<!ENTITY x SYSTEM "file://${secret}">]>`, '<w:p><w:r><w:t>&x;</w:t></w:r></w:p>'), unsafe),
  docx('xml that does not close', zipOf(docxParts(hello).map((part) => (part.name === 'word/document.xml' ? { ...part, data: part.data.toString().slice(0, -40) } : part))), { why: ['unsafe', 'empty'] }),
  docx('a hundred thousand nested elements', docxOf(nested(100_000, hello)), { why: ['unsafe'] }),
  docx('a picture linked to a file', docxOf(hello + wordPicture('rId8', 'link'), { relations: relation('rId8', 'image', `file://${secret}`, true) }), says),
  docx('a picture linked to the network', docxOf(hello + wordPicture('rId8', 'link'), { relations: relation('rId8', 'image', 'http://127.0.0.1:9/x.png', true) }), says),
  docx('a picture linked to dev zero', docxOf(hello + wordPicture('rId8', 'link'), { relations: relation('rId8', 'image', 'file:///dev/zero', true) }), says),
  docx('a relation that climbs out', docxOf(hello + wordPicture('rId8'), { relations: relation('rId8', 'image', `../../../../../../..${secret}`) }), says),
  docx('a javascript link', docxOf(`${hello}<w:p><w:hyperlink r:id="rId8"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>`, { relations: relation('rId8', 'hyperlink', 'javascript:alert(1)', true) }), says),
  docx('a style called proto', docxOf(`<w:p><w:pPr><w:pStyle w:val="__proto__"/></w:pPr><w:r><w:t>Dear Daniel, peace.</w:t></w:r></w:p>`, { relations: relation('rId9', 'styles', 'styles.xml'), parts: [{ name: 'word/styles.xml', data: '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="__proto__"><w:name w:val="constructor"/></w:style></w:styles>' }] }), says),
  docx('an embedded object', withPart('word/embeddings/oleObject1.bin', Buffer.from([0xd0, 0xcf, 0x11, 0xe0])), says),
  docx('with macros', withPart('word/vbaProject.bin', Buffer.alloc(500, 7)), says, 'docm'),
  docx('five hundred pages', docxOf(Array.from({ length: 500 }, (_, page) => hello + wordParagraph(`Page ${page}. ${'The Lord is my shepherd. '.repeat(60)}`)).join('')), says),
  docx('two thousand pictures', docxOf(hello + wordPicture('rId8').repeat(2_000), { relations: relation('rId8', 'image', 'media/image1.png'), parts: Array.from({ length: 2_000 }, (_, index) => ({ name: `word/media/image${index + 1}.png`, data: Buffer.alloc(200, index % 251) })) }), says),
  docx('one word of a million letters', docxOf(wordParagraph('x'.repeat(1_000_001))), { why: ['tooLong'] }),
  docx('a sheet that calls itself a letter', zipOf([{ name: '[Content_Types].xml', data: '<Types/>' }, { name: 'xl/workbook.xml', data: '<x/>' }]), kind),
  docx('old Word', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(4_000)]), kind, 'doc'),
  docx('old Word under a new name', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(4_000)]), kind),
  docx('Rich Text under a new name', Buffer.from('{\\rtf1 Dear Daniel, peace.}'), says),
  // OpenDocument
  docx('an OpenDocument under a Word name', odtOf('<text:p>Dear Daniel, peace.</text:p>'), says),
  docx('an OpenDocument with laughs', odtOf('<text:p>&j;</text:p>', [], laughs), unsafe, 'odt'),
  docx('an OpenDocument picture of a file', odtOf(`<text:p>Dear Daniel, peace.<draw:frame><draw:image xlink:href="file://${secret}"/></draw:frame></text:p>`), says, 'odt'),
  docx('an OpenDocument a hundred thousand deep', odtOf(`${'<text:list><text:list-item>'.repeat(50_000)}<text:p>x</text:p>${'</text:list-item></text:list>'.repeat(50_000)}`), unsafe, 'odt'),
  docx('an OpenDocument of spaces', odtOf(`<text:p>Dear Daniel, peace.${'<text:s text:c="99999999"/>'.repeat(500)}</text:p>`), says, 'odt'),
  // Rich Text
  docx('Rich Text a million groups deep', Buffer.from(`{\\rtf1 ${'{'.repeat(1_000_000)}`), unsafe, 'rtf'),
  docx('Rich Text with a binary past its end', Buffer.from('{\\rtf1 \\bin999999999 x}'), unsafe, 'rtf'),
  docx('Rich Text of backslashes', Buffer.from(`{\\rtf1 ${'\\'.repeat(2_000_001)}`), unsafe, 'rtf'),
  docx('Rich Text with an object', Buffer.from('{\\rtf1 Dear Daniel, peace.{\\object\\objautlink{\\*\\objdata 0105}}{\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}}}'), says, 'rtf'),
  // E-mail
  docx('nine hundred nested parts', Buffer.from(deepEmail(900)), { why: ['tooComplex'] }, 'eml'),
  docx('thirty deep', Buffer.from(deepEmail(30)), { why: ['tooComplex'] }, 'eml'),
  docx('thirty thousand parts', Buffer.from(wideEmail(30_000)), { why: ['tooComplex'] }, 'eml'),
  docx('a head of a megabyte', Buffer.from(email(`X-Long: ${'x'.repeat(1024 * 1024)}`, 'hi')), { why: ['tooComplex'] }, 'eml'),
  docx('an e-mail without a body', Buffer.from(email('Content-Type: text/plain', '')), { why: ['empty'] }, 'eml'),
  docx('an e-mail in a code page that is none', Buffer.from(email('Content-Type: text/plain; charset=klingon', 'Dear Daniel, peace.')), says, 'eml'),
  docx('an e-mail with broken base64', Buffer.from(email('Content-Type: text/plain\r\nContent-Transfer-Encoding: base64', '!!!RGVhciBEYW5pZWwsIHBlYWNlLg=')), says, 'eml'),
  docx('uuencoded files between the lines', Buffer.from(email('Content-Type: text/plain', 'Dear Daniel, peace.\r\nbegin 644 x.exe\r\n#0V%T\r\n`\r\nend\r\n')), says, 'eml'),
  docx('winmail', Buffer.from(email('Content-Type: multipart/mixed; boundary=b', '--b\r\nContent-Type: text/plain\r\n\r\nDear Daniel, peace.\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+\r\n--b--')), says, 'eml'),
  docx('HTML that never closes', Buffer.from(email('Content-Type: text/html', `Dear Daniel, peace.${'<div>'.repeat(60_000)}`)), { why: ['tooComplex'] }, 'eml'),
  docx('many e-mails in one', Buffer.from('From a@example.org Mon\r\nSubject: 1\r\n\r\nx\r\n'), { why: ['mailbox'] }, 'mbox'),
  // What lies under the name
  docx('more than twenty megabytes', Buffer.alloc(20 * 1024 * 1024 + 1, 0x61), { why: ['tooLarge'] }, 'txt'),
  docx('controls under a text name', Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index % 31) + 1)), kind, 'txt'),
  docx('NULs under a text name', Buffer.alloc(4_000), kind, 'txt'),
  { name: 'a folder', file: 'folder.docx', make: async (path) => void mkdirSync(path), expect: { why: ['unreadable'] } },
  { name: 'a link to dev zero', file: 'zero.txt', make: async (path) => symlinkSync('/dev/zero', path), expect: { why: ['unreadable'] } },
  { name: 'a pipe nobody writes to', file: 'pipe.txt', make: async (path) => void execFileSync('mkfifo', [path]), expect: { why: ['unreadable'] } },
  { name: 'a link to nothing', file: 'gone.txt', make: async (path) => symlinkSync(join(folder, 'nothing-here'), path), expect: { why: ['unreadable'] } },
  { name: 'a file that is not there', file: 'missing.docx', make: async () => undefined, expect: { why: ['unreadable'] } }
]
