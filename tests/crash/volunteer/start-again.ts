/** What the volunteer does after a crash: starts the app again, signs in with the password that is in force, and lets everything go. In this process. */
import { openTestDesk, type TestDesk } from '../../support/core'
import type { VirtualTime } from '../../support/virtual-time'
import { drain } from './script'
import { email } from './template'

/**
 * @param passwords the one in force, or, after a crash in the middle of a change, the one before and the one after it
 * @returns what went wrong, in words
 */
export const startAgain = async (profileDir: string, passwords: readonly string[], options: { readonly dice?: string; readonly time?: VirtualTime; readonly look?: (desk: TestDesk) => Promise<readonly string[]> } = {}): Promise<readonly string[]> => {
  const { look, ...rest } = options
  let desk: TestDesk
  try {
    desk = await openTestDesk({}, { profileDir, dice: 'start again', ...rest })
  } catch (error) {
    return [`the app does not start: ${String(error)}`]
  }
  try {
    const problem = await enter(desk, passwords)
    if (problem !== null) return [problem]
    await drain(desk)
    const seen = look === undefined ? [] : await look(desk)
    return [...seen, ...desk.bugs.map((bug) => `a bug was logged: ${bug}`)]
  } catch (error) {
    return [`the app does not work: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]
  } finally {
    await desk.end()
  }
}

/** In the middle of a change the service can have the new password and the mailbox still the old one: then the old one opens it, as a duty. */
const enter = async (desk: TestDesk, passwords: readonly string[]): Promise<string | null> => {
  for (const password of [...passwords].reverse()) {
    const answer = await desk.call('accounts.signIn', { email, password })
    if (!answer.ok && answer.code === 'SIGN_IN_REFUSED') continue
    if (!answer.ok) return `signing in was answered ${answer.code}`
    if (answer.value.outcome !== 'signedIn') return 'a second step was asked'
    if (!answer.value.session.duties.includes('openMailbox')) return null
    for (const secret of passwords) {
      const opened = await desk.call('duties.openMailbox', { with: 'oldPassword', secret })
      if (opened.ok) return null
    }
    return 'the mailbox stays sealed'
  }
  return 'no password lets the volunteer in'
}
