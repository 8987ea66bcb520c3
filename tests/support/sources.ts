/** The project's own files as text and as syntax, read straight from the disk: no tool's ignore comments apply here. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

export const read = (path: string): string => readFileSync(join(projectFolder, path), 'utf8')
export const exists = (path: string): boolean => existsSync(join(projectFolder, path))

/** Every file below a folder, as project paths with `/`. */
export const filesBelow = (folder: string): readonly string[] => {
  const start = join(projectFolder, folder)
  if (!existsSync(start)) return []
  return readdirSync(start, { recursive: true, encoding: 'utf8' })
    .map((name) => join(start, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(projectFolder, path).split(sep).join('/'))
    .sort()
}

/** What git keeps, or would keep at the next commit; in a copy without git, everything but what is made by a build. */
export const keptFiles = (): readonly string[] => {
  try {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: projectFolder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return listed.split('\0').filter((path) => path !== '' && exists(path))
  } catch {
    const made = /^(node_modules|out|\.git|\.cache|tour|test-results|coverage|playwright-report)(\/|$)/
    return readdirSync(projectFolder)
      .filter((name) => !made.test(name))
      .flatMap((name) => (statSync(join(projectFolder, name)).isFile() ? [name] : filesBelow(name)))
  }
}

const isCode = (path: string): boolean => /\.(ts|vue|mjs|cjs|js)$/.test(path)
export const mainSources = (): readonly string[] => filesBelow('src-main').filter(isCode)
export const windowSources = (): readonly string[] => filesBelow('src-renderer').filter(isCode)
export const productSources = (): readonly string[] => [...mainSources(), ...windowSources()]
export const testSources = (): readonly string[] => filesBelow('tests').filter(isCode)

/** The scripts of a file: itself, or the `<script>` blocks of a Vue file. */
export const scriptOf = (path: string, text = read(path)): string =>
  path.endsWith('.vue') ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '').join('\n') : text

const parse = (path: string, text?: string): ts.SourceFile => ts.createSourceFile(path, scriptOf(path, text), ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS)

const parsed = new Map<string, ts.SourceFile>()
/** The syntax of a file on disk (parsed once), or of a text that stands in for it. */
export const syntaxOf = (path: string, text?: string): ts.SourceFile => {
  if (text !== undefined) return parse(path, text)
  const file = parsed.get(path) ?? parse(path)
  parsed.set(path, file)
  return file
}

const walked = new WeakMap<ts.Node, readonly ts.Node[]>()
/** Every node of a file, outer ones first. */
export const nodesOf = (root: ts.Node): readonly ts.Node[] => {
  const known = walked.get(root)
  if (known !== undefined) return known
  const all: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    all.push(node)
    ts.forEachChild(node, visit)
  }
  visit(root)
  walked.set(root, all)
  return all
}

export const lineOf = (file: ts.SourceFile, node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1

export type ImportLine = {
  readonly from: string
  /** As it is written. */
  readonly specifier: string
  /** A file of ours as a project path, or the specifier of a package. */
  readonly to: string
  readonly typeOnly: boolean
}

const aliases: readonly (readonly [string, string])[] = [
  ['@contract/', 'src-main/contract/'],
  ['@rules/', 'src-main/rules/'],
  ['@/', 'src-renderer/']
]

const onDisk = (path: string): string =>
  [path, `${path}.ts`, `${path}.vue`, `${path}.mjs`, `${path}/index.ts`].find((candidate) => exists(candidate) && statSync(join(projectFolder, candidate)).isFile()) ?? path

const resolveSpecifier = (from: string, specifier: string): string => {
  const bare = specifier.replace(/\?.*$/, '')
  if (bare.startsWith('.')) return onDisk(posix.normalize(posix.join(dirname(from), bare)))
  const alias = aliases.find(([prefix]) => bare.startsWith(prefix))
  return alias ? onDisk(alias[1] + bare.slice(alias[0].length)) : bare
}

const patterns: readonly RegExp[] = [
  // import … from '…', export … from '…'
  /(?:^|[\n;{}])[ \t]*(?:import|export)\b([^'"`;()]*?)\bfrom\s*['"]([^'"]+)['"]/g,
  // import '…'
  /(?:^|[\n;{}])[ \t]*import()\s*['"]([^'"]+)['"]/g,
  // import('…'), require('…'), and the types of either
  /\b(?:import|require)()\s*\(\s*['"`]([^'"`]+)['"`]/g
]

const isTypeOnly = (clause: string): boolean => {
  const words = clause.trim()
  if (/^type\b(?!\s*,)/.test(words)) return true
  const named = /^\{([\s\S]*)\}$/.exec(words)?.[1]
  return named !== undefined && named.split(',').filter((name) => name.trim() !== '').every((name) => /^\s*type\s/.test(name))
}

/** Import lines found by eye: text in, nothing skipped, whatever a comment says. */
export const importsOf = (path: string, text = read(path)): readonly ImportLine[] => {
  const script = scriptOf(path, text)
  return patterns.flatMap((pattern) =>
    [...script.matchAll(pattern)].map((match) => {
      const specifier = match[2] ?? ''
      return { from: path, specifier, to: resolveSpecifier(path, specifier), typeOnly: isTypeOnly(match[1] ?? '') }
    })
  )
}
