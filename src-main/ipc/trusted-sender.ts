import type { WebFrameMain } from 'electron'

/**
 * Whether a call may be answered: it comes from the top frame of one of our own pages. The frame may be gone (null), and
 * the origin is compared, never a piece of the address (checklist 17).
 */
export const isTrustedSender = (frame: Pick<WebFrameMain, 'origin' | 'parent'> | null, origin: string): boolean =>
  frame !== null && frame.parent === null && frame.origin === origin
