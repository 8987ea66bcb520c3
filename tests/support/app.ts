/**
 * Starts the built app in the real Electron, each time in a folder of its own, and watches what nobody looks at: errors
 * of a page, bugs in the app's diary, a main process that dies. Whatever a test did not announce fails it.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, test as base, type ElectronApplication, type Page, type TestInfo } from 'playwright/test'
import { removeFolder } from './remove-folder'

type Runtime = { readonly electronExecutable: () => string; readonly electronFlags: () => readonly string[] }
const { electronExecutable, electronFlags } = (await import(new URL('../../scripts/runtime/electron.mjs', import.meta.url).href)) as Runtime
type Driven = { readonly waitForPlaywright: readonly string[] }
const { waitForPlaywright } = (await import(new URL('../../scripts/testing/driven.mjs', import.meta.url).href)) as Driven

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** What `--service-config` may say (architecture.md, House rules). */
export type ServiceOptions = {
  readonly seed?: number
  readonly clock?: { readonly start?: string; readonly rate?: number }
  readonly robotCheckAnswer?: string
  readonly offline?: boolean
  readonly latencyMs?: readonly [number, number]
  readonly faults?: Readonly<Record<string, number>>
}

/** A quiet service: the robot check answers to PSALM, nothing fails unless a test says so. */
export const calmService: ServiceOptions = { seed: 7, robotCheckAnswer: 'PSALM' }

export type StartOptions = {
  /** Use this folder and leave it alone afterwards; otherwise a new one that is removed. */
  readonly profileDir?: string
  /** Merged over {@link calmService}. */
  readonly serviceConfig?: ServiceOptions
  /** More arguments for the app. */
  readonly args?: readonly string[]
  /** Puts files into the profile before the app starts. */
  readonly prepare?: (profileDir: string) => void
  /** A program that starts Electron in surroundings of its own, in Electron's place: given the path of Electron. */
  readonly within?: (executable: string) => string
}

/** What a program needs to start this app as a person would, without Playwright. */
export const commandLine = (profileDir: string, args: readonly string[] = []): { readonly command: string; readonly args: string[]; readonly env: Record<string, string> } => ({
  command: electronExecutable(),
  args: [...electronFlags(), '.', `--profile-dir=${profileDir}`, ...args],
  env: environment()
})

/** Set by some editors' terminals, and it turns Electron into Node. */
const environment = (): Record<string, string> => {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** Lines of the app's diary that report a bug. */
const bugsInDiary = (profileDir: string): readonly string[] => {
  const file = join(profileDir, 'logs', 'epistle.log')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line.includes('[error]')) : []
}

/** A started app. `page` and `electron` always name the present run, also after `restart`. */
export class EpistleApp {
  readonly profileDir: string
  /** Everything that went wrong unasked, in the order it was seen. */
  readonly troubles: string[] = []
  readonly #args: readonly string[]
  readonly #within: (executable: string) => string
  readonly #announced: RegExp[] = []
  #electron: ElectronApplication | null = null
  #page: Page | null = null
  #dyingIsFine = false

  constructor(profileDir: string, args: readonly string[], within: (executable: string) => string = (executable) => executable) {
    this.profileDir = profileDir
    this.#args = args
    this.#within = within
  }

