/** The checker that `npm run lint` uses: it finds nothing in the project, and it finds every breach planted in a copy of its rooms. */
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectFolder, read } from '../support/sources'
import { reach, rooms } from './rooms'

type Rule = { readonly name: string; readonly severity: string }
type Config = { readonly forbidden: readonly Rule[]; readonly options: ICruiseOptions }
const config = createRequire(import.meta.url)(join(projectFolder, '.dependency-cruiser.cjs')) as Config

const run = async (folder: string): Promise<ICruiseResult> => {
  const options = { ...config.options, baseDir: folder, validate: true, ruleSet: { forbidden: [...config.forbidden] } } as ICruiseOptions
  const before = process.cwd()
  // The checker reads its paths from where it is started.
  process.chdir(folder)
  try {
    const result = await cruise(['src-main', 'src-renderer'], options, undefined, { tsConfig: extractTsConfig('tsconfig.depcruise.json') })
    return result.output as ICruiseResult
  } finally {
    process.chdir(before)
  }
}

/** A breach: where it stands, what is written there, the rule that must name it. */
type Plant = { readonly at: string; readonly text: string; readonly rule: string }

const use = (specifier: string): string => `import { thing } from '${specifier}'\nexport const planted = thing\n`
const useType = (specifier: string): string => `import type { Thing } from '${specifier}'\nexport type Planted = Thing\n`
const useAll = (specifier: string): string => `import * as all from '${specifier}'\nexport const planted = all\n`
const inVue = (script: string): string => `<script setup lang="ts">\n${script}</script>\n<template><p>planted</p></template>\n`

const roomPlants: readonly Plant[] = rooms.flatMap((from) =>
  rooms
    .filter((to) => to !== from && reach[from][to] === undefined)
    .map((to) => ({ at: `src-main/${from}/knows-${to}.ts`, text: use(`../${to}/thing`), rule: `${from}-reaches-only-its-neighbours` }))
)

const corePlants: readonly Plant[] = rooms.map((from) => ({ at: `src-main/${from}/knows-core.ts`, text: useType('../core'), rule: `${from}-reaches-only-its-neighbours` }))
const windowPlants: readonly Plant[] = rooms.map((from) => ({
  at: `src-main/${from}/knows-windows.ts`,
  text: use('../../src-renderer/ui/thing'),
  rule: `${from}-reaches-only-its-neighbours`
}))

const packagePlants: readonly Plant[] = [
  ...['contract', 'rules', 'wire', 'storage', 'app', 'exchange', 'documents', 'sync', 'service'].map((room) => ({ at: `src-main/${room}/with-electron.ts`, text: "import { app } from 'electron'\nexport const planted = app\n", rule: `${room}-stays-without-electron` })),
  ...['contract', 'rules'].map((room) => ({ at: `src-main/${room}/with-node.ts`, text: "import { readFileSync } from 'node:fs'\nexport const planted = readFileSync\n", rule: `${room}-stays-without-node` })),
  ...['rules', 'wire', 'app', 'exchange', 'documents', 'sync', 'ipc', 'shell', 'settings'].flatMap((room) =>
    ['better-sqlite3', 'kysely'].map((name) => ({ at: `src-main/${room}/with-${name}.ts`, text: useAll(name), rule: `${room}-stays-without-sql` }))
  )
]

const otherPlants: readonly Plant[] = [
  { at: 'src-main/app/round-1.ts', text: use('./round-2'), rule: 'no-cycles' },
  { at: 'src-renderer/stores/round-1.ts', text: use('./round-2'), rule: 'no-cycles' },
  { at: 'src-main/rules/contract-value.ts', text: use('../contract/thing'), rule: 'rules-know-only-the-types-of-the-contract' },
  { at: 'src-main/storage/contract-value.ts', text: use('../contract/thing'), rule: 'storage-knows-only-the-types-of-the-contract' },
  { at: 'src-main/app/documents-value.ts', text: use('../documents/thing'), rule: 'app-knows-only-the-types-of-documents' },
  { at: 'src-main/exchange/contract-value.ts', text: use('../contract/thing'), rule: 'exchange-knows-only-the-types-of-the-contract' },
  { at: 'src-main/sync/storage-value.ts', text: use('../storage/thing'), rule: 'sync-knows-only-the-types-of-storage' },
  { at: 'src-main/sync/app-commands.ts', text: use('../app/commands'), rule: 'sync-reaches-only-its-neighbours' },
  { at: 'src-main/preload/with-zod.ts', text: useAll('zod'), rule: 'preload-carries-no-schemas' },
  { at: 'src-main/preload/with-commands.ts', text: use('../contract/commands'), rule: 'preload-carries-no-schemas' },
  { at: 'src-main/core-with-electron.ts', text: useAll('electron'), rule: 'electron-only-at-the-edge' },
  { at: 'src-main/settings/with-electron.ts', text: useAll('electron'), rule: 'electron-only-at-the-edge' },
  { at: 'src-renderer/stores/with-electron.ts', text: useAll('electron'), rule: 'electron-only-at-the-edge' },
  ...rooms
    .filter((room) => room !== 'contract' && room !== 'rules')
    .map((room) => ({ at: `src-renderer/stores/knows-${room}.ts`, text: useType(`../../src-main/${room}/thing`), rule: 'windows-know-only-contract-and-rules' })),
  { at: 'src-renderer/features/home/KnowsApp.vue', text: inVue(use('../../../src-main/app/thing')), rule: 'windows-know-only-contract-and-rules' },
  { at: 'src-renderer/stores/with-zod.ts', text: useAll('zod'), rule: 'windows-carry-no-schemas' },
  { at: 'src-renderer/stores/with-commands.ts', text: use('@contract/commands'), rule: 'windows-carry-no-schemas' },
  { at: 'src-renderer/stores/with-node.ts', text: "import { readFileSync } from 'node:fs'\nexport const planted = readFileSync\n", rule: 'windows-without-node' },
  { at: 'src-renderer/features/home/WithNode.vue', text: inVue("import { join } from 'node:path'\nconst planted = join('a')\n"), rule: 'windows-without-node' },
  { at: 'src-renderer/features/home/knows-inbox.ts', text: use('../inbox/thing'), rule: 'features-do-not-know-each-other' },
  { at: 'src-renderer/features/home/KnowsInbox.vue', text: inVue(use('@/features/inbox/thing')), rule: 'features-do-not-know-each-other' },
  ...['stores', 'bridge', 'features/inbox'].map((place) => ({ at: `src-renderer/ui/knows-${place.replace('/', '-')}.ts`, text: use(`../${place}/thing`), rule: 'ui-is-dumb' })),
  { at: 'src-renderer/ui/KnowsStores.vue', text: inVue(use('@/stores/thing')), rule: 'ui-is-dumb' },
  { at: 'src-renderer/ui/knows-the-bridge.ts', text: use('../bridge/thing'), rule: 'one-bridge' },
  // What a comment for a checker says changes nothing.
  {
    at: 'src-main/app/silenced.ts',
    text: "/* eslint-disable */\n// dependency-cruiser-disable-next-line\nimport { thing } from '../wire/thing' // dependency-cruiser-disable-line\nexport const planted = thing\n",
    rule: 'app-reaches-only-its-neighbours'
  }
]

