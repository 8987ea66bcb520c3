import type { Files } from '../files'
import { judgeLog, readLog, type LogState } from './wal'

const pageBytes = 4096

/** How the write-ahead log of a closed mailbox stands. After an orderly end there is none. */
export const logStateOf = (files: Files, file: string): LogState => {
  const log = `${file}-wal`
  const size = files.size(log) ?? 0
  return size === 0 ? 'clean' : judgeLog(readLog(files.readStart(log, size), pageBytes))
}
