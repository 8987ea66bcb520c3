import type { Wallet } from '@contract/views'
import { formatCount } from '@/words/plural'

const units = { stamp: ['Stamp', 'Stamps'], credit: ['Credit', 'Credits'] } as const

/** As the shop calls it: "20 Stamps Package". */
export const packageName = (stamps: number, unit: Wallet['unit']): string => `${formatCount(stamps)} ${units[unit][stamps === 1 ? 0 : 1]} Package`
