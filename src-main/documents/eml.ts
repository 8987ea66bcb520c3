import { convert } from 'html-to-text'
import PostalMime from 'postal-mime'
import { documentLimits as limits } from './limits'
import { countLeftOut, Refused, type DocumentText } from './outcome'

const mostInHtml = { maxChildNodes: 20_000, maxDepth: 200 }

/**
 * The words of one saved e-mail (.eml): its plain text, or its HTML with the formatting taken away.
 * @throws Refused `tooComplex` (nested too deep, too many parts, a head too large), `unsafe`
 */
export const readEml = async (bytes: Buffer): Promise<DocumentText & { readonly subject: string }> => {
  countParts(bytes)
  const email = await parse(bytes)
  const leftOut = countLeftOut()
  const images = email.attachments.filter(({ mimeType }) => mimeType.startsWith('image/')).length
  leftOut.add('pictures', images)
  leftOut.add('attachments', email.attachments.length - images)
  const plain = email.text ?? ''
  const html = email.html ?? ''
  if (html !== '') leftOut.add('formatting')
  leftOut.add('links', html.match(/<a\s[^>]*href/gi)?.length ?? 0)
  leftOut.add('pictures', images > 0 ? 0 : (html.match(/<img\s/gi)?.length ?? 0))
  const words = plain.trim() === '' ? wordsOf(html) : plain
  const { text, files } = withoutUuencode(words)
  leftOut.add('attachments', files)
  return { text: text.trim(), leftOut: leftOut.counts(), paragraphsTouch: false, subject: email.subject ?? '' }
}

const parse = async (bytes: Buffer) => {
  try {
    return await PostalMime.parse(bytes, { maxNestingDepth: limits.emailDepth, maxHeadersSize: limits.emailHeaderBytes, rfc822Attachments: true })
  } catch (error) {
    throw new Refused(error instanceof Error && /^Maximum/.test(error.message) ? 'tooComplex' : 'unsafe')
  }
}

/** Counts part by part before anything is parsed, because parsing 30,000 parts is what takes the time. */
const countParts = (bytes: Buffer): void => {
  const text = bytes.toString('latin1')
  const boundaries = new Set([...text.matchAll(/boundary="?([^"\s;]{1,200})/gi)].map(([, name]) => name))
  if (boundaries.size > limits.emailParts) throw new Refused('tooComplex')
  let parts = 0
  for (const [, line] of text.matchAll(/^--(\S{1,200})/gm)) {
    if (boundaries.has(line)) parts += 1
    if (parts > limits.emailParts) throw new Refused('tooComplex')
  }
}

const wordsOf = (html: string): string =>
  convert(html, {
    wordwrap: false,
    limits: mostInHtml,
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } }
    ]
  })

/** Old mail programs put files between the lines of the text. */
const withoutUuencode = (text: string): { readonly text: string; readonly files: number } => {
  let files = 0
  const clean = text.replace(/^begin [0-7]{3,4} [^\n]+\n(?:[^\n]{0,100}\n)*?end\r?$/gm, () => {
    files += 1
    return ''
  })
  return { text: clean, files }
}
