/** Where the service's clocks stood, and what the host's clock said then. Kept in the database; `steady` is missing in older files. */
export type ClockMark = { readonly host: number; readonly time: number; readonly steady?: number }

export type ServiceClock = {
  /** Milliseconds UTC; never runs backwards, whatever the host's clock does. */
  readonly time: () => number
  /**
   * Milliseconds the service has been running, over all its starts: what a lock waits for. Setting the host's clock moves
   * it no more than switching the PC off does; only the practice controls can.
   */
  readonly steady: () => number
  readonly forward: (ms: number) => void
  readonly mark: () => Required<ClockMark>
}

/**
 * The service's own clock: it starts where the options say (else at the host's time), runs `rate` times as fast as the
 * host's clock, can be moved forward, and goes on from its mark after a restart. When the host's clock is set back, it
 * simply goes on from where it was.
 */
export const createClock = (options: {
  readonly now: () => number
  /** Milliseconds since whenever, from a clock nobody can set. */
  readonly uptime: () => number
  readonly start: number | null
  readonly rate: number
  readonly kept: ClockMark | null
}): ServiceClock => {
  const firstHost = options.now()
  const keptTime = options.kept === null ? (options.start ?? firstHost) : options.kept.time
  let anchor: ClockMark = {
    host: options.kept === null ? firstHost : Math.min(options.kept.host, firstHost),
    time: Math.max(keptTime, options.start ?? keptTime)
  }
  let last: ClockMark = anchor
  const time = (): number => {
    const host = options.now()
    if (host < last.host) anchor = { host, time: last.time }
    const computed = Math.floor(anchor.time + (host - anchor.host) * options.rate)
    last = { host, time: Math.max(last.time, computed) }
    return last.time
  }
  let lastUptime = options.uptime()
  let ran = options.kept?.steady ?? 0
  const steady = (): number => {
    const uptime = options.uptime()
    ran += Math.max(0, uptime - lastUptime) * options.rate
    lastUptime = uptime
    return Math.floor(ran)
  }
  return {
    time,
    steady,
    forward: (ms) => {
      ran = steady() + Math.max(0, Math.floor(ms))
      const reached = time() + Math.max(0, Math.floor(ms))
      anchor = { host: last.host, time: reached }
      last = anchor
    },
    mark: () => {
      time()
      return { ...last, steady: steady() }
    }
  }
}
