import log from 'electron-log/main'
import { join } from 'node:path'

/** The app's own diary: what failed, by name. Never what somebody wrote, typed or chose. */
export const openLog = (profileDir: string) => {
  log.transports.console.level = false
  log.transports.file.level = 'info'
  log.transports.file.maxSize = 1024 * 1024
  // The thread that draws never waits for a disk.
  log.transports.file.sync = false
  log.transports.file.resolvePathFn = () => join(profileDir, 'logs', 'epistle.log')
  return {
    info: (message: string): void => log.info(message),
    bug: (where: string, message: string): void => log.error(where, message)
  }
}

export type Log = ReturnType<typeof openLog>
