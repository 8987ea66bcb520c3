import { describe, expect, it } from 'vitest'
import { errorCodes } from '@contract/error-codes'
import { articleBySlug, helpArticles, helpFor, parseArticle, searchArticles } from '@/words/help'

describe('help articles', () => {
  it('explain every error code, each code in exactly one article', () => {
    const explained = helpArticles.flatMap((article) => article.codes)
    expect([...explained].sort()).toEqual([...errorCodes].sort())
    for (const code of errorCodes) expect(helpFor(code).path).not.toBe('/help')
  })

  it('have a title, a text, and links that lead to articles', () => {
    for (const article of helpArticles) {
      expect(article.title, article.slug).not.toMatch(/\.md$/)
      expect(article.body.length, article.slug).toBeGreaterThan(80)
      for (const [, slug = ''] of article.body.matchAll(/\]\(help:([^)]*)\)/g)) expect(articleBySlug(slug), `${article.slug} links to ${slug}`).not.toBeNull()
    }
  })

  it('say what to do about a forgotten password, where the start screen leads', () => {
    expect(articleBySlug('forgot-password')).not.toBeNull()
  })
})

describe('reading an article', () => {
  it('takes title and codes from the front matter and leaves the repeated heading out', () => {
    const article = parseArticle('../../resources/help/offline.md', '---\ntitle: "When the line is down"\ncodes: OFFLINE, SERVICE_TROUBLE\norder: 4\n---\n\n# When the line is down\n\nWrite on.\n')
    expect(article).toMatchObject({ slug: 'offline', title: 'When the line is down', codes: ['OFFLINE', 'SERVICE_TROUBLE'], order: 4, body: 'Write on.' })
  })

  it('keeps a first section that has a name of its own', () => {
    expect(parseArticle('x/signing-in.md', '---\ntitle: Signing in and out\n---\n# Signing in\n\nType.\n').body).toBe('# Signing in\n\nType.')
  })

  it('lives without front matter and with the line ends of Windows', () => {
    expect(parseArticle('x/stamps.md', '# Stamps\r\n\r\nBuy some.\r\n')).toMatchObject({ slug: 'stamps', title: 'Stamps', codes: [], body: 'Buy some.' })
  })
})

describe('searching the help', () => {
  const article = (slug: string, title: string, body: string) => parseArticle(`${slug}.md`, `---\ntitle: ${title}\n---\n${body}`)
  const articles = [article('a', 'Sending a letter', 'It needs stamps.'), article('b', 'Stamps', 'Buy them for José.'), article('c', 'Contacts', 'Add one.')]

  it('wants every word, in any case and without accents, titles first', () => {
    expect(searchArticles('STAMPS', articles).map(({ slug }) => slug)).toEqual(['b', 'a'])
    expect(searchArticles('stamps jose', articles).map(({ slug }) => slug)).toEqual(['b'])
    expect(searchArticles('zebra', articles)).toEqual([])
  })

  it('shows everything for an empty search and never stumbles over signs', () => {
    expect(searchArticles('  ', articles)).toHaveLength(3)
    expect(searchArticles(`%_'"* NEAR(`, articles)).toEqual([])
    expect(searchArticles('%', articles)).toHaveLength(3)
  })
})
