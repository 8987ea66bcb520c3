/** One PC and its people, over many lives of the app: each life is a core over the image that the one before left behind. */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { commands, type CommandCall, type CommandInput, type CommandOutput, type CoreCommandName } from '../../../src-main/contract/commands'
import type { CorePort } from '../../../src-main/contract/core-port'
import type { Result } from '../../../src-main/contract/result'
import { createCore } from '../../../src-main/core'
import { parseServiceConfig } from '../../../src-main/service'
import type { RemoteService } from '../../../src-main/wire/remote-service'
import { testOutside } from '../../support/outside'
import { seededNumbers, type SeededNumbers } from '../support/seeded-numbers'
import { copyTree, createDisk, Stopped, type Disk } from './disk'
import { createNetwork, createSky } from './network'
import { createSimTime } from './time'

/** Hashing that costs nothing; how strong it is has tests of its own. */
const cheap = (...parts: readonly (string | Uint8Array)[]): Buffer => parts.reduce<Buffer>((sum, part) => createHash('sha256').update(sum).update(part).digest(), Buffer.alloc(0))
const kdf = {
  hash: (secret: string) => Promise.resolve(cheap('kdf', secret).toString('hex')),
  verify: (stored: string, secret: string) => Promise.resolve(stored === cheap('kdf', secret).toString('hex'))
}

const bytesFrom = (random: SeededNumbers) => (count: number): Uint8Array => {
  const bytes = new Uint8Array(count)
  for (let at = 0; at < count; at += 1) bytes[at] = random.below(256)
  return bytes
}

export type StopKind = 'crash' | 'cut'
/** Where the machine will stop: at the n-th point from now. */
export type Armed = {
  readonly kind: StopKind
  left: number
  /** Only points of this kind count, and of the exchange of this name. */
  readonly where?: Points
  readonly name?: string
}

export type Points = 'before commit' | 'after commit' | 'file' | 'call leaves' | 'service acted' | 'answer came'

export type WorldOptions = { readonly root: string; readonly template: string | null; readonly seed: number; readonly serviceSeed?: number; readonly hold?: () => Promise<void> }

