/** What a house rule looks for: each finder gives the lines that break it. Syntax, not text, so a word in a comment is no breach. */
import ts from 'typescript'
import { lineOf, nodesOf, read, scriptOf, syntaxOf } from '../support/sources'

/** `path:line what` for everything found in one file. */
export type Finder = (path: string, text?: string) => readonly string[]

const bySyntax =
  (what: (node: ts.Node, path: string) => string | null): Finder =>
  (path, text) => {
    const file = syntaxOf(path, text)
    return nodesOf(file).flatMap((node) => {
      const found = what(node, path)
      return found === null ? [] : [`${path}:${lineOf(file, node)} ${found}`]
    })
  }

const byText =
  (pattern: RegExp, allowed: RegExp | null = null): Finder =>
  (path, text = read(path)) =>
    text.split('\n').flatMap((line, index) => {
      const left = allowed === null ? line : line.replaceAll(allowed, '')
      const match = pattern.exec(left)
      return match === null ? [] : [`${path}:${index + 1} ${match[0]}`]
    })

export const defaultExports = bySyntax((node) => {
  if (ts.isExportAssignment(node)) return 'export default'
  const modified = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)
  return modified === true || (ts.isExportSpecifier(node) && node.name.text === 'default') ? 'export default' : null
})

export const anyTypes = bySyntax((node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'any' : null))
export const enums = bySyntax((node) => (ts.isEnumDeclaration(node) ? `enum ${node.name.text}` : null))

const leftOut = /^(only|skip|todo|fixme|fail|fails|skipIf|runIf|failing)$/
const testWords = /^(it|test|describe|suite|bench)$/
export const leftOutTests = bySyntax((node) => {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && /^(x|f)(it|describe|test)$/.test(node.expression.text)) return node.expression.text
  if (!ts.isPropertyAccessExpression(node) || !leftOut.test(node.name.text)) return null
  const root = node.getText().split(/[.(\s]/)[0] ?? ''
  return testWords.test(root) ? node.getText() : null
})

/** Ways for text to become a page, or code. */
export const htmlSinks: Finder = (path, text) => [
  ...bySyntax((node) => {
    if (ts.isPropertyAccessExpression(node) && /^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|createContextualFragment|setHTMLUnsafe|write|writeln)$/.test(node.name.text))
      return /^(write|writeln)$/.test(node.name.text) && node.expression.getText() !== 'document' ? null : node.getText()
    if (ts.isPropertyAssignment(node) && /^['"]?(innerHTML|srcdoc)['"]?$/.test(node.name.getText())) return node.name.getText()
    if (ts.isCallExpression(node) && node.expression.getText() === 'eval') return 'eval'
    return ts.isNewExpression(node) && node.expression.getText() === 'Function' ? 'new Function' : null
  })(path, text),
  ...(path.endsWith('.vue') ? byText(/\bv-html\b|:innerHTML|:srcdoc|<iframe|<webview|<object|<embed/)(path, text) : [])
]

/** Letters must not be left behind in the browser's own stores. */
export const browserStores = bySyntax((node) =>
  ts.isIdentifier(node) && /^(localStorage|sessionStorage|indexedDB|caches|cookieStore)$/.test(node.text) ? node.text : null
)

const forbiddenCalls = /^(sendSync|loadFile|openExternal|executeJavaScript|executeJavaScriptInIsolatedWorld|openPath|registerFileProtocol|interceptFileProtocol)$/
const forbiddenPreferences: Readonly<Record<string, 'true' | 'false' | 'present'>> = {
  nodeIntegration: 'true',
  nodeIntegrationInWorker: 'true',
  nodeIntegrationInSubFrames: 'true',
  contextIsolation: 'false',
  sandbox: 'false',
  webSecurity: 'false',
  webviewTag: 'true',
  allowRunningInsecureContent: 'present',
  experimentalFeatures: 'present',
  enableBlinkFeatures: 'present',
  disableBlinkFeatures: 'present',
  bypassCSP: 'present',
  corsEnabled: 'present',
  allowServiceWorkers: 'present'
}
export const unsafeElectron = bySyntax((node) => {
  if (ts.isPropertyAccessExpression(node) && forbiddenCalls.test(node.name.text)) return node.name.text
  if (!ts.isPropertyAssignment(node)) return null
  const name = node.name.getText().replace(/['"]/g, '')
  const wrong = Object.hasOwn(forbiddenPreferences, name) ? forbiddenPreferences[name] : undefined
  const value = node.initializer.getText()
  return wrong !== undefined && (wrong === 'present' || value === wrong) ? `${name}: ${value}` : null
})

/** The namespaces of SVG and XHTML are names, not places. */
const names = /https?:\/\/www\.w3\.org\/[\w/]*/g
export const networkAddresses = byText(/\b(https?|wss?|ftp|file):\/\/[\w$%{/]|['"](https?|wss?|ftp|file):/, names)

const clocks = bySyntax((node) => {
  if (ts.isCallExpression(node) && /^(Date\.now|Math\.random|performance\.now|crypto\.randomUUID|randomUUID|setTimeout|setInterval)$/.test(node.expression.getText())) return node.expression.getText()
  return ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0 ? 'new Date()' : null
})
export const ownTimeOrChance = clocks

/** Product code never asks whether it is under test. */
export const questionsAboutTests = bySyntax((node) => {
  if (ts.isPropertyAccessExpression(node) && /^(process\.env|import\.meta\.env|import\.meta\.vitest)$/.test(node.getText())) return node.getText()
  return ts.isIdentifier(node) && /^(VITEST|PLAYWRIGHT|NODE_ENV|JEST_WORKER_ID|__TEST__)$/.test(node.text) ? node.text : null
})

export const sql = bySyntax((node) =>
  (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && /\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|TRIGGER|INDEX)|PRAGMA\s)/.test(node.text)
    ? node.text.trim().slice(0, 40)
    : null
)

/** Calls of a function by its whole name, e.g. `ipcMain.handle`. */
export const callsOf = (name: string): Finder => bySyntax((node) => (ts.isCallExpression(node) && node.expression.getText() === name ? name : null))
export const newOf = (name: string): Finder => bySyntax((node) => (ts.isNewExpression(node) && node.expression.getText() === name ? `new ${name}` : null))

/** Left-over notes and switched-off checks. */
export const looseEnds: Finder = (path, text = scriptOf(path)) => byText(/\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck|expect-error)|eslint-disable|v8 ignore|istanbul ignore/)(path, text)
