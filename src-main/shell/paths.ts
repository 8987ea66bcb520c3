import { app } from 'electron'
import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export type StartOptions = {
  readonly profileDir: string
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
  app.setPath('userData', profileDir)
  app.setPath('sessionData', resolve(profileDir, 'browser'))
  app.setPath('crashDumps', resolve(profileDir, 'browser', 'crashes'))
  app.setAppLogsPath(resolve(profileDir, 'logs'))
  const configFile = optionValue(args, 'service-config')
  return { profileDir, serviceConfig: configFile === null ? null : readConfig(configFile) }
}

const readConfig = (file: string): string => {
  try {
    return readFileSync(resolve(file), 'utf8')
  } catch (error) {
    throw new Error(`The service settings file ${file} could not be read. Check its name, or start without --service-config.`, { cause: error })
  }
}
