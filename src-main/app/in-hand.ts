import type { CommandInput } from '../contract/commands'
import { success, type Result } from '../contract/result'
import { isDiskTrouble } from '../storage/open'
import type { DeskSession } from './desk-session'

/** A mark is a help for after a crash: a disk that takes nothing must not keep anybody from reading. */
export const ifTheDiskAllows = (write: () => void): void => {
  try {
    write()
  } catch (error) {
    if (!isDiskTrouble(error)) throw error
  }
}

/** A draft was opened to write in it. */
export const takeInHand = ({ mailbox, clock }: DeskSession, draftId: string): void =>
  ifTheDiskAllows(() => mailbox.transaction(() => mailbox.draftsInHand.take(draftId, clock.now())))

/** An editor was left: a crash from here on has nothing to do with this draft. */
export const putDown = ({ mailbox }: DeskSession, input: CommandInput<'drafts.putDown'>): Result<null> => {
  mailbox.transaction(() => mailbox.draftsInHand.putDown(input.draftId))
  return success(null)
}
