/**
 * For programs that drive the app with Playwright. Given an executable, Playwright leaves out the small module that keeps
 * Electron from being `ready` before Playwright listens; without it about one start in fifty, on a busy machine, never
 * came back from `_electron.launch`. These arguments put it in again; they stand before all others.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))

export const waitForPlaywright = ['-r', join(playwright, 'lib/server/electron/loader.js')]
