/** The door itself: who may ask, how often, and what goes back. Electron's part is a stand-in that keeps the handlers. */
import * as fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { channelPrefix, channels } from '@contract/channels'
import type { CommandName } from '@contract/commands'
import type { CorePort } from '@contract/core-port'
import { limits } from '@contract/limits'
import { failure, success } from '@contract/result'
import { createRateLimit } from '../../../src-main/ipc/rate-limit'
import { registerCommands, type ShellActions } from '../../../src-main/ipc/register'
import { isTrustedSender } from '../../../src-main/ipc/trusted-sender'
import { nearlyValidPayload, validPayload } from '../../support/payloads'

type Handler = (event: { readonly senderFrame: unknown }, ...args: readonly unknown[]) => Promise<unknown>
const handlers = vi.hoisted(() => new Map<string, unknown>())
vi.mock('electron', () => ({ ipcMain: { handle: (channel: string, handler: unknown) => handlers.set(channel, handler) } }))

const origin = 'app://parish'
const ours = { origin, parent: null }
const call = (name: string, args: readonly unknown[], senderFrame: unknown = ours): Promise<unknown> =>
  (handlers.get(channelPrefix + name) as Handler)({ senderFrame }, ...args)

let asked: [string, unknown][] = []
let notes: string[] = []
let bugs: string[] = []
let answer: (name: string, input: unknown) => Promise<unknown>

const begin = (actions: Partial<ShellActions> = {}): readonly CommandName[] => {
  handlers.clear()
  asked = []
  notes = []
  bugs = []
  answer = async () => success(null)
  const core = {
    call: (name: string, input: unknown) => {
      asked.push([name, input])
      return answer(name, input)
    },
    onEvent: () => () => undefined,
    close: async () => undefined
  } as unknown as CorePort
  let chosen: object = { textSize: 100, theme: 'system', notice: 'none' }
  const settings = {
    get: () => chosen,
    set: async (patch: object) => {
      chosen = { ...chosen, ...patch }
      return true
    }
  }
  const shell = { settings, settingsChanged: () => undefined, openWindow: () => undefined, flushed: () => undefined, ...actions } as unknown as ShellActions
  return registerCommands(origin, core, shell, { info: (line) => notes.push(line), bug: (where, message) => bugs.push(`${where}: ${message}`) })
}
beforeEach(() => void begin())

describe('who asks', () => {
  const top = { origin, parent: null }
  it.each([
    ['our own page', top, true],
    ['a frame that is gone', null, false],
    ['a child frame of ours', { origin, parent: top }, false],
    ['a child frame of another', { origin: 'null', parent: top }, false],
    ['another origin', { origin: 'https://example.org', parent: null }, false],
    ['about:blank', { origin: 'null', parent: null }, false],
    ['no origin', { origin: '', parent: null }, false],
    ['our name as a beginning', { origin: 'app://parish.example.org', parent: null }, false],
    ['our name as an end', { origin: 'https://app://parish', parent: null }, false],
    ['our name with a path', { origin: 'app://parish/', parent: null }, false],
    ['our name in capitals', { origin: 'APP://PARISH', parent: null }, false],
    ['another host of our scheme', { origin: 'app://other', parent: null }, false],
    ['a file', { origin: 'file://', parent: null }, false],
    ['devtools', { origin: 'devtools://devtools', parent: null }, false]
  ] as const)('%s', (_who, frame, trusted) => {
    expect(isTrustedSender(frame as Parameters<typeof isTrustedSender>[0], origin)).toBe(trusted)
  })

  it.each([null, { origin, parent: top }, { origin: 'null', parent: null }, { origin: 'https://example.org', parent: null }])('%j gets nothing from any command', async (frame) => {
    for (const name of channels) expect(await call(name, [{}], frame), name).toEqual(failure('BAD_REQUEST'))
    expect(asked).toEqual([])
    expect(notes.length).toBe(channels.length)
  })
})

