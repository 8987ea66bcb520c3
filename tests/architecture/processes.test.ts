/** One tsconfig per process: what belongs to the other process does not compile. Planted in memory, beside the real files. */
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '../support/sources'

type Plants = Readonly<Record<string, string>>

/** Compiles the project of one process with a few more files and gives the errors of those. */
const errorsOf = (config: string, plants: Plants): Readonly<Record<string, readonly string[]>> => {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
  const parsed = ts.getParsedCommandLineOfConfigFile(join(projectFolder, config), {}, host)
  if (parsed === undefined) throw new Error(`${config} cannot be read`)
  const planted = new Map(Object.entries(plants).map(([path, text]) => [join(projectFolder, path).replaceAll('\\', '/'), text]))
  const compiler = ts.createCompilerHost(parsed.options)
  const { fileExists, readFile, getSourceFile } = compiler
  compiler.fileExists = (path) => planted.has(path) || fileExists(path)
  compiler.readFile = (path) => planted.get(path) ?? readFile(path)
  compiler.getSourceFile = (path, version, ...more) => {
    const text = planted.get(path)
    return text === undefined ? getSourceFile(path, version, ...more) : ts.createSourceFile(path, text, version)
  }
  const program = ts.createProgram([...parsed.fileNames, ...planted.keys()], parsed.options, compiler)
  const messages = (path: string): readonly string[] =>
    program.getSemanticDiagnostics(program.getSourceFile(path)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
  return Object.fromEntries(Object.keys(plants).map((path) => [path, messages(join(projectFolder, path).replaceAll('\\', '/'))]))
}

const fine = 'export const planted: readonly number[] = [1]'

const pageInMain: Plants = {
  'src-main/shell/planted-document.ts': 'export const planted = document.title',
  'src-main/app/planted-window.ts': "export const planted = window.alert('x')",
  'src-main/core-planted-storage.ts': 'export const planted = localStorage.length',
  'src-main/storage/planted-element.ts': 'export const planted: HTMLElement | null = null',
  'src-main/rules/planted-navigator.ts': 'export const planted = document.cookie',
  'src-main/contract/planted-document.ts': 'export const planted = document.title',
  'src-main/service/planted-request.ts': 'export const planted = new XMLHttpRequest()'
}

const nodeInWindows: Plants = {
  'src-renderer/stores/planted-process.ts': 'export const planted = process.cwd()',
  'src-renderer/stores/planted-buffer.ts': "export const planted = Buffer.from('x')",
  'src-renderer/ui/planted-require.ts': "export const planted = require('fs')",
  'src-renderer/words/planted-folder.ts': 'export const planted = __dirname',
  'src-renderer/bridge/planted-global.ts': 'export const planted = global',
  'src-renderer/features/home/planted-immediate.ts': 'export const planted = setImmediate(() => undefined)',
  'src-renderer/stores/planted-file.ts': "import { readFileSync } from 'node:fs'\nexport const planted = readFileSync",
  // Both processes read these two rooms, so neither may speak of the one or the other.
  'src-main/contract/planted-process.ts': 'export const planted = process.cwd()',
  'src-main/rules/planted-buffer.ts': "export const planted = Buffer.from('x')"
}

const loose: Plants = {
  'src-main/app/planted-null.ts': 'export const planted = (text: string | null): number => text.length',
  'src-main/app/planted-empty-list.ts': 'export const planted = (list: readonly string[]): string => list[0]',
  'src-main/app/planted-undefined.ts': 'export const planted: { readonly a?: string } = { a: undefined }',
  'src-main/app/planted-unused.ts': 'const planted = 1\nexport const other = 2',
  'src-main/app/planted-unknown.ts': 'export const planted = (thing) => thing',
  'src-main/app/planted-type-as-value.ts': "import { Result } from '../contract/result'\nexport type Planted = Result<string>",
  'src-main/ipc/planted-missing-handler.ts':
    "import type { CommandName, CoreCommandName } from '../contract/commands'\nexport const planted: { readonly [N in Exclude<CommandName, CoreCommandName>]: () => void } = { 'settings.get': () => undefined }",
  'src-main/app/planted-unlisted-failure.ts': "import { failure } from '../contract/result'\nexport const planted = failure('SOMETHING_ELSE')",
  'src-main/app/planted-wrong-input.ts': "import type { CommandInput } from '../contract/commands'\nexport const planted: CommandInput<'letters.send'> = { ticket: 1 }"
}

const main = errorsOf('tsconfig.main.json', { ...pageInMain, ...loose, 'src-main/app/planted-fine.ts': fine })
const windows = errorsOf('tsconfig.renderer.json', { ...nodeInWindows, 'src-renderer/stores/planted-fine.ts': fine })

describe('does not compile', () => {
  it.each(Object.keys(pageInMain))('a call of the page in main: %s', (path) => {
    expect(main[path]).toEqual([expect.stringMatching(/^Cannot find name/)])
  })
  it.each(Object.keys(nodeInWindows))('a call of Node in a window: %s', (path) => {
    expect(windows[path]).toEqual([expect.stringMatching(/^Cannot find (name|module)/)])
  })
  it.each(Object.keys(loose))('a loose end: %s', (path) => {
    expect(main[path]).not.toEqual([])
  })
})

it('an ordinary line compiles', () => {
  expect(main['src-main/app/planted-fine.ts']).toEqual([])
  expect(windows['src-renderer/stores/planted-fine.ts']).toEqual([])
})
