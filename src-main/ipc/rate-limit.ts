/**
 * At most so many calls a second on one channel; the rest are told to wait.
 * @param now milliseconds from any steady clock
 */
export const createRateLimit = (callsPerSecond: number, now: () => number) => {
  const windows = new Map<string, { start: number; calls: number }>()
  return (channel: string): boolean => {
    const at = now()
    const current = windows.get(channel)
    if (current === undefined || at - current.start >= 1_000) {
      windows.set(channel, { start: at, calls: 1 })
      return true
    }
    current.calls += 1
    return current.calls <= callsPerSecond
  }
}
