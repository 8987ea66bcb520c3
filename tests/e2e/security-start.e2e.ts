/** The way in: one app on one profile, pages from one folder, settings that cannot keep it from starting. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandLine, expect, projectFolder, test } from '../support/app'
import { forge } from '../support/bridge'
import { removeFolder } from '../support/remove-folder'
import { policyWords } from '../support/hostile-page'

/** Starts the app without Playwright and watches, on Linux, which data files it opens. */
const startRaw = (profileDir: string): { readonly child: ChildProcess; readonly opened: Set<string>; readonly ended: Promise<{ readonly code: number | null; readonly ms: number }> } => {
  const { command, args, env } = commandLine(profileDir)
  const began = Date.now()
  const child = spawn(command, args, { cwd: projectFolder, env, stdio: 'ignore' })
  const opened = new Set<string>()
  const look = (): void => {
    try {
      const folder = `/proc/${child.pid}/fd`
      for (const name of readdirSync(folder)) {
        const target = readlinkSync(join(folder, name))
        if (target.startsWith(profileDir) && /\.db|settings\.json|epistle\.log/.test(target)) opened.add(target)
      }
    } catch {
      // Gone, or a file that was closed meanwhile.
    }
  }
  const watch = setInterval(look, 2)
  const ended = new Promise<{ readonly code: number | null; readonly ms: number }>((resolve) => {
    child.once('exit', (code) => {
      clearInterval(watch)
      resolve({ code, ms: Date.now() - began })
    })
  })
  return { child, opened, ended }
}

test('a second start on the same profile ends by itself and opens no file of ours', async ({ startApp }) => {
  const app = await startApp()
  const files = (): readonly string[] => readdirSync(app.profileDir).filter((name) => /\.db|settings|mailboxes|logs/.test(name)).sort()
  const before = files()
  for (let start = 0; start < 3; start++) {
    const { opened, ended } = startRaw(app.profileDir)
    const { code, ms } = await ended
    expect(code).toBe(0)
    expect(ms, 'it does not wait for anybody').toBeLessThan(10_000)
    expect([...opened]).toEqual([])
  }
  expect(files()).toEqual(before)
  expect(await forge(app.page, 'app.state', {})).toMatchObject({ ok: true })
  expect(app.windows.length).toBe(1)
})

test('two starts at the same moment: one stays, the other goes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'epistle-twice-'))
  const starts = [startRaw(folder), startRaw(folder)]
  try {
    const first = await Promise.race(starts.map(async ({ ended }, index) => ({ index, ...(await ended) })))
    expect(first.code).toBe(0)
    expect([...(starts[first.index]?.opened ?? [])]).toEqual([])
    const other = starts[1 - first.index]
    await expect.poll(() => existsSync(join(folder, 'desk.db'))).toBe(true)
    expect(other?.child.exitCode).toBeNull()
  } finally {
    for (const { child, ended } of starts) {
      if (child.exitCode === null) child.kill('SIGKILL')
      await ended
    }
    removeFolder(folder)
  }
})

