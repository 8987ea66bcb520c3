/**
 * On which page each named place of a PDF is, read from what Chromium's writer (Skia) puts down in clear: the page tree and the list of destinations.
 * @param pdf as `printToPDF` made it
 * @returns the page, from 1, by the place's name; empty when it is written in another way
 */
export const pagesOfPlaces = (pdf: Uint8Array): ReadonlyMap<string, number> => {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1')
  const order = pageOrder(text)
  const places = new Map<string, number>()
  for (const [, name, page] of text.matchAll(/\/(l\d+) \[(\d+) 0 R \/XYZ/g)) {
    const number = order.get(page ?? '')
    if (name !== undefined && number !== undefined) places.set(name, number)
  }
  return places
}

/** The number of each page by the number of its object. */
const pageOrder = (text: string): ReadonlyMap<string, number> => {
  const branches = new Map<string, { readonly kids: readonly string[]; readonly root: boolean }>()
  for (const [, id, body] of text.matchAll(/(\d+) 0 obj\n<<\/Type \/Pages\n([\s\S]*?)>>\nendobj/g)) {
    const kids = /\/Kids \[([^\]]*)\]/.exec(body ?? '')?.[1] ?? ''
    branches.set(id ?? '', { kids: [...kids.matchAll(/(\d+) 0 R/g)].map((match) => match[1] ?? ''), root: !(body ?? '').includes('/Parent') })
  }
  const order = new Map<string, number>()
  const walk = (id: string): void => {
    const branch = branches.get(id)
    if (branch === undefined) order.set(id, order.size + 1)
    else branch.kids.forEach(walk)
  }
  for (const [id, { root }] of branches) if (root) walk(id)
  return order
}
