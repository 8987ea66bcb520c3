/** The house rules (README, "How we write"), read from the files themselves; each finder first proves that it can see. */
import { describe, expect, it } from 'vitest'
import { exists, filesBelow, keptFiles, mainSources, productSources, read, testSources, windowSources } from '../support/sources'
import {
  anyTypes,
  browserStores,
  callsOf,
  defaultExports,
  enums,
  htmlSinks,
  leftOutTests,
  looseEnds,
  networkAddresses,
  newOf,
  ownTimeOrChance,
  questionsAboutTests,
  sql,
  unsafeElectron,
  type Finder
} from './findings'

const inFiles = (finder: Finder, paths: readonly string[]): readonly string[] => paths.flatMap((path) => finder(path))
const isTs = (path: string): boolean => path.endsWith('.ts')
const config = /(^|\/)[\w.-]+\.config\.ts$/
const rooms = (...names: readonly string[]): readonly string[] => mainSources().filter((path) => names.some((name) => path.startsWith(`src-main/${name}/`)))

describe('each finder sees what it looks for', () => {
  const plants: readonly (readonly [string, Finder, readonly string[], readonly string[]])[] = [
    ['default exports', defaultExports, ['export default 1', 'export default function f() {}', 'export default class {}', 'const a = 1\nexport { a as default }'], ['export const a = 1', '// export default 1']],
    ['any', anyTypes, ['let a: any', 'const f = (a: unknown) => a as any', 'type T = Record<string, any>'], ['let any = 1', '// any']],
    ['enum', enums, ['enum A { B }', 'export const enum A { B }'], ['const a = { enum: 1 }']],
    ['left-out tests', leftOutTests, ["it.only('a', () => {})", "describe.skip('a', () => {})", "test.describe.only('a', () => {})", "it.skip.each([1])('a', () => {})", "xit('a', () => {})", "test.fixme('a')", 'test.skip()'], ["fc.skip('a')", 'list.only', '// it.only']],
    ['HTML', htmlSinks, ['a.innerHTML = b', "h('p', { innerHTML: a })", 'document.write(a)', "eval('1')", "new Function('a')", 'a.insertAdjacentHTML(b, c)'], ['stream.write(a)', '// innerHTML']],
    ['browser stores', browserStores, ["localStorage.setItem('a', 'b')", 'window.sessionStorage', 'indexedDB.open(a)'], ["const a = 'localStorage'"]],
    ['unsafe Electron', unsafeElectron, ['win.loadFile(a)', 'shell.openExternal(a)', 'ipcRenderer.sendSync(a)', 'const p = { nodeIntegration: true }', 'const p = { sandbox: false }', 'const p = { contextIsolation: false }', "const p = { 'webviewTag': true }", 'const p = { experimentalFeatures: false }'], ['const p = { nodeIntegration: false, sandbox: true }', 'win.loadURL(a)']],
    ['network addresses', networkAddresses, ["const a = 'http://example.org'", 'const a = `wss://${b}`', "const a = 'https:' + b", '<img src="http://a.b/c">', 'url(file:///etc/passwd)'], ['xmlns="http://www.w3.org/2000/svg"', "const rows: 'x'"]],
    ['own time or chance', ownTimeOrChance, ['Date.now()', 'Math.random()', 'new Date()', 'setTimeout(a, 1)'], ['new Date(at)', 'clock.now()']],
    ['questions about tests', questionsAboutTests, ['process.env.CI', 'if (import.meta.env.DEV) a()'], ["const a = 'process.env'"]],
    ['SQL', sql, ["db.prepare('SELECT 1 FROM a')", 'db.exec(`CREATE TABLE a (b)`)', 'db.exec(`UPDATE a SET b = ${c}`)'], ["const a = 'Select a person from the list'", "'Please update a contact'"]],
    ['loose ends', looseEnds, ['// TODO later', '// @ts-ignore', '/* eslint-disable */'], ['// to do']],
    ['calls', callsOf('ipcMain.handle'), ["ipcMain.handle('a', b)"], ["ipcMain.on('a', b)"]]
  ]
  it.each(plants.flatMap(([name, finder, bad]) => bad.map((text) => [name, text, finder] as const)))('%s in %j', (_name, text, finder) => {
    expect(finder('planted.ts', text)).not.toEqual([])
  })
  it.each(plants.flatMap(([name, finder, , good]) => good.map((text) => [name, text, finder] as const)))('%s, and not in %j', (_name, text, finder) => {
    expect(finder('planted.ts', text)).toEqual([])
  })
  it('HTML in a Vue file', () => {
    expect(htmlSinks('Planted.vue', '<template><p v-html="letter" /></template>')).not.toEqual([])
    expect(htmlSinks('Planted.vue', '<script setup lang="ts">\na.innerHTML = b\n</script>')).not.toEqual([])
    expect(htmlSinks('Planted.vue', '<template><p>{{ letter }}</p></template>')).toEqual([])
  })
})

