import { DOMParser } from '@xmldom/xmldom'
import { countLeftOut, Refused, type DocumentText } from './outcome'
import { readPackage, refuseStrangeXml } from './package-parts'

/** What is read of an XML element; xmldom's own types stand for a whole DOM. */
type XmlNode = {
  readonly nodeType: number
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly childNodes: ArrayLike<XmlNode>
  readonly getAttribute?: (name: string) => string | null
}

const elementNode = 1
const textNode = 3

/**
 * The text of an OpenDocument text (.odt). No well-kept reader exists on npm (ecosystem.md); the walk over paragraphs,
 * spaces, tabs and lists is all that plain text needs.
 * @throws Refused `unsafe`
 */
export const readOdt = async (bytes: Buffer): Promise<DocumentText> => {
  const { names, parts } = await readPackage(bytes, (name) => name === 'content.xml' || name === 'META-INF/manifest.xml')
  const content = parts.get('content.xml')
  const manifest = Buffer.from(parts.get('META-INF/manifest.xml') ?? []).toString('utf8')
  // A document with a password has its parts enciphered one by one.
  if (content === undefined || manifest.includes('encryption-data')) throw new Refused('unsafe')
  refuseStrangeXml(content)
  const xml = Buffer.from(content).toString('utf8')
  const root = parse(xml)
  const leftOut = countLeftOut()
  leftOut.add('macros', names.filter((name) => /^(Basic|Scripts)\/./.test(name)).length > 0 ? 1 : 0)
  leftOut.add('embedded', names.filter((name) => /^Object \d+\/content\.xml$/.test(name)).length)

  const lines: string[] = []
  const notes: string[] = []
  let line = ''
  let sawEmpty = false
  let depth = 0

  const children = (node: XmlNode, visit: (child: XmlNode) => void): void => {
    for (let index = 0; index < node.childNodes.length; index += 1) visit(node.childNodes[index] as XmlNode)
  }

  const inline = (node: XmlNode): void => {
    if (node.nodeType === textNode) {
      // White space counts once; further spaces are written as text:s.
      line += (node.nodeValue ?? '').replace(/[\t\r\n ]+/g, ' ')
      return
    }
    if (node.nodeType !== elementNode) return
    switch (node.nodeName) {
      case 'text:s':
        line += ' '.repeat(Math.min(1_000, Number(node.getAttribute?.('text:c') ?? 1) || 1))
        return
      case 'text:tab':
        line += '\t'
        return
      case 'text:line-break':
        line += '\n'
        return
      case 'text:a':
        leftOut.add('links')
        break
      case 'draw:image':
        leftOut.add('pictures')
        return
      case 'draw:frame':
        if (contains(node, 'draw:text-box')) leftOut.add('shapes')
        break
      case 'draw:text-box':
        return
      case 'office:annotation':
        leftOut.add('comments')
        return
      case 'text:note':
        notes.push(noteText(node))
        line += `[${notes.length}]`
        return
      case 'text:span':
        break
    }
    children(node, inline)
  }

  const noteText = (note: XmlNode): string => {
    const outer = line
    const before = lines.length
    line = ''
    children(note, (part) => {
      if (part.nodeName === 'text:note-body') children(part, block)
    })
    line = outer
    return lines.splice(before).join(' ').trim()
  }

  const block = (node: XmlNode): void => {
    switch (node.nodeName) {
      case 'text:p':
      case 'text:h': {
        line = ''
        children(node, inline)
        if (line === '') sawEmpty = true
        lines.push(line)
        return
      }
      case 'text:list':
        depth += 1
        children(node, block)
        depth -= 1
        return
      case 'text:list-item': {
        const before = lines.length
        children(node, block)
        if (lines[before] !== undefined && !lines[before].trimStart().startsWith('- ')) lines[before] = `${'  '.repeat(depth - 1)}- ${lines[before]}`
        return
      }
      case 'text:tracked-changes':
        leftOut.add('deletedText', contains(node, 'text:deletion') ? 1 : 0)
        return
      case 'table:table':
        leftOut.add('tables')
        children(node, block)
        return
      case 'table:table-row': {
        const before = lines.length
        const cells: string[] = []
        children(node, (cell) => {
          const start = lines.length
          children(cell, block)
          cells.push(lines.splice(start).filter((text) => text !== '').join(' '))
        })
        lines.splice(before, lines.length - before, cells.join('\t'))
        return
      }
      default:
        if (node.nodeType === elementNode) children(node, block)
    }
  }

  block(root)
  const bodyLines = lines.length
  notes.forEach((text, index) => lines.push(`[${index + 1}] ${text}`))
  if (lines.length > bodyLines) lines.splice(bodyLines, 0, '')
  if (/fo:font-weight="bold"|fo:font-style="italic"|text-underline-style="solid"/.test(xml)) leftOut.add('formatting')
  return { text: lines.join('\n'), leftOut: leftOut.counts(), paragraphsTouch: !sawEmpty && bodyLines > 1 }
}

const contains = (node: XmlNode, name: string): boolean => {
  for (let index = 0; index < node.childNodes.length; index += 1) {
    const child = node.childNodes[index] as XmlNode
    if (child.nodeName === name || contains(child, name)) return true
  }
  return false
}

const parse = (xml: string): XmlNode => {
  try {
    const document = new DOMParser({ onError: () => undefined }).parseFromString(xml, 'text/xml')
    const body = document.getElementsByTagName('office:text')[0]
    if (body === undefined) throw new Refused('unsafe')
    return body as unknown as XmlNode
  } catch {
    throw new Refused('unsafe')
  }
}
