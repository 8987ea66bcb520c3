import * as fc from 'fast-check'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { appOrigin, contentSecurityPolicy, fileForRequest, registerAppScheme, serveApp } from '../../../src-main/shell/app-scheme'

const registered = vi.hoisted((): unknown[] => [])
vi.mock('electron', () => ({ protocol: { registerSchemesAsPrivileged: (schemes: unknown) => registered.push(schemes) } }))

const folder = resolve('/pages/renderer')
const ask = (path: string): string | null => fileForRequest(folder, appOrigin + path)
/** Where a path of the address leads when nothing is done about it. */
const inside = (file: string | null): boolean => file === null || file.startsWith(folder + sep)

describe('an ordinary address', () => {
  it.each([
    ['/', 'index.html'],
    ['/index.html', 'index.html'],
    ['/index.html?a=b', 'index.html'],
    ['/index.html#/e/inbox', 'index.html'],
    ['/assets/index-BeQy-9hl.css', 'assets/index-BeQy-9hl.css'],
    ['/assets/a%20b.svg', 'assets/a b.svg'],
    ['/./assets/a.js', 'assets/a.js'],
    ['//assets/a.js', 'assets/a.js']
  ])('%s', (path, file) => {
    expect(ask(path)).toBe(join(folder, file))
  })
})

/** Ways out of the folder that the address keeps until it is decoded. */
const escapes = [
  '/..%2f..%2fetc/passwd',
  '/..%2fsettings.json',
  '/..%2F..%2F..%2F..%2Fsettings.json',
  '/assets/..%2f..%2fsettings.json',
  '/%2e%2e%2fsettings.json',
  '/%2e%2e%2f%2e%2e%2fsettings.json',
  '/%2E%2E%2Fsettings.json',
  '/.%2e%2fsettings.json',
  '/%2e.%2fsettings.json',
  '/a/%2e%2e%2f%2e%2e%2f%2e%2e%2fservice.json',
  '/..%5csettings.json',
  '/..%5C..%5Csettings.json',
  '/%2e%2e%5csettings.json',
  '/%5c..%5c..%5csettings.json',
  '/%5c%5cserver%5cshare%5ca.json',
  '/..%5c/settings.json',
  '/assets%5c..%5c..%5csettings.json',
  '/index.html%00',
  '/settings.json%00.html',
  '/%00',
  '/..%00/settings.json',
  '/%00..%2fsettings.json',
  '/%',
  '/%zz',
  '/%c0%ae%c0%ae%2fsettings.json',
  '/%e0%80%ae%2fsettings.json',
  '/%ff%fe.html',
  '/%u002e%u002e/settings.json',
  '/..%2f..%2f..%2f..%2f..%2f..%2fproc/self/environ.json',
  '/..%2frenderer-other%2fa.js',
  '/..%2frenderer/..%2f..%2fa.js',
  '/a%2f..%2f..%2f..%2fa.html',
  '/..%2fmain%2findex.js',
  '/..%2fpreload%2findex.cjs'
]

/** Ways out that the address itself takes away, and names of files that are nobody's business. */
const harmless = [
  '/../../etc/passwd',
  '/../settings.json',
  '/%2e%2e/%2e%2e/settings.json',
  '/.%2e/.%2e/settings.json',
  '/assets/../../settings.json',
  '/..;/settings.json',
  '/....//settings.json',
  '/..%252f..%252fsettings.json',
  '/%252e%252e%252fsettings.json',
  '/C:/Windows/win.json',
  '/file:///etc/a.json',
  '/~/a.json',
  '/..\\..\\settings.json'
]

const otherKinds = ['/etc/passwd', '/assets', '/assets/', '/desk.db', '/.env', '/index', '/a.exe', '/a.php', '/a.HTML', '/a.map', '/a.cjs', '/a.html.bak', '/constructor', '/toString']

const strangers = [
  'http://parish/index.html',
  'https://app/index.html',
  'file:///pages/renderer/index.html',
  'app://other/index.html',
  'app://parish.example.org/index.html',
  'app://parish:8080/index.html',
  'app:index.html',
  'app:///index.html',
  'APPS://parish/index.html',
  'blob:app://parish/a',
  'data:text/html,a',
  'index.html',
  '',
  '::',
  'app://',
  '\\\\parish\\index.html'
]

describe('a way out of the folder leads nowhere', () => {
  it(`there are more than 30 of them`, () => expect(escapes.length).toBeGreaterThanOrEqual(30))
  it.each(escapes)('%s', (path) => {
    expect(ask(path)).toBeNull()
  })
  it.each(harmless)('%s stays inside', (path) => {
    const file = ask(path)
    expect(inside(file)).toBe(true)
    expect((file ?? '').split(sep)).not.toContain('..')
  })
  it.each(otherKinds)('%s is no page of ours', (path) => {
    expect(ask(path)).toBeNull()
  })
  it.each(strangers)('%j is another place', (address) => {
    expect(fileForRequest(folder, address)).toBeNull()
  })

  it('whatever is asked, the answer is nothing or a file inside', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '%5c', '%00', '%252e', 'a', 'index.html', '.json', ':', '~', ' ', '%', '\u202e', 'assets')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`), (path) => {
        const file = ask(path)
        expect(inside(file)).toBe(true)
        if (file !== null) expect(resolve(file)).toBe(file)
      }),
      { numRuns: 5_000 }
    )
  })
})

describe('what is served', () => {
  let pages = ''
  let answer: (request: { readonly method: string; readonly url: string }) => Promise<Response>
  beforeAll(() => {
    const root = mkdtempSync(join(tmpdir(), 'epistle-pages-'))
    pages = join(root, 'renderer')
    mkdirSync(join(pages, 'assets'), { recursive: true })
    mkdirSync(join(pages, 'folder.html'))
    writeFileSync(join(root, 'settings.json'), '{"secret":true}')
    writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Epistle</title>')
    writeFileSync(join(pages, 'assets', 'a.js'), 'export const a = 1')
    writeFileSync(join(pages, 'assets', 'a.woff2'), Buffer.from([0, 1, 2, 255]))
    serveApp({ protocol: { handle: (_scheme: string, handler: typeof answer) => (answer = handler) } } as unknown as Parameters<typeof serveApp>[0], pages)
  })
  afterAll(() => rmSync(join(pages, '..'), { recursive: true, force: true }))
  const get = (path: string, method = 'GET'): Promise<Response> => answer({ method, url: appOrigin + path })

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/assets/a.js', 'text/javascript; charset=utf-8'],
    ['/assets/a.woff2', 'font/woff2']
  ])('%s with its kind and every header', async (path, type) => {
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': type,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer'
    })
  })

  it.each([...escapes, '/missing.html', '/folder.html', '/settings.json'])('404 for %s, with the same headers', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
    expect(await response.text()).toBe('Not found')
  })

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s gets nothing', async (method) => {
    expect((await get('/index.html', method)).status).toBe(404)
  })

  it('bytes arrive as they are', async () => {
    expect([...new Uint8Array(await (await get('/assets/a.woff2')).arrayBuffer())]).toEqual([0, 1, 2, 255])
  })
})

it('the policy is this one, to the letter (checklist 7)', () => {
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types vue"
  )
})

it('the scheme is standard and secure, and may not do more than it needs', () => {
  registerAppScheme()
  expect(registered).toEqual([[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]])
})
