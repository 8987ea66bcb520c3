/** Where an item is tried: the whole core on real files, with somebody at the desk or nobody. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CoreCommandName } from '../../../src-main/contract/commands'
import { failure, type Result } from '../../../src-main/contract/result'
import { parsePayload } from '../../../src-main/ipc/parse'
import { openTestDesk, readyToWrite, signUp, stampsFree, type TestDesk } from '../../support/core'
import { folderInMemory } from '../support/folders'

export type Bench = {
  readonly desk: TestDesk
  /** Whose mailbox is there. */
  readonly accountId: string
  /** Somebody to write to; empty where nobody is signed in. */
  readonly contactId: string
  /** Lays a file somewhere outside, as on a stick. @returns its path */
  readonly file: (name: string, bytes: Buffer | string) => string
  /** Asks through the door that windows use. */
  readonly ask: (name: CoreCommandName, payload: unknown) => Promise<Result<unknown>>
  readonly close: () => Promise<void>
}

export const email = 'maria@parish.org'

const openBench = async (arrive: (desk: TestDesk) => Promise<{ readonly accountId: string; readonly contactId: string }>): Promise<Bench> => {
  const home = folderInMemory('inputs')
  const stick = join(home, 'stick')
  mkdirSync(stick)
  const desk = await openTestDesk({}, { profileDir: join(home, 'profile') })
  return {
    desk,
    ...(await arrive(desk)),
    file: (name, bytes) => {
      const path = join(stick, name)
      writeFileSync(path, bytes)
      return path
    },
    ask: async (name, payload) => {
      const input = parsePayload(name, payload)
      return input === null ? failure('BAD_REQUEST') : (desk.call(name, input as never) as Promise<Result<unknown>>)
    },
    close: async () => {
      await desk.close()
      rmSync(home, { recursive: true, force: true })
    }
  }
}

/** Maria has an account here and has gone home. */
export const atTheDoor = (): Promise<Bench> =>
  openBench(async (desk) => {
    const { accountId } = await signUp(desk, email)
    await desk.must('accounts.signOut', {})
    return { accountId, contactId: '' }
  })

/** Maria is signed in, with Daniel Reyes in her contacts and twenty stamps. */
export const atTheDesk = (): Promise<Bench> =>
  openBench(async (desk) => {
    const { contactId } = await readyToWrite(desk)
    if ((await stampsFree(desk)) !== 20) throw new Error('the twenty stamps are not there')
    const { session } = await desk.must('app.state', {})
    return { accountId: session?.accountId ?? '', contactId }
  })