const plants: readonly Plant[] = [...roomPlants, ...corePlants, ...windowPlants, ...packagePlants, ...otherPlants]

/** What must stay possible: a checker that refuses everything would prove nothing. */
const allowed: readonly (readonly [string, string])[] = [
  ...rooms.flatMap((from) => rooms.filter((to) => reach[from][to] !== undefined).map((to) => [`src-main/${from}/may-know-${to}.ts`, reach[from][to] === 'types' ? useType(`../${to}/thing`) : use(`../${to}/thing`)] as const)),
  ['src-main/ipc/may-electron.ts', useAll('electron')],
  ['src-main/shell/may-electron.ts', useAll('electron')],
  ['src-main/preload/may-electron.ts', useAll('electron')],
  ['src-main/storage/may-sql.ts', useAll('better-sqlite3')],
  ['src-main/service/may-sql.ts', useAll('kysely')],
  ['src-main/service/may-node.ts', useAll('node:fs')],
  ['src-main/contract/may-zod.ts', useAll('zod')],
  ['src-main/sync/may-apply.ts', use('../app/apply')],
  ['src-main/shell/may-protocol.ts', useType('../core-protocol')],
  ['src-renderer/stores/may-contract.ts', use('@contract/thing')],
  ['src-renderer/stores/may-rules.ts', use('@rules/thing')],
  ['src-renderer/stores/may-command-types.ts', useType('@contract/commands')],
  ['src-renderer/features/home/may-ui.ts', use('@/ui/thing')],
  ['src-renderer/features/home/may-own.ts', use('./thing')],
  ['src-renderer/features/home/MayStores.vue', inVue(use('@/stores/thing'))]
]

const thing = 'export const thing = 1\nexport type Thing = number\n'
const stubs: readonly string[] = [
  ...rooms.map((room) => `src-main/${room}/thing.ts`),
  'src-main/core.ts',
  'src-main/core-protocol.ts',
  'src-main/contract/commands.ts',
  'src-main/app/apply.ts',
  'src-main/app/commands.ts',
  ...['ui', 'stores', 'bridge', 'features/home', 'features/inbox'].map((place) => `src-renderer/${place}/thing.ts`)
]

describe('the project', () => {
  it('has no breach', async () => {
    const { summary, modules } = await run(projectFolder)
    expect(summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
    expect(summary.totalCruised).toBeGreaterThan(150)
    expect(modules.filter(({ source, dependencies }) => source.endsWith('.vue') && dependencies.length > 0).length, 'Vue files are read').toBeGreaterThan(20)
  })

  it('every rule is an error', () => {
    expect(config.forbidden.filter(({ severity }) => severity !== 'error')).toEqual([])
  })
})

describe('a planted breach is caught by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'epistle-planted-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const found = new Map<string, Set<string>>()

  beforeAll(async () => {
    symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const name of ['package.json', 'tsconfig.base.json', 'tsconfig.depcruise.json']) write(name, read(name))
    for (const path of stubs) write(path, thing)
    for (const { at, text } of plants) write(at, text)
    for (const [at, text] of allowed) write(at, text)
    write('src-main/app/round-2.ts', "import { planted } from './round-1'\nexport const thing = 1\nexport const back = planted\n")
    write('src-renderer/stores/round-2.ts', "import { planted } from './round-1'\nexport const thing = 1\nexport const back = planted\n")
    const { summary } = await run(folder)
    for (const { from, rule } of summary.violations) found.set(from, (found.get(from) ?? new Set()).add(rule.name))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(plants.map(({ at, rule }) => [rule, at]))('%s: %s', (rule, at) => {
    expect([...(found.get(at) ?? [])]).toContain(rule)
  })

  it('and nothing else is', () => {
    const named = new Set([...plants.map(({ at }) => at), 'src-main/app/round-2.ts', 'src-renderer/stores/round-2.ts'])
    expect([...found].filter(([from]) => !named.has(from)).map(([from, rules]) => [from, [...rules]])).toEqual([])
  })

  it('every rule of the configuration has a plant', () => {
    const planted = new Set(plants.map(({ rule }) => rule))
    expect(config.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([])
  })
})
