/**
 * What the shell hands on to the core after a person chose something in a dialog of the system. No window can ask for these: they are in no
 * list that the bridge is made from.
 */
import type { BackupsView, RestoreView } from './views'

export type InnerCommands = {
  /** Keeps copies in this folder from now on. */
  readonly 'backups.useFolder': { readonly input: { readonly path: string }; readonly output: BackupsView }
  /** Looks for copies in this folder. */
  readonly 'restore.lookIn': { readonly input: { readonly path: string }; readonly output: RestoreView }
}

export type InnerCommandName = keyof InnerCommands
