import { strToU8, zipSync } from 'fflate/browser'
import { convertToHtml } from 'mammoth'
import { countLeftOut, Refused, type DocumentText, type LeftOutCount } from './outcome'
import { readPackage, refuseStrangeXml } from './package-parts'

/** What mammoth hands to `transformDocument`: its own tree of a document. Only what is read here. */
type Node = {
  readonly type: string
  readonly children?: readonly Node[]
  readonly value?: string
  readonly breakType?: string
  readonly href?: string | null
  readonly numbering?: { readonly isOrdered: boolean; readonly level: string } | null
  readonly isBold?: boolean
  readonly isItalic?: boolean
  readonly isUnderline?: boolean
  readonly isStrikethrough?: boolean
  readonly isAllCaps?: boolean
  readonly checked?: boolean
  readonly noteType?: string
  readonly noteId?: string
  readonly body?: readonly Node[]
  readonly notes?: { readonly resolve: (reference: Node) => Node | undefined }
}

const textParts = /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels)$/

/**
 * The text of a Word document (.docx, .docm, .dotx). The package is opened and checked by us and repacked with nothing but the
 * parts that hold text; mammoth reads the Word XML in those. Pictures are never unpacked, links never followed.
 * @throws Refused `unsafe`
 */
export const readDocx = async (bytes: Buffer): Promise<DocumentText> => {
  const { names, parts } = await readPackage(bytes, (name) => textParts.test(name))
  const leftOut = countLeftOut()
  for (const part of parts.values()) refuseStrangeXml(part)
  leftOut.add('macros', names.filter((name) => /vbaProject\.bin$/i.test(name)).length)
  leftOut.add('embedded', names.filter((name) => /^word\/(embeddings|activeX)\/[^/]+\.(?!xml|rels)/i.test(name)).length)
  leftOut.add('headersAndFooters', [...parts].filter(([name, part]) => /^word\/(header|footer)\d*\.xml$/.test(name) && hasText(part)).length)
  leftOut.add('deletedText', countTag(parts.get('word/document.xml'), 'w:del'))
  leftOut.add('shapes', countTag(parts.get('word/document.xml'), 'w:txbxContent'))
  const tree = await parse(parts)
  const { text, paragraphsTouch } = writeOut(tree, leftOut)
  return { text, leftOut: leftOut.counts(), paragraphsTouch }
}

const parse = async (parts: ReadonlyMap<string, Uint8Array>): Promise<Node> => {
  const clean = zipSync(Object.fromEntries(parts), { level: 0 })
  let tree: Node | null = null
  try {
    await convertToHtml(
      { buffer: Buffer.from(clean) },
      {
        transformDocument: (document: Node) => {
          tree = document
          return { ...document, children: [] }
        }
      }
    )
  } catch {
    throw new Refused('unsafe')
  }
  if (tree === null) throw new Refused('unsafe')
  return tree
}

const countTag = (part: Uint8Array | undefined, tag: string): number => {
  if (part === undefined) return 0
  const text = Buffer.from(part)
  const open = Buffer.from(strToU8(`<${tag} `))
  const bare = Buffer.from(strToU8(`<${tag}>`))
  let count = 0
  for (const sign of [open, bare]) for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count += 1
  return count
}

const hasText = (part: Uint8Array): boolean => /<w:t[ >][^<]*\S/.test(Buffer.from(part).toString('utf8'))

/** Walks the tree once, in reading order; notes follow the text they belong to, numbered as they come. */
const writeOut = (document: Node, leftOut: LeftOutCount): { readonly text: string; readonly paragraphsTouch: boolean } => {
  const lines: string[] = []
  const notes: Node[] = []
  const counters = new Map<string, number>()
  let hasFormatting = false
  let sawEmpty = false
  let line = ''

  const inline = (node: Node): void => {
    switch (node.type) {
      case 'text':
        line += node.value ?? ''
        return
      case 'tab':
        line += '\t'
        return
      case 'break':
        if (node.breakType === 'line') line += '\n'
        return
      case 'checkbox':
        line += node.checked === true ? '[x]' : '[ ]'
        return
      case 'image':
        leftOut.add('pictures')
        return
      case 'hyperlink':
        if (typeof node.href === 'string') leftOut.add('links')
        break
      case 'noteReference':
        notes.push(node)
        line += `[${notes.length}]`
        return
      case 'commentReference':
        leftOut.add('comments')
        return
      case 'run':
        hasFormatting ||= [node.isBold, node.isItalic, node.isUnderline, node.isStrikethrough, node.isAllCaps].includes(true)
        break
    }
    node.children?.forEach(inline)
  }

  const block = (node: Node): void => {
    if (node.type === 'table') {
      leftOut.add('tables')
      node.children?.forEach((row) => {
        lines.push((row.children ?? []).map(cellText).join('\t'))
      })
      return
    }
    if (node.type !== 'paragraph') {
      node.children?.forEach(block)
      return
    }
    line = markOf(node, counters)
    const pictures = leftOut.count('pictures')
    node.children?.forEach(inline)
    // A paragraph that held nothing but a picture is gone with it.
    if (line === '' && leftOut.count('pictures') > pictures) return
    if (line === '') sawEmpty = true
    lines.push(line)
  }

  /** A cell on one line: its paragraphs side by side. */
  const cellText = (cell: Node): string => {
    const before = lines.length
    cell.children?.forEach(block)
    return lines.splice(before).filter((text) => text !== '').join(' ')
  }

  document.children?.forEach(block)
  const bodyLines = lines.length
  for (let index = 0; index < notes.length; index += 1) {
    const note = document.notes?.resolve(notes[index] as Node)
    const before = lines.length
    note?.body?.forEach(block)
    const text = lines.splice(before).join(' ').trim()
    if (text !== '') lines.push(`[${index + 1}] ${text}`)
  }
  if (lines.length > bodyLines) lines.splice(bodyLines, 0, '')
  if (hasFormatting) leftOut.add('formatting')
  return { text: lines.join('\n'), paragraphsTouch: !sawEmpty && bodyLines > 1 }
}

/** `1. ` or `- ` before an item of a list, set in by its level; counting begins anew wherever a list does. */
const markOf = (paragraph: Node, counters: Map<string, number>): string => {
  const numbering = paragraph.numbering ?? null
  if (numbering === null) {
    counters.clear()
    return ''
  }
  const indent = '  '.repeat(Number(numbering.level) || 0)
  if (!numbering.isOrdered) return `${indent}- `
  for (const level of [...counters.keys()]) if (Number(level) > Number(numbering.level)) counters.delete(level)
  const next = (counters.get(numbering.level) ?? 0) + 1
  counters.set(numbering.level, next)
  return `${indent}${next}. `
}
