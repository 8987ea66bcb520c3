/** The lists that must agree: channels, commands and handlers; codes, their words and their help. */
import ts from 'typescript'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Bridge } from '@contract/bridge'
import { channels, type Channel } from '@contract/channels'
import { commands, type CommandName } from '@contract/commands'
import { errorCodes } from '@contract/error-codes'
import { problemCodes } from '@contract/problem-codes'
import { articleBySlug, helpArticles, helpFor } from '@/words/help'
import { failureWords } from '@/words/errors'
import { problemSentence } from '@/words/problems'
import { filesBelow, mainSources, nodesOf, productSources, read, syntaxOf } from '../support/sources'

const names = Object.keys(commands).sort()

/** Quoted `room.verb` keys of the object literals in a file. */
const handlersIn = (path: string): readonly string[] =>
  nodesOf(syntaxOf(path)).flatMap((node) =>
    (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) && ts.isStringLiteral(node.name) && /^[a-z]+\.[a-zA-Z]+$/.test(node.name.text) ? [node.name.text] : []
  )

describe('commands', () => {
  it('channels and commands are the same list', () => {
    expect([...channels].sort()).toEqual(names)
    expect(new Set(channels).size).toBe(channels.length)
    expectTypeOf<Channel>().toEqualTypeOf<CommandName>()
  })

  it('every command has its handler where it says it is answered, and no handler is without a command', () => {
    const wanted = (answerer: string): readonly string[] =>
      Object.entries(commands)
        .filter(([, { answeredBy }]) => answeredBy === answerer)
        .map(([name]) => name)
        .sort()
    expect([...handlersIn('src-main/app/commands.ts')].sort()).toEqual(wanted('core'))
    expect([...handlersIn('src-main/ipc/register.ts')].sort()).toEqual(wanted('shell'))
  })

  it('is noun.verb, and the bridge has one function for each', () => {
    for (const name of names) expect(name).toMatch(/^[a-z]+\.[a-z][a-zA-Z]*$/)
    expectTypeOf<Bridge['letters']['send']>().toBeFunction()
    expectTypeOf<Bridge['onEvent']>().toBeFunction()
  })

  it('what needs nobody signed in is a short list', () => {
    const open = Object.entries(commands)
      .filter(([, { access }]) => access === 'open')
      .map(([name]) => name)
      .sort()
    expect(open).toEqual(
      [
        'app.state',
        'accounts.signUpStart',
        'accounts.create',
        'accounts.signIn',
        'accounts.practice',
        'accounts.sendSignInCode',
        'accounts.secondStep',
        'accounts.passwordRules',
        'accounts.forgotStart',
        'accounts.forgotFinish',
        'accounts.forget',
        'sync.status',
        'post.list',
        'practice.state',
        'practice.set',
        'practice.fastForward',
        'surroundings.state',
        'surroundings.putAway',
        'surroundings.report',
        'surroundings.saveReport',
        'settings.get',
        'settings.set',
        'windows.open',
        'windows.flushed'
      ].sort()
    )
  })

  it('the preload is one small file without schemas', () => {
    const preload = read('src-main/preload/index.ts')
    expect(filesBelow('src-main/preload').filter((path) => path.endsWith('.ts'))).toEqual(['src-main/preload/index.ts'])
    expect(preload).not.toMatch(/zod|commands'/)
    expect(preload.split('\n').length).toBeLessThan(40)
  })
})

describe('codes', () => {
  it.each(errorCodes)('%s has words and a help article that names it', (code) => {
    const { sentence, next } = failureWords({ code })
    expect(sentence.length).toBeGreaterThan(0)
    expect(next.length).toBeGreaterThan(0)
    const { path, title } = helpFor(code)
    expect(helpArticles.some((article) => article.codes.includes(code)), `no article in resources/help names ${code}`).toBe(true)
    expect(articleBySlug(path.replace('/help/', ''))?.title).toBe(title)
  })

  it.each(problemCodes)('%s has a sentence', (code) => {
    const sentence = problemSentence({ code })
    expect(sentence).toMatch(/^[A-Z0-9].*[.!?]$/)
    expect(sentence).not.toContain(code)
  })

  it('no article names a code that does not exist', () => {
    const known: readonly string[] = errorCodes
    expect(helpArticles.flatMap(({ slug, codes }) => codes.filter((code) => !known.includes(code)).map((code) => `${slug}: ${code}`))).toEqual([])
  })

  it('every code is used by somebody', () => {
    const lists = /^src-main\/contract\/(error|problem)-codes\.ts$/
    const used = productSources()
      .filter((path) => !lists.test(path) && !path.startsWith('src-renderer/words/'))
      .map((path) => read(path))
      .join('\n')
    expect([...errorCodes, ...problemCodes].filter((code) => !used.includes(`'${code}'`))).toEqual([])
  })

  it('a failure carries a code of the list, nowhere a text of its own', () => {
    const known: readonly string[] = errorCodes
    const wrong = mainSources().flatMap((path) =>
      nodesOf(syntaxOf(path)).flatMap((node) => {
        if (!ts.isCallExpression(node) || node.expression.getText() !== 'failure') return []
        const code = node.arguments[0]
        return code !== undefined && ts.isStringLiteral(code) && !known.includes(code.text) ? [`${path}: ${code.text}`] : []
      })
    )
    expect(wrong).toEqual([])
  })
})

describe('help', () => {
  it('every article has a title, a summary and something to read', () => {
    expect(helpArticles.length).toBeGreaterThan(5)
    for (const { slug, title, summary, body } of helpArticles) {
      expect(title, slug).not.toBe('')
      expect(summary, slug).not.toBe('')
      expect(body.length, slug).toBeGreaterThan(100)
    }
  })
  it('every address of help in the screens leads to an article', () => {
    const links = productSources().flatMap((path) => [...read(path).matchAll(/['"#]\/help\/([a-z0-9-]+)/g)].map((match) => match[1] ?? ''))
    expect([...new Set(links)].filter((slug) => articleBySlug(slug) === null)).toEqual([])
  })
})
