/** Where a delivery is on our side, as it stands on disk (reliability.md §5). */
export const deliveryStates = ['QUEUED', 'SENDING', 'SENT', 'REJECTED', 'CANCELLED'] as const
export type DeliveryState = (typeof deliveryStates)[number]

const moves: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  QUEUED: ['SENDING', 'CANCELLED'],
  // SENDING again: the same key is tried once more after a failure or a restart.
  SENDING: ['SENDING', 'SENT', 'REJECTED'],
  SENT: [],
  REJECTED: [],
  CANCELLED: []
}

/**
 * Whether a delivery may go from one state to another. There is no other edge; "unknown" is SENDING with an attempt behind it.
 * Source: reliability.md §5, I12.
 */
export const canMove = (from: DeliveryState, to: DeliveryState): boolean => moves[from].includes(to)

/**
 * Whether a letter can still be taken back: waiting, and never tried, because one try may have arrived.
 * @param attempts tries made so far
 * Source: domain.md, Messages (cancelled until submitted); reliability.md §5.
 */
export const canCancel = ({ state, attempts }: { readonly state: DeliveryState; readonly attempts: number }): boolean =>
  state === 'QUEUED' && attempts === 0

/** What the service says about a letter it has, in the order things happen (domain.md, Messages). */
export const letterStates = ['submitted', 'screening', 'held', 'approved', 'delivered', 'replied', 'rejected', 'undeliverable'] as const
export type ServiceLetterState = (typeof letterStates)[number]

const onTheWay: readonly ServiceLetterState[] = ['submitted', 'screening', 'held', 'approved', 'delivered', 'replied']

/**
 * Whether news about a letter leads forward. Steps may be skipped (a facility may not hold; news may come together), none is
 * taken back: late or repeated news is ignored. A letter can be rejected until it is approved, and turn out undeliverable
 * until it is delivered.
 * Source: domain.md, Messages.
 */
export const canProgress = (from: ServiceLetterState, to: ServiceLetterState): boolean => {
  const here = onTheWay.indexOf(from)
  if (here === -1) return false
  if (to === 'rejected') return here < onTheWay.indexOf('approved')
  if (to === 'undeliverable') return here < onTheWay.indexOf('delivered')
  return onTheWay.indexOf(to) > here
}
