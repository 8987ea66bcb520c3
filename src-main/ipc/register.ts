import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { channelPrefix } from '../contract/channels'
import { commands, type CommandInput, type CommandName, type CommandOutput, type CoreCommandName } from '../contract/commands'
import type { CorePort } from '../contract/core-port'
import { limits } from '../contract/limits'
import { failure, success, type Result } from '../contract/result'
import type { SettingsStore } from '../settings'
import { parsePayload } from './parse'
import { createRateLimit } from './rate-limit'
import { isTrustedSender } from './trusted-sender'

type ShellCommandName = Exclude<CommandName, CoreCommandName>
type ShellHandlers = { readonly [N in ShellCommandName]: (input: CommandInput<N>) => Result<CommandOutput<N>> }

/** What the shell itself answers. */
export type ShellActions = {
  readonly settings: SettingsStore
  readonly settingsChanged: () => void
  readonly openWindow: () => void
  readonly flushed: (flushId: string) => void
}

const shellHandlers = (actions: ShellActions): ShellHandlers => ({
  'settings.get': () => success(actions.settings.get()),
  'settings.set': (input) => {
    const settings = actions.settings.set(input)
    actions.settingsChanged()
    return success(settings)
  },
  'windows.open': () => {
    actions.openWindow()
    return success(null)
  },
  'windows.flushed': (input) => {
    actions.flushed(input.flushId)
    return success(null)
  }
})

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
  const shell = shellHandlers(actions)
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
    return (shell[name as ShellCommandName] as (input: unknown) => Result<unknown>)(input)
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
