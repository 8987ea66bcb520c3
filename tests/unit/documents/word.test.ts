import { expect, test } from 'vitest'
import { readDocument } from '../../../src-main/documents/read-document'
import { docxOf, relation, wordParagraph, wordPicture } from '../../support/documents'

const textOf = async (bytes: Buffer, name = 'letter.docx') => {
  const read = await readDocument(bytes, name)
  if (!read.ok) throw new Error(`refused: ${read.why}`)
  return read.document
}
const body = (...paragraphs: readonly string[]): string => paragraphs.map(wordParagraph).join('')

test('paragraphs, accents, quotation marks and empty lines come over as they are', async () => {
  const lines = ['Dear José,', '', '“Grace & peace” — <always>, said Ángela.', 'Yours,', 'Mary']
  const document = await textOf(await docxOf(body(...lines)))
  expect(document).toEqual({ text: lines.join('\n'), leftOut: {}, paragraphsTouch: false })
})

test('a document without empty paragraphs says that its paragraphs touch', async () => {
  expect((await textOf(await docxOf(body('One.', 'Two.')))).paragraphsTouch).toBe(true)
  expect((await textOf(await docxOf(body('One.')))).paragraphsTouch).toBe(false)
})

test('tabs, line breaks, lists and tables keep their shape in plain text', async () => {
  const item = (text: string, level = 0): string => `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
  const numbering =
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
  const cell = (text: string): string => `<w:tc>${wordParagraph(text)}</w:tc>`
  const document = await textOf(
    await docxOf(
      `<w:p><w:r><w:t>Mass</w:t><w:tab/><w:t>9:00</w:t><w:br/><w:t>Rosary</w:t></w:r></w:p>${item('Read')}${item('Pray')}${item('slowly', 1)}${item('Rest')}<w:tbl><w:tr>${cell('Mon')}${cell('Psalm 1')}</w:tr><w:tr>${cell('Tue')}${cell('Psalm 2')}</w:tr></w:tbl>`,
      {
        relations: relation('rId9', 'numbering', 'numbering.xml'),
        parts: [{ name: 'word/numbering.xml', data: numbering }]
      }
    )
  )
  expect(document.text).toBe(['Mass\t9:00\nRosary', '1. Read', '2. Pray', '  - slowly', '3. Rest', 'Mon\tPsalm 1', 'Tue\tPsalm 2'].join('\n'))
  expect(document.leftOut).toEqual({ tables: 1 })
})

test('footnotes follow the text; pictures, links, comments, bold, deleted words and headers are counted', async () => {
  const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
  const document = await textOf(
    await docxOf(
      `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Be not afraid</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:hyperlink r:id="rId5"><w:r><w:t> (here)</w:t></w:r></w:hyperlink><w:del w:id="7"><w:r><w:delText>Be afraid</w:delText></w:r></w:del></w:p>${wordPicture('rId6')}`,
      {
        relations: [
          relation('rId4', 'footnotes', 'footnotes.xml'),
          relation('rId5', 'hyperlink', 'https://example.org/', true),
          relation('rId6', 'image', 'media/image1.png'),
          relation('rId7', 'header', 'header1.xml')
        ].join(''),
        parts: [
          { name: 'word/footnotes.xml', data: `<w:footnotes ${namespace}><w:footnote w:id="2">${wordParagraph('Isaiah 41:10')}</w:footnote></w:footnotes>` },
          { name: 'word/header1.xml', data: `<w:hdr ${namespace}>${wordParagraph('St Brigid')}</w:hdr>` },
          { name: 'word/media/image1.png', data: Buffer.from([0x89, 0x50, 0x4e, 0x47]) }
        ]
      }
    )
  )
  expect(document.text).toBe('Be not afraid[1] (here)\n\n[1] Isaiah 41:10')
  expect(document.leftOut).toEqual({ pictures: 1, links: 1, formatting: 1, headersAndFooters: 1, deletedText: 1 })
})

test('the longest letter of the fixtures comes over letter by letter', async () => {
  const { readFileSync } = await import('node:fs')
  const text = readFileSync(new URL('../../fixtures/texts/psalm-119-kjv.txt', import.meta.url), 'utf8').trimEnd()
  expect((await textOf(await docxOf(body(...text.split('\n'))))).text).toBe(text)
})