describe('language', () => {
  it('no default exports', () => {
    expect(inFiles(defaultExports, [...productSources(), ...testSources(), ...keptFiles().filter((path) => isTs(path))].filter((path) => isTs(path) && !config.test(path)))).toEqual([])
  })
  it('no any', () => {
    expect(inFiles(anyTypes, [...productSources(), ...testSources()])).toEqual([])
  })
  it('no enum', () => {
    expect(inFiles(enums, [...productSources(), ...testSources()])).toEqual([])
  })
  it('no test is left out', () => {
    expect(inFiles(leftOutTests, testSources())).toEqual([])
  })
  it('no loose ends and no check switched off', () => {
    expect(inFiles(looseEnds, [...productSources(), ...testSources().filter((path) => !path.startsWith('tests/architecture/')), ...filesBelow('scripts').filter((path) => path.endsWith('.mjs'))])).toEqual([])
  })
})

describe('safety', () => {
  it('text never becomes a page', () => {
    expect(inFiles(htmlSinks, productSources())).toEqual([])
  })
  it('windows keep nothing in the browser', () => {
    expect(inFiles(browserStores, windowSources())).toEqual([])
  })
  it('Electron is used in its safe forms only (checklist 2-4, 6, 8-11, 15, 18)', () => {
    expect(inFiles(unsafeElectron, mainSources())).toEqual([])
  })
  it('no address of any network (checklist 1)', () => {
    const files = [...filesBelow('src-main'), ...filesBelow('src-renderer')].filter((path) => !path.endsWith('.md'))
    expect(inFiles(networkAddresses, files)).toEqual([])
  })
  it('one door: handlers are registered in ipc alone, through one call', () => {
    expect(inFiles(callsOf('ipcMain.handle'), mainSources()).length).toBe(1)
    expect(inFiles(callsOf('ipcMain.handle'), ['src-main/ipc/register.ts']).length).toBe(1)
    for (const other of ['ipcMain.once', 'ipcMain.handleOnce', 'ipcRenderer.postMessage']) {
      expect(inFiles(callsOf(other), mainSources()), other).toEqual([])
    }
    // Beside it, from the preload alone and past the page: where a dropped file lies.
    for (const [call, place] of [['ipcMain.on', 'src-main/ipc/dropped-files.ts'], ['ipcRenderer.send', 'src-main/preload/index.ts']] as const) {
      expect(inFiles(callsOf(call), mainSources()).map((found) => found.split(':')[0]), call).toEqual([place])
    }
  })
  it('windows are made in two places, one for people and one for paper, with every guard', () => {
    expect(inFiles(newOf('BrowserWindow'), mainSources()).map((found) => found.split(':')[0]).sort()).toEqual(['src-main/shell/paper-window.ts', 'src-main/shell/windows.ts'])
    expect(inFiles(newOf('WebContentsView'), mainSources())).toEqual([])
    for (const path of ['src-main/shell/windows.ts', 'src-main/shell/paper-window.ts']) {
      for (const line of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false', 'webSecurity: true', 'denyNavigation(', 'denyNewWindows(', 'denyWebviews(', 'denyPeers(']) {
        expect(read(path), `${path}: ${line}`).toContain(line)
      }
    }
    for (const line of ['javascript: false', "fromPartition('paper')", 'denyNetwork(', 'denyPermissions(']) expect(read('src-main/shell/paper-window.ts'), line).toContain(line)
  })
  it('the sandbox is asked for before Electron is ready', () => {
    const index = read('src-main/index.ts')
    expect(index.indexOf('enableSandbox()')).toBeGreaterThan(0)
    expect(index.indexOf('enableSandbox()')).toBeLessThan(index.indexOf('whenReady()'))
    const users = mainSources().filter((path) => read(path).includes('no-sandbox'))
    expect(users).toEqual(['src-main/shell/enable-sandbox.ts'])
  })
  it('every commit is durable: nothing lowers synchronous', () => {
    expect(mainSources().filter((path) => /synchronous\s*=\s*(NORMAL|OFF|0|1)\b/i.test(read(path)))).toEqual([])
  })
})

describe('rooms keep to themselves', () => {
  it('time, chance and timers come as arguments', () => {
    expect(inFiles(ownTimeOrChance, [...rooms('contract', 'rules', 'wire', 'storage', 'app', 'exchange', 'documents', 'sync', 'service'), 'src-main/core.ts'])).toEqual([])
  })
  it('nothing asks whether it is under test', () => {
    expect(inFiles(questionsAboutTests, productSources())).toEqual([])
  })
  it('SQL is known in storage and in the service alone', () => {
    expect(inFiles(sql, productSources().filter((path) => !/^src-main\/(storage|service)\//.test(path)))).toEqual([])
  })
  it('only the bridge touches window.epistle', () => {
    const users = windowSources().filter((path) => /\bwindow\.epistle\b|\bglobalThis\.epistle\b/.test(read(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
    expect(users).toEqual(['src-renderer/bridge/index.ts'])
  })
})

/** Longer than a page or two needs a reason. */
const longFiles: Readonly<Record<string, string>> = {
  'src-renderer/features/letters/draft-editor.ts': "the edit buffer's one state machine: what may overwrite what is only safe to read in one place",
  'tests/integration/storage/archive.test.ts': 'one archive is filled once and asked everything',
  'tests/unit/storage/tables.test.ts': 'a few lines for each table of a mailbox',
  'src-main/core.ts': 'every part of the app is put together here, once',
  'src-main/contract/views.ts': 'one list of everything main shows; read like a dictionary',
  'src-main/rules/common-passwords.ts': 'a list of words',
  'src-main/contract/commands.ts': 'one list of everything a window may ask for',
  'src-main/app/commands.ts': 'one list of what answers each of them',
  'tests/unit/storage/schema.test.ts': 'everything the schema refuses, a line each',
  'src-main/wire/messages.ts': 'one list of everything that passes between us and the service',
  'tests/support/volunteer.ts': 'everything a volunteer does, in the words of the screens',
  'tests/e2e/wrong-input.e2e.ts': 'a table of wrong entries',
  'tests/unit/renderer/draft-editor.test.ts': 'the editor’s promises, one below the other'
}
const longest = 300

describe('files', () => {
  const code = keptFiles().filter((path) => /^(src-main|src-renderer|tests|scripts)\/.*\.(ts|vue|mjs|cjs|css)$/.test(path))

  it(`none is longer than ${longest} lines without a reason`, () => {
    const long = code.filter((path) => read(path).trimEnd().split('\n').length > longest)
    expect(long.filter((path) => !(path in longFiles)).map((path) => `${path}: ${read(path).split('\n').length} lines`)).toEqual([])
    expect(Object.keys(longFiles).filter((path) => !code.includes(path)), 'a reason for a file that is gone').toEqual([])
  })
  it('names are kebab-case, screens and parts PascalCase, and say what is inside', () => {
    const wrong = code.filter((path) => {
      const name = path.split('/').at(-1) ?? ''
      return /manager|helper|util|misc|stuff/i.test(name) || !(/^[A-Z][A-Za-z]*\.vue$/.test(name) || /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.(ts|mjs|cjs|css)$/.test(name))
    })
    expect(wrong).toEqual([])
  })
  it('every room with a decision explains itself', () => {
    const decided = ['contract', 'rules', 'wire', 'storage', 'app', 'exchange', 'documents', 'sync', 'service', 'settings', 'ipc', 'shell'].map((room) => `src-main/${room}`)
    const silent = [...decided, 'src-renderer/ui', 'src-renderer/styles', 'resources/service', 'resources/help'].filter((room) => !exists(`${room}/README.md`))
    expect(silent).toEqual([])
    for (const room of decided) expect(read(`${room}/README.md`).trim().split('\n').length, `${room}/README.md is short`).toBeLessThan(120)
  })
})

describe('what git keeps', () => {
  const isText = (path: string): boolean => !/\.(png|ico|icns|jpe?g|woff2?|db|docx|zip|gif|pdf)$/i.test(path)
  const texts = keptFiles().filter(isText)
  const found = (pattern: RegExp, paths = texts): readonly string[] =>
    paths.flatMap((path) => read(path).split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 120)}`] : [])))

  it('names no package registry and no mirror', () => {
    expect(found(/https?:\/\/[\w.-]*(registry|npmjs|npmmirror|artifactory|nexus|verdaccio|yarnpkg)[\w.-]*/i)).toEqual([])
    expect(found(/"resolved"\s*:/, texts.filter((path) => path.endsWith('package-lock.json')))).toEqual([])
  })
  it('names no folder and no machine of a developer', () => {
    const folders = new RegExp(['root', 'work', 'Users', 'home/[a-z]+', 'workspaces?', 'mnt', 'private/tmp'].map((name) => `(?:^|[\\s"'\`(=:])/${name}/`).join('|'))
    expect(found(folders)).toEqual([])
    expect(found(/[A-Z]:\\\\?Users\\/)).toEqual([])
    expect(found(/\b(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}:\d{2,5}\b/)).toEqual([])
  })
  it('keeps nothing that is made or secret', () => {
    expect(keptFiles().filter((path) => /^(out|node_modules|tour|test-results|coverage|\.cache)\//.test(path) || /\.(db|db-wal|db-shm|log|pem|key|env)$/.test(path))).toEqual([])
  })
})