export const createWorld = (options: WorldOptions) => {
  const { root, seed } = options
  const time = createSimTime()
  const sky = createSky()
  const parsed = parseServiceConfig(JSON.stringify({ robotCheckAnswer: 'PSALM', seed: options.serviceSeed ?? 7 }))
  if (!parsed.ok) throw new Error(parsed.message)
  const random = seededNumbers(seed ^ 0x51ed27)
  const stops = { crash: 0, cut: 0 }
  /** Which points machines have stopped at, and how often. */
  const stoppedAt = new Map<Points | 'between', number>()
  const bugs: string[] = []
  let lives = 0
  let life = 0
  let disk: Disk | null = null
  let core: CorePort | null = null
  let armed: Armed | null = null
  let alive = false
  let points = 0

  const folderOf = (number: number): string => join(root, `life-${number}`)

  /** The machine stops: what is on the disk is the next life's beginning; nothing of this one counts any more. */
  const stop = (kind: StopKind, at: Points | 'between'): void => {
    if (disk === null || !alive) return
    const next = folderOf(life + 1)
    if (kind === 'crash') disk.imageTo(next)
    else disk.imageAfterCut(next, random)
    alive = false
    armed = null
    stops[kind] += 1
    stoppedAt.set(at, (stoppedAt.get(at) ?? 0) + 1)
  }
  const point = (mine: number) => (where: Points, name?: string): void => {
    if (mine !== life || !alive) throw new Stopped()
    points += 1
    if (armed === null) return
    if ((armed.where !== undefined && armed.where !== where) || (armed.name !== undefined && armed.name !== name)) return
    armed.left -= 1
    if (armed.left > 0) return
    stop(armed.kind, where)
    throw new Stopped()
  }

  const start = async (): Promise<void> => {
    const mine = ++lives
    life = mine
    alive = true
    time.forgetTimers()
    const old = disk
    const isAlive = (): boolean => alive && life === mine
    const at = point(mine)
    disk = createDisk(folderOf(mine), { point: at })
    old?.abandon()
    const chance = seededNumbers(seed * 31 + mine)
    const timers = time.timersOf(isAlive)
    const net = createNetwork(sky, seededNumbers(seed * 17 + mine), timers, isAlive, at)
    const { hold } = options
    const opening = createCore({
      profileDir: folderOf(mine),
      version: '0.0.0',
      device: { name: 'Sim PC', fingerprint: 'sim-pc' },
      clock: time.clock,
      uptime: time.uptime,
      random: { bytes: bytesFrom(chance), number: chance.number },
      timers,
      kdf: hold === undefined ? kdf : { hash: (secret) => hold().then(() => kdf.hash(secret)), verify: (stored, secret) => hold().then(() => kdf.verify(stored, secret)) },
      vault: { derive: (secret, salt) => Promise.resolve(cheap(secret, salt)), cost: { memoryKiB: 8, passes: 1, lanes: 1 } },
      serviceConfig: parsed.config,
      files: disk.files,
      outside: testOutside(),
      network: hold === undefined ? net : (service) => held(net(service), hold),
      logBug: (where, error) => {
        if (isAlive()) bugs.push(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      }
    })
    opening.catch(() => undefined)
    core = await time.waitFor(opening, isAlive)
  }

  return {
    time,
    sky,
    stops,
    stoppedAt,
    bugs,
    points: (): number => points,
    lives: (): number => lives,
    isAlive: (): boolean => alive,
    disk: (): Disk => {
      if (disk === null) throw new Error('the machine was never switched on')
      return disk
    },
    arm: (stopHere: Armed | null): void => {
      armed = stopHere
    },
    stopNow: (kind: StopKind): void => stop(kind, 'between'),
    /** Switches the machine on, on the template or on what the last life left. A stop while it starts is a stop like any other. */
    start: async (): Promise<boolean> => {
      if (lives === 0) {
        if (options.template === null) mkdirSync(folderOf(1), { recursive: true })
        else copyTree(options.template, folderOf(1))
      }
      try {
        await start()
      } catch (error) {
        if (alive) throw error
      }
      return alive
    },
    /** Ends this life in order and leaves its files for the next. */
    close: async (): Promise<void> => {
      if (core !== null && alive) await time.waitFor(core.close(), () => alive)
      if (!alive) return
      disk?.imageTo(folderOf(life + 1))
      alive = false
    },
    /** @returns null when the machine stopped before the answer came */
    call: async <N extends CoreCommandName>(name: N, input: CommandCall<N>): Promise<Result<CommandOutput<N>> | null> => {
      if (core === null || !alive) return null
      const mine = life
      try {
        return await time.waitFor(core.call(name, commands[name].input.parse(input) as CommandInput<N>), () => alive && life === mine)
      } catch (error) {
        if (alive && life === mine) throw error
        return null
      }
    },
    /** As `call`, without waiting: several at once, in whatever order `hold` lets them go on. */
    begin: async <N extends CoreCommandName>(name: N, input: CommandCall<N>): Promise<Result<CommandOutput<N>> | null> =>
      core === null || !alive ? null : core.call(name, commands[name].input.parse(input) as CommandInput<N>),
    advance: (ms: number): Promise<void> => time.advance(ms, () => alive),
    nextFolder: (): string => folderOf(life + 1),
    destroy: (): void => disk?.abandon()
  }
}

/** Every request and every answer waits until it is let go on. */
const held = (remote: RemoteService, hold: () => Promise<void>): RemoteService => ({
  exchange: async (text) => {
    await hold()
    const answer = await remote.exchange(text)
    await hold()
    return answer
  }
})

export type World = ReturnType<typeof createWorld>