  get electron(): ElectronApplication {
    if (this.#electron === null) throw new Error('The app is not running.')
    return this.#electron
  }

  get page(): Page {
    if (this.#page === null) throw new Error('The app has no window.')
    return this.#page
  }

  get pid(): number {
    return this.electron.process().pid ?? 0
  }

  get windows(): readonly Page[] {
    return this.electron.windows()
  }

  /** Troubles that match are part of this test. */
  expectTrouble(pattern: RegExp): void {
    this.#announced.push(pattern)
  }

  /** Starts the app and waits for the first screen. */
  async launch(): Promise<void> {
    this.#dyingIsFine = false
    const { command, args, env } = commandLine(this.profileDir, this.#args)
    const electron = await _electron.launch({ executablePath: this.#within(command), args: [...waitForPlaywright, ...args], cwd: projectFolder, env })
    this.#electron = electron
    electron.on('window', (page) => this.#watch(page))
    electron.process().on('exit', (code, signal) => {
      if (!this.#dyingIsFine && code !== 0) this.troubles.push(`main process ended: ${signal ?? `exit code ${code}`}`)
    })
    electron.process().stderr?.on('data', (chunk: Buffer) => {
      const text = chunk.toString()
      if (/Unhandled|Uncaught|FATAL ERROR/u.test(text)) this.troubles.push(`main: ${text.trim()}`)
    })
    this.#page = await electron.firstWindow()
    electron.windows().forEach((page) => this.#watch(page))
    await this.page.locator('h1').first().waitFor()
  }

  readonly #watched = new WeakSet<Page>()
  #watch(page: Page): void {
    if (this.#watched.has(page)) return
    this.#watched.add(page)
    page.on('pageerror', (error) => this.troubles.push(`page: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') this.troubles.push(`console: ${message.text()}`)
    })
    page.on('crash', () => {
      if (!this.#dyingIsFine) this.troubles.push('page: its process crashed')
    })
  }

  /** The power cut of a test: SIGKILL, nothing is asked and nothing is flushed. */
  async kill(): Promise<void> {
    this.#dyingIsFine = true
    const child = this.electron.process()
    const gone = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGKILL')
    await gone
    this.#forget()
  }

  /** Leaves as a person does; what is typed is saved first. */
  async close(): Promise<void> {
    this.#dyingIsFine = true
    if (this.#electron !== null) await this.#electron.close()
    this.#forget()
  }

  /** File › New window. */
  async openWindow(): Promise<Page> {
    const opened = this.electron.waitForEvent('window')
    await this.electron.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items[0]
      file?.submenu?.items.find((item) => item.label.replace('&', '') === 'New window')?.click()
    })
    const page = await opened
    await page.locator('h1').first().waitFor()
    return page
  }

  /** The first window's own cross is pressed. Returns when the app, which has no other window, has ended. */
  async closeWindow(): Promise<void> {
    this.#dyingIsFine = true
    const child = this.electron.process()
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    await this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await gone
    this.#forget()
  }

  /** The page's process dies under the window, as a browser's sometimes does. From here on `page` is of no use: see `runInWindow`. */
  async crashPage(): Promise<void> {
    this.expectTrouble(/its process crashed|the page's process is gone/)
    const crashed = this.page.waitForEvent('crash')
    await this.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
    await crashed
  }

  /** Asks the first window something by way of the main process, which also knows a page that came back after a crash. */
  runInWindow(script: string): Promise<unknown> {
    return this.electron.evaluate(({ BrowserWindow }, line) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(line), script)
  }

  #forget(): void {
    this.#electron = null
    this.#page = null
  }

  /** A new run on the same profile, after a kill or a polite end. */
  async restart(): Promise<void> {
    if (this.#electron !== null) await this.close()
    await this.launch()
  }

  get isRunning(): boolean {
    return this.#electron !== null
  }

  /** What was not announced, page and diary together. */
  unannounced(): readonly string[] {
    const all = [...this.troubles, ...bugsInDiary(this.profileDir).map((line) => `diary: ${line}`)]
    return all.filter((line) => !this.#announced.some((pattern) => pattern.test(line)))
  }

  /** For a failed test: what the windows show. */
  async picture(info: TestInfo, name: string): Promise<void> {
    const pages = this.#electron?.windows() ?? []
    for (const [index, page] of pages.entries()) {
      const body = await page.screenshot({ timeout: 5_000 }).catch(() => null)
      if (body !== null) await info.attach(`${name}-${index + 1}.png`, { body, contentType: 'image/png' })
    }
  }
}

export type StartApp = (options?: StartOptions) => Promise<EpistleApp>

/** `test` with `startApp`: every app it starts is closed, its folder removed, its unannounced errors a failure. */
export const test = base.extend<{ startApp: StartApp }>({
  startApp: async ({}, use, info) => {
    const started: { readonly app: EpistleApp; readonly folder: string }[] = []
    await use(async (options = {}) => {
      const folder = mkdtempSync(join(tmpdir(), 'epistle-e2e-'))
      const profileDir = options.profileDir ?? join(folder, 'profile')
      const config = join(folder, 'service.json')
      mkdirSync(profileDir, { recursive: true })
      writeFileSync(config, JSON.stringify({ ...calmService, ...options.serviceConfig }))
      options.prepare?.(profileDir)
      const app = new EpistleApp(profileDir, [`--service-config=${config}`, ...(options.args ?? [])], options.within)
      started.push({ app, folder })
      await app.launch()
      return app
    })
    const failed = info.status !== info.expectedStatus
    for (const [index, { app, folder }] of started.entries()) {
      if (failed) await app.picture(info, `app-${index + 1}`)
      await app.close().catch(() => app.kill().catch(() => undefined))
      const troubles = app.unannounced()
      removeFolder(folder)
      base.expect.soft(troubles, 'errors that no step of this test announced').toEqual([])
    }
  }
})

export { expect } from 'playwright/test'