test('app://parish serves its folder and nothing beside it: thirty ways up end in 404 (checklist 18)', async ({ startApp }) => {
  const app = await startApp()
  app.expectTrouble(/404|Failed to load|not supported|Refused|Content Security Policy|ERR_/)
  const answers = await app.page.evaluate(async () => {
    const outside = ['main/index.js', 'main/core-thread.js', 'preload/index.cjs', 'settings.json', 'package.json', 'service.json', 'etc/passwd']
    const ups = ['../', '../../', '../../../', '..%2f', '..%2F..%2F', '%2e%2e%2f', '%2E%2E/', '.%2e/', '..%5c', '..%5C..%5C', '..%252f', '%5c..%5c', 'assets/..%2f..%2f', 'assets/../../', './..%2f', '..;/', '%00../', '..%00/']
    const paths = [...ups.flatMap((up) => outside.slice(0, 3).map((file) => up + file)), ...outside.map((file) => `../../../../${file}`), '', '%', '%zz', '%00', 'index.html%00', 'assets', 'assets/', '.'].filter((path) => path !== '' && path !== '.')
    const found: [string, number, string | null][] = []
    for (const path of paths) {
      const response = await fetch(`app://parish/${path}`).catch(() => null)
      found.push([path, response?.status ?? 0, response?.headers.get('content-security-policy') ?? null])
    }
    const files = await Promise.all(['file:///etc/passwd', 'app://other/index.html', 'app://parish.example.org/', 'chrome://version/'].map((address) => fetch(address).then((response) => response.status).catch(() => 0)))
    const own = await fetch('app://parish/index.html').then((response) => response.status)
    return { found, files, own }
  })
  expect(answers.own).toBe(200)
  expect(answers.found.length).toBeGreaterThanOrEqual(30)
  expect(answers.found.filter(([, status, policy]) => status !== 404 || policy !== policyWords)).toEqual([])
  expect(answers.files).toEqual([0, 0, 0, 0])
})

test('settings that cannot be read: the app starts on defaults, says so once, and keeps the old file', async ({ startApp }) => {
  const app = await startApp({ prepare: (profileDir) => writeFileSync(join(profileDir, 'settings.json'), '{"theme": "dark", "textSize": ') })
  await expect(app.page.getByText('Your display settings were reset (old file kept).')).toBeVisible()
  expect(readFileSync(join(app.profileDir, 'settings.json.bad'), 'utf8')).toBe('{"theme": "dark", "textSize": ')
  expect(await forge(app.page, 'settings.set', { theme: 'dark' })).toMatchObject({ ok: true, value: { theme: 'dark' } })
  await app.restart()
  expect(await forge(app.page, 'settings.get', {})).toEqual({ ok: true, value: { textSize: 100, theme: 'dark', notice: 'none' } })
  await expect(app.page.getByText('Your display settings were reset')).toBeHidden()
})

test('settings that cannot be saved are kept in memory, and the app says so', async ({ startApp }) => {
  const blocked = (profileDir: string): void => {
    // Neither the file nor its place aside can be written, whoever runs this.
    for (const name of ['settings.json', 'settings.json.bad']) mkdirSync(join(profileDir, name, 'inside'), { recursive: true })
  }
  const app = await startApp({ prepare: blocked })
  expect(await forge(app.page, 'settings.set', { textSize: 150 })).toEqual({ ok: true, value: { textSize: 150, theme: 'system', notice: 'unsaved' } })
  await expect(app.page.getByText('Settings could not be saved.')).toBeVisible()
  expect(await forge(app.page, 'settings.get', {})).toMatchObject({ value: { textSize: 150 } })
})

test('values somebody wrote by hand are brought into range: no window off every screen, no tiny text', async ({ startApp }) => {
  const wild = { theme: 'pink', textSize: 1e9, window: { width: 1, height: 1, x: -30_000, y: 30_000 }, password: 'Lantern7oak' }
  const app = await startApp({ prepare: (profileDir) => writeFileSync(join(profileDir, 'settings.json'), JSON.stringify(wild)) })
  expect(await forge(app.page, 'settings.get', {})).toEqual({ ok: true, value: { textSize: 200, theme: 'system', notice: 'reset' } })
  const { bounds, screen } = await app.electron.evaluate(({ BrowserWindow, screen: screens }) => ({
    bounds: BrowserWindow.getAllWindows()[0]?.getBounds(),
    screen: screens.getPrimaryDisplay().bounds
  }))
  expect(bounds?.width).toBeGreaterThanOrEqual(480)
  expect(bounds?.x).toBeGreaterThanOrEqual(screen.x)
  expect(bounds?.x).toBeLessThan(screen.x + screen.width)
  await app.close()
  expect(readFileSync(join(app.profileDir, 'settings.json'), 'utf8')).not.toContain('Lantern7oak')
})
