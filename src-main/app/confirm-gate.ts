import type { Random, Uptime } from './ports'

/** What a person was shown and is about to say yes to. */
export type Consent =
  | {
      readonly kind: 'letter'
      readonly draftId: string
      readonly revision: number
      readonly stamps: number
      readonly payloadHash: string
    }
  | { readonly kind: 'purchase'; readonly contactId: string; readonly packageId: string; readonly cents: number; readonly stamps: number }

const lifetimeMs = 5 * 60_000

/**
 * The confirm gate: the only way to spend. A ticket is 128 random bits, lives five minutes (of a clock that nobody can set) in memory only, is bound to
 * exactly what the dialog showed, and is used up by the first try, whatever becomes of it (S0 step 13; OWASP Transaction
 * Authorization: what you see is what you sign, data made on the trusted side, one-use credential).
 */
export const createConfirmGate = (uptime: Uptime, random: Random) => {
  const tickets = new Map<string, { readonly consent: Consent; readonly until: number }>()
  return {
    issue: (consent: Consent): string => {
      const now = uptime()
      for (const [ticket, held] of tickets) if (held.until <= now) tickets.delete(ticket)
      const ticket = Buffer.from(random.bytes(16)).toString('hex')
      tickets.set(ticket, { consent, until: now + lifetimeMs })
      return ticket
    },
    /** Takes the ticket away. @returns what it stands for, or null when it is unknown, used, too old or of another kind */
    redeem: <K extends Consent['kind']>(ticket: string, kind: K): Extract<Consent, { kind: K }> | null => {
      const held = tickets.get(ticket)
      tickets.delete(ticket)
      if (!held || held.until <= uptime() || held.consent.kind !== kind) return null
      return held.consent as Extract<Consent, { kind: K }>
    },
    /** Nothing that was confirmed before holds any longer (sign-out, lock). */
    clear: (): void => tickets.clear()
  }
}

export type ConfirmGate = ReturnType<typeof createConfirmGate>
