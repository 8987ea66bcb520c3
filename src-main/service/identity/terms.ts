import { currentTerms } from '../../rules/terms'
import { transact, type SessionHandler } from '../context'
import { done, refuse } from '../outcome'
import { profileOf } from './sessions'

/** `identity.acceptTerms`: keeps which version was accepted and when; only the current version can be. */
export const acceptTerms: SessionHandler<'identity.acceptTerms'> = (call, { document, version }) =>
  transact(call, async (tx) => {
    if (version !== currentTerms[document]) return refuse('INVALID', { problems: { version: { code: 'TERMS_NOT_ACCEPTED' } } })
    const kept = document === 'terms' ? call.account.terms_version : call.account.emessaging_version
    if (kept === version) return done(profileOf(call.account))
    const change = document === 'terms' ? { terms_version: version, terms_at: tx.now } : { emessaging_version: version, emessaging_at: tx.now }
    const account = await tx.db.updateTable('account').set(change).where('id', '=', call.account.id).returningAll().executeTakeFirstOrThrow()
    return done(profileOf(account))
  })
