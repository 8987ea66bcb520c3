/** Reads the import lines of every file by itself, so that no comment for a checker can hide a breach. */
import { describe, expect, it } from 'vitest'
import { importsOf, productSources, type ImportLine } from '../support/sources'
import { breachOf, mayUseElectron } from './rooms'

const allLines = (): readonly ImportLine[] => productSources().flatMap((path) => importsOf(path))

describe('the eye', () => {
  const seen = (text: string, path = 'src-main/rules/planted.ts') => importsOf(path, text).map(({ to, typeOnly }) => [to, typeOnly])

  it.each([
    ["import { app } from 'electron'", 'electron', false],
    ["import electron from 'electron'", 'electron', false],
    ["import * as e from 'electron'", 'electron', false],
    ["import 'electron'", 'electron', false],
    ["import type { App } from 'electron'", 'electron', true],
    ["import { type App, type Menu } from 'electron'", 'electron', true],
    ["import { type App, Menu } from 'electron'", 'electron', false],
    ["import type, { app } from 'electron'", 'electron', false],
    ["import {\n  app,\n  Menu\n} from 'electron'", 'electron', false],
    ["export { app } from 'electron'", 'electron', false],
    ["export * from 'electron'", 'electron', false],
    ["const e = await import('electron')", 'electron', false],
    ["const e = require('electron')", 'electron', false],
    ["type App = import('electron').App", 'electron', false],
    ["// eslint-disable-next-line\nimport { app } from 'electron'", 'electron', false],
    ["/* eslint-disable */\nimport { app } from 'electron' // dependency-cruiser-disable-line", 'electron', false],
    ["import a from './text'; import { app } from 'electron'", 'electron', false]
  ])('sees %j', (text, to, typeOnly) => {
    expect(seen(text)).toContainEqual([to, typeOnly])
  })

  it('finds the file behind a name', () => {
    expect(seen("import { x } from './text'")).toEqual([['src-main/rules/text.ts', false]])
    expect(seen("import { x } from '../storage/mailbox'")).toEqual([['src-main/storage/mailbox/index.ts', false]])
    expect(seen("import { x } from '@contract/result'", 'src-renderer/App.vue').length).toBe(0)
    expect(seen("<script setup lang=\"ts\">\nimport { x } from '@contract/result'\n</script>", 'src-renderer/App.vue')).toEqual([['src-main/contract/result.ts', false]])
    expect(seen("<script>\nimport C from '@/ui/Card.vue'\n</script>", 'src-renderer/App.vue')).toEqual([['src-renderer/ui/Card.vue', false]])
  })

  it('every import of ours leads to a file', () => {
    const lost = allLines().filter(({ specifier, to }) => (specifier.startsWith('.') || specifier.startsWith('@/')) && !/\.(ts|vue|css|svg|md|json|mjs)$|\*/.test(to))
    expect(lost).toEqual([])
    expect(allLines().length).toBeGreaterThan(500)
  })
})

describe('who imports whom', () => {
  it('no import line leads where its room may not go', () => {
    const breaches = allLines().flatMap(({ from, to, typeOnly }) => {
      const why = breachOf(from, to, typeOnly)
      return why === null ? [] : [`${from} imports ${to}: ${why}`]
    })
    expect(breaches).toEqual([])
  })

  it('electron is imported in index, preload, ipc and shell, and nowhere else', () => {
    const users = new Set(allLines().filter(({ to }) => to === 'electron').map(({ from }) => from))
    expect([...users].filter((path) => !mayUseElectron(path))).toEqual([])
    expect(users.size).toBeGreaterThan(5)
  })

  it('no file asks a checker to look away from an import', () => {
    const silenced = productSources().filter((path) => importsOf(path).length > 0 && /dependency-cruiser-disable|eslint-disable[^\n]*(import|restricted)/.test(path))
    expect(silenced).toEqual([])
  })

  it.each([
    ['src-main/rules/a.ts', 'src-main/contract/result.ts', false],
    ['src-main/storage/a.ts', 'src-main/app/commands.ts', true],
    ['src-main/app/a.ts', 'src-main/wire/messages.ts', true],
    ['src-main/app/a.ts', 'node:fs', false],
    ['src-main/sync/a.ts', 'src-main/storage/mailbox/index.ts', false],
    ['src-main/sync/a.ts', 'src-main/app/commands.ts', true],
    ['src-main/service/a.ts', 'src-main/contract/views.ts', true],
    ['src-main/ipc/a.ts', 'src-main/core.ts', true],
    ['src-main/preload/a.ts', 'src-main/contract/commands.ts', true],
    ['src-main/preload/a.ts', 'node:fs', false],
    ['src-main/shell/a.ts', 'better-sqlite3', false],
    ['src-main/core.ts', 'electron', false],
    ['src-renderer/ui/A.vue', 'src-renderer/stores/home.ts', false],
    ['src-renderer/features/home/A.vue', 'src-renderer/features/inbox/B.vue', false],
    ['src-renderer/stores/a.ts', 'src-main/storage/open.ts', true],
    ['src-renderer/stores/a.ts', 'node:fs', false],
    ['src-renderer/stores/a.ts', 'zod', false]
  ])('the table refuses %s -> %s', (from, to, typeOnly) => {
    expect(breachOf(from, to, typeOnly)).not.toBeNull()
  })
})
