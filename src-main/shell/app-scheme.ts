import { protocol, type Session } from 'electron'
import type { Sheet, SheetPhoto } from '../contract/paper'
import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'

/** Pages come from `app://parish/` only: one privileged scheme instead of `file://` (Electron security checklist 18). */
export const appOrigin = 'app://parish'

/** Sent with every response, to the letter (checklist 7). Vue registers the Trusted Types policy `vue`. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types vue'
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json'
}

const headers = (type: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer'
})

/** Must run before the app is ready. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
}

/**
 * Where a requested address lies in the page folder.
 * @returns null for another host, an unknown kind of file, or a path that leads out of the folder
 */
export const fileForRequest = (folder: string, address: string): string | null => {
  let url: URL
  let path: string
  try {
    url = new URL(address)
    path = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  if (url.protocol !== 'app:' || url.host !== 'parish' || path.includes('\0') || path.includes('\\')) return null
  if (path.split('/').includes('..')) return null
  const file = resolve(folder, `.${path === '/' ? '/index.html' : path}`)
  if (!file.startsWith(folder + sep) || !(extname(file) in types)) return null
  return file
}

/** Answers the scheme from the folder of built pages. */
export const serveApp = (session: Session, folder: string): void => {
  session.protocol.handle('app', async (request) => {
    const file = request.method === 'GET' ? fileForRequest(folder, request.url) : null
    const body = file === null ? null : await readFile(file).catch(() => null)
    if (file === null || body === null) return new Response('Not found', { status: 404, headers: headers('text/plain; charset=utf-8') })
    return new Response(new Uint8Array(body), { headers: headers(types[extname(file)] ?? 'application/octet-stream') })
  })
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escape = (text: string): string => text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign)

/** The empty page for paper with a sheet on it. Its policy allows no script, whatever stands in a letter. */
export const withSheet = (page: string, sheet: Sheet): string =>
  page
    .replace('<html lang="en">', () => `<html lang="en" class="size-${sheet.textSize}">`)
    .replace('<title></title>', () => `<title>${escape(sheet.title)}</title>`)
    .replace('<body></body>', () => `<body>${sheet.body}</body>`)

/** What a picture of the sheet shows; null for any other address. */
export const photoForRequest = (sheet: Sheet | null, address: string): SheetPhoto | null =>
  address.startsWith(`${appOrigin}/`) ? (sheet?.photos.get(address.slice(appOrigin.length + 1)) ?? null) : null

/** Answers the scheme for paper: its style and letters from the folder of built pages, and from memory the sheet that is being printed with its photos. */
export const servePaper = (session: Session, folder: string, sheet: () => Sheet | null): void => {
  session.protocol.handle('app', async (request) => {
    const file = request.method === 'GET' ? fileForRequest(folder, request.url) : null
    const body = file === null ? null : await readFile(file).catch(() => null)
    const type = types[extname(file ?? '')] ?? 'text/plain; charset=utf-8'
    const printed = sheet()
    const photo = request.method === 'GET' ? photoForRequest(printed, request.url) : null
    const noScripts = { ...headers(photo === null ? type : `image/${photo.type}`), 'content-security-policy': contentSecurityPolicy.replace("script-src 'self'", "script-src 'none'") }
    if (photo !== null) return new Response(new Uint8Array(photo.bytes), { headers: noScripts })
    if (file === null || body === null || type.startsWith('text/javascript')) return new Response('Not found', { status: 404, headers: noScripts })
    if (!file.endsWith('paper.html')) return new Response(new Uint8Array(body), { headers: noScripts })
    return printed === null ? new Response('Not found', { status: 404, headers: noScripts }) : new Response(withSheet(body.toString('utf8'), printed), { headers: noScripts })
  })
}
