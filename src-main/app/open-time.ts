import type { Desk } from '../storage/desk'
import type { Timers, Uptime } from './ports'

/** How often the time the app has been open is written down (reliability.md §4, Lock timer). */
const stepMs = 30_000

/**
 * Writes down how long the app has been open: the time that locks without the line are measured in. A crash loses one step
 * at most, an orderly end nothing.
 * @param also what else is to be done at each step
 * @param trouble hears of a step that could not be written; its time is added with the next one
 */
export const countOpenTime = (desk: Desk, uptime: Uptime, timers: Timers, also: () => void, trouble: (error: unknown) => void) => {
  let written = uptime()
  let cancel: () => void = () => undefined
  const write = (): void => {
    const now = uptime()
    try {
      desk.addOpenTime(Math.round(Math.max(0, now - written)))
      written = now
    } catch (error) {
      trouble(error)
    }
  }
  const next = (): void => {
    cancel = timers.after(stepMs, () => {
      next()
      write()
      also()
    })
  }
  next()
  return {
    stop: (): void => {
      cancel()
      write()
    }
  }
}
