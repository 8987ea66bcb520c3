import { readDocx } from './docx'
import { readEml } from './eml'
import { documentLimits as limits } from './limits'
import { readOdt } from './odt'
import { Refused, type DocumentRead, type DocumentText } from './outcome'
import { readPlain } from './plain'
import { readRtf } from './rtf'

const startsWith = (bytes: Buffer, sign: string): boolean => bytes.toString('latin1', 0, sign.length) === sign
const oldOffice = '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'
/** Things that are no letters: PDF, PostScript, pictures, sound, programs, and packages other than ZIP. */
const otherKinds = ['%PDF', '%!PS', '\u0089PNG', '\u00ff\u00d8\u00ff', 'GIF8', 'RIFF', 'MZ', '\u007fELF', 'Rar!', '7z\u00bc\u00af', '\u001f\u008b', 'ID3', 'II*\0', 'MM\0*', 'SQLite format 3']
/** Spreadsheets, presentations, and OpenDocuments that are no text. */
const otherPackages = ['xl/workbook.xml', 'ppt/presentation.xml', 'mimetypeapplication/vnd.oasis.opendocument']
const asPlainText = /\.(txt|text|md|asc)$/i

/**
 * The text of a document, by what is in it; its name only decides between plain text and what could be read as such.
 * Never throws: every file ends in text or in one reason.
 * @param name the file's name, without its folder
 */
export const readDocument = async (bytes: Buffer, name: string): Promise<DocumentRead> => {
  try {
    const document = await read(bytes, name)
    if (document.text.trim() === '') throw new Refused('empty')
    if (document.text.length > limits.characters) throw new Refused('tooLong')
    return { ok: true, document }
  } catch (error) {
    // A parser that falls over a file, its own stack included, has met one that is not what it says.
    return { ok: false, why: error instanceof Refused ? error.why : 'unsafe' }
  }
}

const read = async (bytes: Buffer, name: string): Promise<DocumentText> => {
  if (bytes.length === 0) throw new Refused(/\.(docx|docm|dotx|odt|ott|rtf)$/i.test(name) ? 'unsafe' : 'empty')
  if (bytes.length > limits.fileBytes) throw new Refused('tooLarge')
  if (startsWith(bytes, 'PK')) return readPackageByKind(bytes)
  if (startsWith(bytes, '{\\rtf')) return readRtf(bytes)
  if (startsWith(bytes, oldOffice) || otherKinds.some((sign) => startsWith(bytes, sign))) throw new Refused('kind')
  // It says that it is a package or Rich Text, and is not.
  if (/\.(docx|docm|dotx|odt|ott|rtf)$/i.test(name)) throw new Refused('unsafe')
  if (/\.(doc|dot|pages|wpd|wps|pdf|xlsx?|pptx?)$/i.test(name)) throw new Refused('kind')
  if (asPlainText.test(name)) return readPlain(bytes)
  if (/\.(mbox|mbx)$/i.test(name) || startsWith(bytes, 'From ')) throw new Refused('mailbox')
  if (/\.eml$/i.test(name) || looksLikeEmail(bytes)) return readEml(bytes)
  if (/\.html?$/i.test(name)) throw new Refused('kind')
  return readPlain(bytes)
}

/** Word or OpenDocument, by what the package itself says. */
const readPackageByKind = async (bytes: Buffer): Promise<DocumentText> => {
  if (bytes.includes('mimetypeapplication/vnd.oasis.opendocument.text')) return readOdt(bytes)
  if (bytes.includes('word/document.xml')) return readDocx(bytes)
  throw new Refused(otherPackages.some((sign) => bytes.includes(sign)) ? 'kind' : 'unsafe')
}

const looksLikeEmail = (bytes: Buffer): boolean => {
  const head = bytes.toString('latin1', 0, 4_096)
  return /^(received|return-path|from|date|message-id|mime-version|delivered-to|subject):\s/i.test(head) && /^(from|date|message-id|mime-version):\s/im.test(head) && /\n(subject|to|content-type|date):\s/i.test(head)
}
