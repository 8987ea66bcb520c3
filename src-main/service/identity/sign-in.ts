import { normaliseEmail } from '../../rules/email'
import type { MessageReply } from '../../wire/messages'
import type { OpenHandler } from '../context'
import { done, refuse } from '../outcome'
import { isRemembered } from './devices'
import { tryPassword } from './prove'
import { signedIn } from './sessions'
import { waitForSecondStep } from './waiting'

type Reply = MessageReply<'identity.signIn'>

/**
 * `identity.signIn`. Unknown, wrong and disabled are one answer after the same work. Where the account has a second step,
 * the right password opens a waiting sign-in and nothing else, unless this device is remembered.
 */
export const signIn: OpenHandler<'identity.signIn'> = async (call, { email, password, deviceId, deviceName, rememberToken }) => {
  const address = normaliseEmail(email)
  const account = await call.context.db.selectFrom('account').selectAll().where('email', '=', address).executeTakeFirst()
  const device = { deviceId, deviceName }
  return tryPassword<Reply>(call, {
    address,
    account,
    typed: password,
    deviceName,
    onRight: async (tx, found) => {
      if (found.second_step === 'off' || (await isRemembered(tx, found.id, deviceId, rememberToken))) return done<Reply>(await signedIn(tx, call, found, device))
      return done<Reply>(await waitForSecondStep(tx, call, found, found.second_step, device))
    },
    onWrong: (triesLeft) => refuse('SIGN_IN_REFUSED', { params: { triesLeft } })
  })
}
