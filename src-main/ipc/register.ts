import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { channelPrefix } from '../contract/channels'
import { commands, type Access, type CommandInput, type CommandName, type CommandOutput, type CoreCommandName } from '../contract/commands'
import type { CorePort } from '../contract/core-port'
import type { ChosenPlace } from '../contract/jobs'
import { limits } from '../contract/limits'
import { failure, success, type Failure, type Result } from '../contract/result'
import type { SettingsStore } from '../settings'
import { parsePayload } from './parse'
import { createRateLimit } from './rate-limit'
import { isTrustedSender } from './trusted-sender'

type ShellCommandName = Exclude<CommandName, CoreCommandName>
type Answer<N extends ShellCommandName> = Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>
type ShellHandlers = { readonly [N in ShellCommandName]: (input: CommandInput<N>, sender: WebContents) => Answer<N> }

/** What the shell itself answers. */
export type ShellActions = {
  readonly settings: SettingsStore
  readonly settingsChanged: () => void
  readonly openWindow: () => void
  readonly saveReport: () => Promise<Result<{ readonly fileName: string | null }>>
  readonly flushed: (flushId: string, saved: boolean) => void
  /** The system's dialog over the window that asks. */
  readonly chooseOpen: (sender: WebContents, input: CommandInput<'files.chooseOpen'>) => Promise<ChosenPlace | null>
  /** The file that was just dropped onto the window that asks. */
  readonly takeDropped: (sender: WebContents) => ChosenPlace | null
  readonly chooseSave: (sender: WebContents, input: CommandInput<'files.chooseSave'>) => Promise<ChosenPlace | null>
  /** Asks for a folder with the system's dialog. @returns its path, or null */
  readonly chooseFolder: (sender: WebContents, title: string) => Promise<string | null>
}

const shellHandlers = (actions: ShellActions, core: CorePort): ShellHandlers => ({
  'settings.get': () => success(actions.settings.get()),
  'settings.set': async (input) => {
    const written = actions.settings.set(input)
    // What was chosen counts at once; whether it could be kept is said as soon as it is known.
    actions.settingsChanged()
    if (!(await written)) actions.settingsChanged()
    return success(actions.settings.get())
  },
  'surroundings.saveReport': () => actions.saveReport(),
  'windows.open': () => {
    actions.openWindow()
    return success(null)
  },
  'windows.flushed': (input) => {
    actions.flushed(input.flushId, input.saved)
    return success(null)
  },
  'files.chooseSave': async (input, sender) => success(await actions.chooseSave(sender, input)),
  'files.chooseOpen': async (input, sender) => success(await actions.chooseOpen(sender, input)),
  'files.takeDropped': (_input, sender) => {
    const place = actions.takeDropped(sender)
    return place === null ? failure('CHOOSE_AGAIN') : success(place)
  },
  // The core asks again who is at the desk: a dialog may stay open for long.
  'backups.chooseFolder': async (_input, sender) => {
    const path = await actions.chooseFolder(sender, 'Choose a folder or a USB stick for the copies')
    return path === null ? success(null) : core.callInner('backups.useFolder', { path })
  },
  'restore.lookElsewhere': async (_input, sender) => {
    const path = await actions.chooseFolder(sender, 'Where are the copies?')
    return path === null ? success(null) : core.callInner('restore.lookIn', { path })
  }
})

/** Why somebody may not use what needs an open desk; null when they may. The shell knows no accounts, so it asks. */
const barrier = async (core: CorePort, access: Access): Promise<Failure | null> => {
  const state = await core.call('app.state', {})
  if (!state.ok) return state
  const { session } = state.value
  if (session === null) return failure('SIGNED_OUT')
  if (session.locked) return failure('LOCKED')
  return session.duties.length > 0 && access !== 'duties' ? failure('DUTY_FIRST') : null
}

/**
 * The trust boundary: every command of the contract goes through this one door. Sender, pace and payload are checked
 * before anything else sees the call, and nothing but an envelope ever goes back.
 * @param origin of our own pages
 * @returns the channels that are answered
 */
export const registerCommands = (
  origin: string,
  core: CorePort,
  actions: ShellActions,
  log: { readonly info: (message: string) => void; readonly bug: (where: string, message: string) => void }
): readonly CommandName[] => {
  const shell = shellHandlers(actions, core)
  const withinPace = createRateLimit(limits.callsPerSecond, () => performance.now())
  const answer = async (name: CommandName, event: IpcMainInvokeEvent, args: readonly unknown[]): Promise<Result<unknown>> => {
    if (!isTrustedSender(event.senderFrame, origin)) {
      log.info(`${name}: refused, not one of our own pages`)
      return failure('BAD_REQUEST')
    }
    if (!withinPace(name)) return failure('BUSY')
    const input = args.length === 1 ? parsePayload(name, args[0]) : null
    if (input === null) {
      log.info(`${name}: refused, the payload does not fit`)
      return failure('BAD_REQUEST')
    }
    if (commands[name].answeredBy === 'core') return core.call(name as CoreCommandName, input as CommandInput<CoreCommandName>)
    const barred = commands[name].access === 'open' ? null : await barrier(core, commands[name].access)
    if (barred !== null) return barred
    return (shell[name as ShellCommandName] as (input: unknown, sender: WebContents) => Answer<ShellCommandName>)(input, event.sender)
  }
  const names = Object.keys(commands) as CommandName[]
  for (const name of names) {
    ipcMain.handle(channelPrefix + name, async (event, ...args: unknown[]) => {
      try {
        return await answer(name, event, args)
      } catch (error) {
        log.bug(name, error instanceof Error ? `${error.name}: ${error.message}` : 'not an error')
        return failure('INTERNAL')
      }
    })
  }
  return names
}
