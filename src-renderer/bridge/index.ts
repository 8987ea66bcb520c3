/**
 * The only place that touches `window.epistle`. Every command goes out as plain values (a Vue proxy cannot cross the
 * context bridge) and always comes back as a Result: a thrown error is a bug of ours and reads `INTERNAL`.
 */
import type { Bridge } from '@contract/bridge'
import { channels } from '@contract/channels'
import type { AppEvent, Fact } from '@contract/events'
import { failure } from '@contract/result'
import type { Result } from '@contract/result'

declare global {
  interface Window {
    /** Built by the preload. */
    readonly epistle: Bridge
  }
}

type Call = (input: unknown) => Promise<Result<unknown>>

const plain = (input: unknown): unknown => JSON.parse(JSON.stringify(input))

const send =
  (room: string, verb: string): Call =>
  async (input) => {
    try {
      const rooms = window.epistle as unknown as Readonly<Record<string, Readonly<Record<string, Call>>>>
      const call = rooms[room]?.[verb]
      return call ? await call(plain(input)) : failure('INTERNAL')
    } catch {
      return failure('INTERNAL')
    }
  }

const build = (): Bridge => {
  const rooms: Record<string, Record<string, Call>> = {}
  for (const channel of channels) {
    const [room = '', verb = ''] = channel.split('.')
    rooms[room] = { ...rooms[room], [verb]: send(room, verb) }
  }
  return { ...rooms, onEvent } as unknown as Bridge
}

const listeners = new Set<(event: AppEvent) => void>()
let listening = false

/** Calls back for every event; returns how to stop. The window listens to main once, however many want to know. */
export const onEvent = (listener: (event: AppEvent) => void): (() => void) => {
  if (!listening) {
    listening = true
    window.epistle.onEvent((event) => [...listeners].forEach((tell) => tell(event)))
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Calls back when main says that one of these facts changed. */
export const onChanged = (facts: readonly Fact[], listener: () => void): (() => void) =>
  onEvent((event) => {
    if (event.type === 'changed' && event.facts.some((fact) => facts.includes(fact))) listener()
  })

export const bridge: Bridge = build()

export type { AppEvent, Fact } from '@contract/events'
export type { Failure, Result, Success } from '@contract/result'
