/**
 * The help articles (resources/help/*.md), with which error codes each explains. Front matter between two `---` lines:
 * `title:`, `codes: A, B`, `order: 3`, `summary:`; everything after it is the article.
 */
import type { ErrorCode } from '@contract/error-codes'

export type HelpArticle = {
  readonly slug: string
  readonly title: string
  readonly summary: string
  readonly codes: readonly string[]
  readonly order: number
  readonly body: string
}

const files: Readonly<Record<string, string>> = import.meta.glob('../../resources/help/*.md', { query: '?raw', import: 'default', eager: true })

const listed = (value: string): readonly string[] =>
  value
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((part) => part !== '')

export const parseArticle = (path: string, source: string): HelpArticle => {
  const text = source.replace(/\r\n/g, '\n')
  const front = /^---\n([\s\S]*?)\n---\n?/.exec(text)
  const fields = new Map(
    (front?.[1] ?? '').split('\n').flatMap((line) => {
      const at = line.indexOf(':')
      return at < 0 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim().replace(/^(['"])(.*)\1$/, '$2')] as const]
    })
  )
  const body = text.slice(front?.[0].length ?? 0).trim()
  const heading = /^#\s+(.+)\n*/.exec(body)
  const title = fields.get('title') ?? heading?.[1] ?? path
  return {
    slug: (path.split('/').at(-1) ?? path).replace(/\.md$/, ''),
    title,
    summary: fields.get('summary') ?? '',
    codes: listed(fields.get('codes') ?? ''),
    order: Number(fields.get('order') ?? 100),
    // The screen shows the title as its heading; the article must not repeat it.
    body: heading?.[1] === title ? body.slice(heading[0].length).trim() : body
  }
}

export const helpArticles: readonly HelpArticle[] = Object.entries(files)
  .filter(([path]) => !path.endsWith('/README.md'))
  .map(([path, source]) => parseArticle(path, source))
  .sort((a, b) => a.order - b.order || a.title.localeCompare(b.title))

export const articleBySlug = (slug: string): HelpArticle | null => helpArticles.find((article) => article.slug === slug) ?? null

/** Where a banner's help link leads: the article that explains this code, or the list of all. */
export const helpFor = (code: ErrorCode): { readonly path: string; readonly title: string } => {
  const article = helpArticles.find((one) => one.codes.includes(code))
  return article ? { path: `/help/${article.slug}`, title: article.title } : { path: '/help', title: 'all articles' }
}

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()

/** Articles that contain every word (or beginning of a word), those with the words in their title first. */
export const searchArticles = (query: string, articles: readonly HelpArticle[] = helpArticles): readonly HelpArticle[] => {
  const wanted = folded(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  if (wanted.length === 0) return articles
  const has = (text: string): boolean => wanted.every((word) => folded(text).includes(word))
  const found = articles.filter((article) => has(`${article.title} ${article.summary} ${article.body}`))
  return [...found.filter((article) => has(article.title)), ...found.filter((article) => !has(article.title))]
}
