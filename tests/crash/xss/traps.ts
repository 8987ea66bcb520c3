/** Watches everything a text must never do to a window: run, ask somebody something, lead it away, open another. */
import type { Page } from 'playwright/test'
import type { Program } from '../support/program'

const ours = /^(app:\/\/parish\/|blob:app:\/\/parish\/)/
const ourPages = /^(app:\/\/parish\/(index|paper)\.html(#.*)?|about:blank|)$/

export type Traps = {
  /** Numbers of payloads that ran, in the order they did. */
  readonly sprung: readonly number[]
  /** What else happened that never may, in words. */
  readonly seen: readonly string[]
  /** From its first moment on. */
  readonly watch: (page: Page) => void
  /** Puts what payloads call into the page's reach. A window without scripts needs none. */
  readonly arm: (page: Page) => Promise<void>
  /** What was sprung on purpose is forgotten. */
  readonly forget: () => void
}

export const createTraps = (): Traps => {
  const sprung: number[] = []
  const seen: string[] = []
  return {
    sprung,
    seen,
    watch: (page) => {
      page.on('dialog', (dialog) => {
        seen.push(`a box opened: ${dialog.message()}`)
        void dialog.dismiss().catch(() => undefined)
      })
      page.on('popup', (popup) => seen.push(`a window opened: ${popup.url()}`))
      page.on('download', (download) => seen.push(`a download began: ${download.url()}`))
      page.on('frameattached', (frame) => seen.push(`a frame was made: ${frame.url()}`))
      page.on('worker', (worker) => seen.push(`a worker began: ${worker.url()}`))
      page.on('framenavigated', (frame) => {
        if (!ourPages.test(frame.url())) seen.push(`a page was led to ${frame.url()}`)
      })
      page.on('request', (request) => {
        if (!ours.test(request.url())) seen.push(`a request left: ${request.url()}`)
      })
      page.on('pageerror', (error) => seen.push(`a script failed: ${error.message}`))
      // Chromium says so there when the policy had to stop something that should not have been tried.
      page.on('console', (message) => {
        if (message.type() === 'error') seen.push(`the console says: ${message.text()}`)
      })
    },
    arm: (page) => page.exposeBinding('caught', (_source, number: number) => void sprung.push(number)).then(() => undefined),
    forget: () => {
      sprung.length = 0
      seen.length = 0
    }
  }
}

/** Two checks: nothing ran, and nothing else happened that must not. What is found is forgotten, so that it counts where it happened. */
export const checkNothingHappened = (program: Program, traps: Traps, where: string): void => {
  const [sprung, seen] = [[...traps.sprung], [...traps.seen]]
  traps.forget()
  program.check(sprung.length === 0, () => `${where}: payloads ran: ${sprung.join(', ')}`)
  program.check(seen.length === 0, () => `${where}: ${seen.slice(0, 5).join('; ')}`)
}
