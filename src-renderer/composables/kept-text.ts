/**
 * Words that are kept while they are typed: a note, a letter of appeal. Saved a second after the last keystroke, at the
 * latest every five; what is on the screen always wins over what comes back.
 */
import { computed, reactive, type DeepReadonly } from 'vue'
import type { Failure, Result } from '@contract/result'

export type Kept = { readonly text: string; readonly revision: number; readonly savedAt: number | null }
export type KeptTextPorts = {
  readonly save: (text: string, baseRevision: number) => Promise<Result<Kept>>
  readonly clock: () => number
  readonly setTimer: (run: () => void, ms: number) => number
  readonly clearTimer: (timer: number) => void
}

const idleMs = 1_000
const atMostMs = 5_000
const retryMs = 3_000

export type KeptText = ReturnType<typeof createKeptText>

export const createKeptText = (start: Kept, ports: KeptTextPorts) => {
  const state = reactive({ text: start.text, savedAt: start.savedAt, unsaved: false, saving: false, failure: null as Failure | null })
  let stored = start
  let typedSince: number | null = null
  let timer: number | null = null
  let underWay: Promise<boolean> | null = null
  let stopped = false

  const stopTimer = (): void => {
    if (timer !== null) ports.clearTimer(timer)
    timer = null
  }
  const schedule = (ms: number): void => {
    stopTimer()
    if (!stopped) timer = ports.setTimer(() => void flush(), ms)
  }

  /** Another window had written meanwhile: what it wrote stays, what was typed here since is put below. */
  const take = (sent: string, kept: Kept): void => {
    const here = state.text
    stored = kept
    state.savedAt = kept.savedAt
    if (kept.text === sent) return
    if (here === sent) state.text = kept.text
    else state.text = here.startsWith(sent) ? kept.text + here.slice(sent.length) : `${kept.text}\n\n${here}`
  }

  const saveOnce = async (): Promise<boolean> => {
    const sent = state.text
    typedSince = null
    state.saving = true
    const result = await ports.save(sent, stored.revision)
    state.saving = false
    if (result.ok) take(sent, result.value)
    state.failure = result.ok ? null : result
    state.unsaved = state.text !== stored.text
    if (!result.ok) schedule(retryMs)
    return result.ok
  }

  /** Saves what is typed by now. True when all of it is on disk. */
  const flush = async (): Promise<boolean> => {
    stopTimer()
    if (underWay) await underWay
    while (state.text !== stored.text) {
      underWay = saveOnce()
      const kept = await underWay
      underWay = null
      if (!kept) return false
    }
    state.unsaved = false
    return true
  }

  return {
    state: state as DeepReadonly<typeof state>,
    status: computed<'saved' | 'saving' | 'unsaved' | 'failed'>(() => {
      if (state.failure) return 'failed'
      if (state.unsaved || state.saving) return 'saving'
      return state.savedAt === null ? 'unsaved' : 'saved'
    }),
    write: (text: string): void => {
      state.text = text
      state.unsaved = text !== stored.text
      typedSince ??= ports.clock()
      schedule(Math.max(0, Math.min(idleMs, typedSince + atMostMs - ports.clock())))
    },
    /** A newer text from another window: shown only where nothing unsaved is here. */
    offer: (kept: Kept): void => {
      if (state.unsaved || state.saving || underWay || kept.revision <= stored.revision) return
      stored = kept
      state.text = kept.text
      state.savedAt = kept.savedAt
    },
    flush,
    stop: (): void => {
      stopped = true
      stopTimer()
    }
  }
}
