import PostalMime from 'postal-mime'
import { isTooComplex, htmlWords, withoutUuencode } from './email-words'
import { documentLimits as limits } from './limits'
import { countLeftOut, Refused, type DocumentText } from './outcome'

/**
 * The words of one saved e-mail (.eml): its plain text, or its HTML with the formatting taken away.
 * @throws Refused `tooComplex` (nested too deep, too many parts or lines, a head too large), `unsafe`
 */
export const readEml = async (bytes: Buffer): Promise<DocumentText & { readonly subject: string }> => {
  if (isTooComplex(bytes, limits.emailParts)) throw new Refused('tooComplex')
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
  const words = plain.trim() === '' ? htmlWords(html) : plain
  if (words === null) throw new Refused('tooComplex')
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
