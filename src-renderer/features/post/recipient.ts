import type { PostItem } from '@contract/views'
import { displayPhone } from '@rules/person'

/** An address as it is, a phone number as people write it. */
export const recipient = (item: PostItem): string => (item.kind === 'text' ? displayPhone(item.to) : item.to)
