import { Stopped } from './disk'

/** A promise of a life that has ended may be rejected by its end; anything else that nobody waits for is a finding. */
export const ignoreStopped = (report: (error: unknown) => void): void => {
  process.on('unhandledRejection', (error) => {
    if (!(error instanceof Stopped)) report(error instanceof Error ? (error.stack ?? error.message) : error)
  })
}
