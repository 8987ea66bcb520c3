/** Makes documents as Word, LibreOffice and others write them, and packages as nobody honest does. */
import { ZipFile, type Options } from 'yazl'

export type Part = { readonly name: string; readonly data: Buffer | string; readonly options?: Partial<Options> }

/** @returns a ZIP of these parts, in this order */
export const zipOf = (parts: readonly Part[]): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const zip = new ZipFile()
    for (const { name, data, options } of parts) zip.addBuffer(Buffer.from(data as string), name, { mtime: new Date(1_700_000_000_000), ...options })
    zip.end()
    const chunks: Buffer[] = []
    zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk))
    zip.outputStream.on('error', reject)
    zip.outputStream.on('end', () => resolve(Buffer.concat(chunks)))
  })

const wordNamespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
export const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
export const wordParagraph = (text: string): string => (text === '' ? '<w:p/>' : `<w:p><w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`)

export type WordExtras = {
  /** Further relationships of the document, as XML. */
  readonly relations?: string
  readonly parts?: readonly Part[]
  readonly documentOptions?: Partial<Options>
  /** Goes before the document's root element. */
  readonly prolog?: string
}

export const docxParts = (body: string, extras: WordExtras = {}): readonly Part[] => [
  {
    name: '[Content_Types].xml',
    data: '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
  },
  {
    name: '_rels/.rels',
    data: '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
  },
  {
    name: 'word/document.xml',
    data: `<?xml version="1.0" encoding="UTF-8"?>${extras.prolog ?? ''}<w:document ${wordNamespace}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    options: extras.documentOptions ?? {}
  },
  {
    name: 'word/_rels/document.xml.rels',
    data: `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${extras.relations ?? ''}</Relationships>`
  },
  ...(extras.parts ?? [])
]

/** @param body paragraphs as WordprocessingML, see {@link wordParagraph} */
export const docxOf = (body: string, extras: WordExtras = {}): Promise<Buffer> => zipOf(docxParts(body, extras))

/** A picture that lies in the package as `id`, or whose relationship leads elsewhere. */
export const wordPicture = (id: string, how: 'embed' | 'link' = 'embed'): string =>
  `<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:${how}="${id}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`

const relationTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
export const relation = (id: string, type: string, target: string, external = false): string =>
  `<Relationship Id="${id}" Type="${relationTypes}/${type}" Target="${escapeXml(target)}"${external ? ' TargetMode="External"' : ''}/>`

const odfNamespaces =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'

/** @param body `text:p` and its kin */
export const odtOf = (body: string, more: readonly Part[] = [], prolog = ''): Promise<Buffer> =>
  zipOf([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', options: { compress: false } },
    { name: 'content.xml', data: `<?xml version="1.0" encoding="UTF-8"?>${prolog}<office:document-content ${odfNamespaces}><office:body><office:text>${body}</office:text></office:body></office:document-content>` },
    { name: 'META-INF/manifest.xml', data: '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>' },
    ...more
  ])
