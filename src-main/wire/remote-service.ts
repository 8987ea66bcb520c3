/** Why nothing usable came back. The worker tries again in every case, with the same key. */
export type LineFailure = 'offline' | 'timeout' | 'cut'

export class LineError extends Error {
  readonly reason: LineFailure
  constructor(reason: LineFailure) {
    super(`line ${reason}`)
    this.name = 'LineError'
    this.reason = reason
  }
}

/** The service as we know it: text goes, text comes back, or the line fails (`LineError`). */
export type RemoteService = {
  /** @param request JSON text of `requestSchema` @returns JSON text: `{ok: true, reply}` or `failureSchema` */
  readonly exchange: (request: string) => Promise<string>
}
