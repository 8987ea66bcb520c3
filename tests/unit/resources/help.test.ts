import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '@contract/error-codes'
import { currentTerms } from '@rules/terms'
import { failureWords } from '@/words/errors'
import { parseArticle } from '@/words/help'

const resources = new URL('../../../resources/', import.meta.url)
const files = readdirSync(new URL('help/', resources)).filter((name) => name.endsWith('.md') && name !== 'README.md')
const articles = files.map((name) => ({ ...parseArticle(name, readFileSync(new URL(`help/${name}`, resources), 'utf8')), name }))
const slugs = new Set(articles.map(({ slug }) => slug))
const letters = (text: string): string => text.toLowerCase().replace(/[^a-z ]/g, '')

describe('help articles', () => {
  it.each(articles)('$name has a title, a summary, a place and a text', ({ name, title, summary, order, body }) => {
    expect(title).not.toBe(name)
    expect(summary).not.toBe('')
    expect(order).toBeLessThan(100)
    expect(body.length).toBeGreaterThan(300)
  })

  it('have places of their own', () => {
    expect(new Set(articles.map(({ order }) => order)).size).toBe(articles.length)
  })

  it.each(articles)('$name: no heading skips a level, no link leads nowhere, no markup is left over', ({ body }) => {
    const levels = [...body.matchAll(/^(#+) /gm)].map(([, signs]) => signs?.length ?? 0)
    levels.forEach((level, index) => expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1))
    for (const [, target] of body.matchAll(/\]\(([^)]*)\)/g)) {
      expect(target).toMatch(/^help:/)
      expect(slugs).toContain(target?.slice('help:'.length))
    }
    expect(body).not.toMatch(/<[a-z!/]|https?:|[A-Z]{2,}_[A-Z]/)
  })

  it('explain every error code in exactly one article, and no other', () => {
    const explained = articles.flatMap(({ codes }) => codes).sort()
    expect(explained).toEqual([...errorCodes].sort())
  })

  it.each(errorCodes)('%s has a heading with the words a person sees, and a next step', (code) => {
    const article = articles.find(({ codes }) => codes.includes(code))
    const sections = (article?.body ?? '').split(/^(?=## )/m).slice(1)
    const params = { minutes: 15, need: 2, have: 1, count: 1, name: '', reason: '' }
    const said = letters(failureWords({ code, params }).sentence)
    const section = sections.find((text) => {
      const headings = [...(text.split('\n')[0] ?? '').matchAll(/"([^"]+?)(?: \.\.\.)?"/g)].map(([, words]) => letters(words ?? ''))
      return headings.some((heading) => said.includes(heading))
    })
    expect(section, `${code}: "${failureWords({ code, params }).sentence}" in ${article?.name}`).toBeDefined()
    expect(section).toContain('**Next step:**')
  })
})

describe('terms', () => {
  it.each([
    ['terms', currentTerms.terms],
    ['emessaging-terms', currentTerms.emessaging]
  ])('%s: the current version is there and says so', (kind, version) => {
    const text = readFileSync(new URL(`terms/${kind}-v${version}.md`, resources), 'utf8')
    expect(text).toMatch(new RegExp(`^---\\nversion: '${version}'\\n`))
    expect(text.length).toBeGreaterThan(500)
  })
})
