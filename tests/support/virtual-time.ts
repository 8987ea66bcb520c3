/** A clock that moves only when a test says so, and the timers that hang on it. */
export const createVirtualTime = (start = Date.parse('2026-11-23T15:00:00Z')) => {
  let now = start
  let nextId = 1
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>()
  /** Lets everything that does not wait for time go on: promises, the disk, argon2. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    clock: { now: () => now },
    timers: {
      after: (ms: number, run: () => void) => {
        const id = nextId++
        timers.set(id, { at: now + ms, run })
        return () => timers.delete(id)
      }
    },
    settle,
    /** The PC sleeps: time is gone when it wakes, and no timer ran meanwhile. */
    sleep: (ms: number): void => {
      now += ms
    },
    /** Moves on by so many milliseconds, running what falls due on the way in its order. */
    advance: async (ms: number): Promise<void> => {
      const until = now + ms
      for (;;) {
        await settle()
        const due = [...timers.entries()].filter(([, timer]) => timer.at <= until).sort((a, b) => a[1].at - b[1].at)[0]
        if (due === undefined) break
        timers.delete(due[0])
        now = Math.max(now, due[1].at)
        due[1].run()
      }
      now = until
      await settle()
    }
  }
}

export type VirtualTime = ReturnType<typeof createVirtualTime>