describe('how often', () => {
  it('lets so many calls a second through, on each channel for itself', () => {
    let now = 0
    const within = createRateLimit(50, () => now)
    const count = (channel: string, calls: number): number => Array.from({ length: calls }, () => within(channel)).filter(Boolean).length
    expect(count('a', 1_000)).toBe(50)
    expect(count('b', 1_000)).toBe(50)
    now = 999
    expect(count('a', 10)).toBe(0)
    now = 1_000
    expect(count('a', 60)).toBe(50)
    now = 5_000
    expect(count('a', 1)).toBe(1)
  })

  it('never more than that in one second of its own counting, whatever the rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), fc.integer({ min: 1, max: 60 }), (gaps, most) => {
        let now = 0
        const within = createRateLimit(most, () => now)
        const passed = gaps.flatMap((gap) => {
          now += gap
          return within('a') ? [now] : []
        })
        // A burst at the end of one second and one at the beginning of the next may touch, never more.
        for (const start of passed) expect(passed.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(2 * most)
      }),
      { numRuns: 200 }
    )
  })

  it('says BUSY for what is too much, and goes on afterwards', async () => {
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => call('app.state', [{}])))
    const busy = answers.filter((result) => (result as { code?: string }).code === 'BUSY')
    expect(answers.length - busy.length).toBe(limits.callsPerSecond)
    expect(asked.length).toBe(limits.callsPerSecond)
    expect(await call('home.summary', [{}])).toEqual(success(null))
  })

  it('counts refused payloads too, but not strangers', async () => {
    await Promise.all(Array.from({ length: 100 }, () => call('app.state', [{}], null)))
    expect(await call('app.state', [{}])).toEqual(success(null))
    await Promise.all(Array.from({ length: 100 }, () => call('app.state', ['x'])))
    expect(await call('app.state', [{}])).toEqual(failure('BUSY'))
  })
})

describe('what', () => {
  it('every command has one handler, and nothing else has', () => {
    expect(begin()).toEqual([...handlers.keys()].map((channel) => channel.replace(channelPrefix, '')))
    expect([...handlers.keys()].sort()).toEqual(channels.map((name) => channelPrefix + name).sort())
  })

  it.each([[[]], [[{}, {}]], [[undefined]], [[null]], [[{}, undefined]], [[{}, 1, 2, 3]]])('%j is not one payload', async (args) => {
    expect(await call('app.state', args)).toEqual(failure('BAD_REQUEST'))
    expect(asked).toEqual([])
  })

  it('hands on what was parsed, filled in, and the answer as it is', async () => {
    answer = async () => failure('NOT_FOUND', { params: { name: 'a' } })
    expect(await call('letters.sent', [{}])).toEqual({ ok: false, code: 'NOT_FOUND', params: { name: 'a' } })
    expect(asked).toEqual([['letters.sent', { page: 0, pageSize: 50 }]])
  })

  it('notes a refusal by the name of the command alone', async () => {
    await call('accounts.signIn', [{ email: 'mary@parish.org', password: 'Lantern7oak', extra: 1 }])
    expect(notes).toEqual([expect.stringContaining('accounts.signIn')])
    expect(notes.join()).not.toMatch(/mary|Lantern7oak|extra/)
  })

  it('a bug inside is INTERNAL for the window and a name for the diary', async () => {
    answer = () => Promise.reject(new TypeError('cannot read body'))
    expect(await call('letters.open', [{ letterId: 'secret-id' }])).toEqual(failure('INTERNAL'))
    expect(bugs).toEqual(['letters.open: TypeError: cannot read body'])
    answer = () => {
      throw 'not an error'
    }
    expect(await call('letters.open', [{ letterId: 'secret-id' }])).toEqual(failure('INTERNAL'))
    expect(bugs.join()).not.toContain('secret-id')
  })

  it('answers preferences and windows itself', async () => {
    const done: string[] = []
    begin({ settingsChanged: () => done.push('told'), openWindow: () => done.push('opened'), flushed: (id, saved) => done.push(`flushed ${id} ${saved}`) })
    expect(await call('settings.get', [{}])).toEqual(success({ textSize: 100, theme: 'system', notice: 'none' }))
    expect(await call('settings.set', [{ theme: 'dark' }])).toEqual(success({ textSize: 100, theme: 'dark', notice: 'none' }))
    expect(await call('windows.open', [{}])).toEqual(success(null))
    expect(await call('windows.flushed', [{ flushId: 'a' }])).toEqual(success(null))
    expect(done).toEqual(['told', 'opened', 'flushed a true'])
    expect(asked).toEqual([])
  })
})

describe.each(['accounts.signIn', 'drafts.save', 'letters.send', 'stamps.purchase', 'practice.set'] as const)('%s through the door', (name) => {
  it('right payloads reach the core, others do not', async () => {
    await fc.assert(
      fc.asyncProperty(validPayload(name), nearlyValidPayload(name), async (right, wrong) => {
        begin()
        expect(await call(name, [right])).toEqual(success(null))
        expect(await call(name, [wrong])).toEqual(failure('BAD_REQUEST'))
        expect(asked.map(([asked_]) => asked_)).toEqual([name])
        expect(bugs).toEqual([])
      }),
      { numRuns: 100 }
    )
  })
})
