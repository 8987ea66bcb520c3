import { storageCode } from '../open'
import type { Mailbox } from './index'

/** Whether an error comes from a page of this mailbox that cannot be read. Our other files can be damaged too, so the mailbox itself is asked. */
export const isDamageOf = (mailbox: Mailbox, error: unknown): boolean => storageCode(error) === 'DAMAGED' && !mailbox.isWhole()
