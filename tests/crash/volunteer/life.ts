/** One life of the volunteer: the core opens on a real folder, somebody signs in, and works (or waits for the outbox to empty) until it is killed. */
import { openTestDesk, type TestDesk } from '../../support/core'
import { seededNumbers } from '../support/seeded-numbers'
import { tell } from './facts'
import { createQuickTime } from './quick-time'
import { drain, runScript } from './script'
import { email } from './template'

export type LifeOptions = {
  readonly profileDir: string
  /** Names this life: its chance, and a part of every letter it writes. */
  readonly life: string
  readonly seed: number
  /** See `createQuickTime`. */
  readonly zero: number
  readonly speed: number
  readonly mode: 'work' | 'drain'
  readonly password: string
  /** The most acts before it ends by itself. */
  readonly acts: number
}

const faults = { dropRequest: 0.04, dropResponse: 0.1, error500: 0.08, error429: 0.03, duplicateResponse: 0.06, malformedResponse: 0.06 }

export const live = async (options: LifeOptions): Promise<void> => {
  const config = { seed: options.seed % 1_000_000, faults: options.mode === 'drain' ? {} : faults }
  const desk = await openTestDesk(config, { profileDir: options.profileDir, dice: options.life, time: createQuickTime(options.zero, options.speed) })
  tell({ t: 'mark', name: 'open' })
  await signIn(desk, options.password)
  tell({ t: 'mark', name: 'signed in' })
  if (options.mode === 'drain') await drain(desk)
  else await runScript({ desk, random: seededNumbers(options.seed), life: options.life }, options.acts)
  tell({ t: 'mark', name: 'done' })
  await desk.end()
  tell({ t: 'mark', name: 'closed' })
}

/** Tries until it works: with the service in bad weather a try may get no answer. */
export const signIn = async (desk: TestDesk, password: string): Promise<void> => {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const answer = await desk.call('accounts.signIn', { email, password })
    if (answer.ok && answer.value.outcome === 'signedIn') return
    if (answer.ok) throw new Error('a second step was asked')
    if (answer.code !== 'SERVICE_TROUBLE' && answer.code !== 'OFFLINE') throw new Error(`accounts.signIn: ${JSON.stringify(answer)}`)
    tell({ t: 'count', what: `accounts.signIn ${answer.code}` })
  }
  throw new Error('nobody could sign in')
}

/** Runs a life as the whole of a child process. */
export const runLife = async (options: LifeOptions): Promise<void> => {
  try {
    await live(options)
  } catch (error) {
    tell({ t: 'bug', text: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  process.exit(0)
}
