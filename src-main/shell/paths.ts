import { app } from 'electron'
import { createHash } from 'node:crypto'
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export type StartOptions = {
  readonly profileDir: string
  /** Where the browser and the diary write: in the profile, or beside everything else that passes when the profile may not be written. */
  readonly browserDir: string
  /** The text of `--service-config=FILE`, or null. */
  readonly serviceConfig: string | null
}

const optionValue = (args: readonly string[], name: string): string | null => {
  const prefix = `--${name}=`
  return args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length) ?? null
}

/**
 * Reads the command line: `--profile-dir=DIR` keeps everything in DIR (a USB stick, a practice folder), and
 * `--service-config=FILE` sets the simulated service up. Must run before anything asks for a path.
 * @throws Error with a sentence for the person, when a named file or folder cannot be used
 */
export const readStartOptions = (args: readonly string[]): StartOptions => {
  const named = optionValue(args, 'profile-dir')
  const profileDir = named === null || named === '' ? app.getPath('userData') : resolve(named)
  try {
    mkdirSync(profileDir, { recursive: true })
  } catch (error) {
    throw new Error(`The folder ${profileDir} cannot be used. Choose another one with --profile-dir=FOLDER.`, { cause: error })
  }
  const browserDir = findBrowserDir(profileDir)
  app.setPath('userData', browserDir)
  app.setPath('sessionData', resolve(browserDir, 'browser'))
  app.setPath('crashDumps', resolve(browserDir, 'browser', 'crashes'))
  app.setAppLogsPath(resolve(browserDir, 'logs'))
  const configFile = optionValue(args, 'service-config')
  return { profileDir, browserDir, serviceConfig: configFile === null ? null : readConfig(configFile) }
}

/**
 * Chromium cannot start, and takes itself for a second start, where it may not write. For a profile that can only be read it gets a
 * folder of its own, always the same one for the same profile, so that a second start still finds the first. Writes nothing into the profile.
 */
const findBrowserDir = (profileDir: string): string => {
  try {
    accessSync(profileDir, constants.W_OK)
    return profileDir
  } catch {
    const elsewhere = join(app.getPath('temp'), `epistle-reading-${createHash('sha256').update(profileDir).digest('hex').slice(0, 16)}`)
    mkdirSync(elsewhere, { recursive: true, mode: 0o700 })
    return elsewhere
  }
}

const readConfig = (file: string): string => {
  try {
    return readFileSync(resolve(file), 'utf8')
  } catch (error) {
    throw new Error(`The service settings file ${file} could not be read. Check its name, or start without --service-config.`, { cause: error })
  }
}
