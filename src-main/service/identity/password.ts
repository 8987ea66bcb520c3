import { normalisePassword } from '../../rules/password-policy'
import { transact, type SessionHandler, type SignedInCall } from '../context'
import { done, refuse, type Outcome } from '../outcome'
import { note } from './account-log'
import { signOutEverywhere } from './devices'
import { problemsFor, setPassword } from './new-password'
import { postPasswordChanged } from './notices'
import { profileOf } from './profile'
import { provePassword } from './prove'

/** How long ago the password may have been shown to stand for itself. */
const freshMs = 5 * 60_000

/** `identity.changePassword`: by the rules in force and the account's history; every other device needs the new one. */
export const changePassword: SessionHandler<'identity.changePassword'> = async (call, input) => {
  const proof = input.password === null ? proofBySignIn(call) : await provePassword(call, input.password)
  if (!proof.ok) return proof
  const problems = await problemsFor(call, input, call.account)
  if (problems !== undefined) return refuse('INVALID', { problems })
  const passwordHash = await call.context.kdf.hash(normalisePassword(input.newPassword))
  return transact(call, async (tx) => {
    const account = await setPassword(tx, call.account, passwordHash)
    await signOutEverywhere(tx, account.id, call.deviceId)
    await note(tx, account.id, 'passwordChanged', call.deviceId)
    await postPasswordChanged(tx, account)
    return done(profileOf(account))
  })
}

/**
 * Without a password only where a new one is owed and the sign-in stands for it: this session began with a password while it was
 * owed, or the password was shown a moment ago. Whoever finds a screen open cannot report "not me" and take the account over.
 */
const proofBySignIn = ({ account, session, now }: SignedInCall): Outcome<null> => {
  if (account.must_change_password === 0) return refuse('PASSWORD_REFUSED')
  const fresh = session.began_owing === 1 || (session.proven_at !== null && now - session.proven_at <= freshMs)
  return fresh ? done(null) : refuse('SIGN_IN_AGAIN')
}

/** `identity.checkPassword`: only whether it is right. A wrong one counts as at the door. */
export const checkPasswordAgain: SessionHandler<'identity.checkPassword'> = async (call, { password }) => {
  const proof = await provePassword(call, password)
  return proof.ok ? done({}) : proof
}
