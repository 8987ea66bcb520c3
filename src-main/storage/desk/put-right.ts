import type { Files } from '../files'
import { storageCode } from '../open'
import type { Desk } from './index'
import { hasSpare, takeSpare } from './spare'

export type PutRight = {
  readonly open: () => Desk
  readonly files: Files
  readonly file: string
  readonly now: () => number
  /** Hears of each opening that failed. */
  readonly failed: (error: unknown) => void
  /** Asks the person; without it nothing is put right. */
  readonly mayPutRight: ((from: 'copy' | 'nothing') => Promise<boolean>) | undefined
}

/**
 * Opens this PC's own file; a damaged one is put right when the person says so, and never by itself.
 * @throws what the opening threw, when it is not damage or the person said no
 */
export const openOrPutRight = async ({ open, files, file, now, failed, mayPutRight }: PutRight): Promise<Desk> => {
  try {
    return open()
  } catch (error) {
    failed(error)
    if (storageCode(error) !== 'DAMAGED') throw error
    const may = await mayPutRight?.(hasSpare(files, file) ? 'copy' : 'nothing')
    if (may !== true) throw error
    takeSpare(files, file, now())
    return open()
  }
}
