import type { DeskSession } from './desk-session'

/**
 * The service's own time as far as this PC knows: our clock, and how far the service's was ahead when it was last heard.
 * What the service dates (states, replies) is compared with this, never with our clock.
 */
export const serviceNow = ({ mailbox, clock }: Pick<DeskSession, 'mailbox' | 'clock'>): number => clock.now() + mailbox.meta.number('serviceAhead')
