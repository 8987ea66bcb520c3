import { currentTerms } from '../../rules/terms'
import { transact, type SessionHandler, type Tx } from '../context'
import { done, refuse } from '../outcome'
import { note } from './account-log'
import { owedBy } from './duties'
import { profileOf } from './profile'

type Document = keyof typeof currentTerms

/** Keeps for ever which version was accepted and when. */
export const keepAcceptance = async (tx: Tx, accountId: string, document: Document, version: string): Promise<void> => {
  await tx.db.insertInto('terms_acceptance').values({ account_id: accountId, document, version, at: tx.now }).execute()
}

/** `identity.acceptTerms`: only the current version can be accepted; asked again for nothing that is owed, nothing is written. */
export const acceptTerms: SessionHandler<'identity.acceptTerms'> = (call, { document, version }) =>
  transact(call, async (tx) => {
    if (version !== currentTerms[document]) return refuse('INVALID', { problems: { version: { code: 'TERMS_NOT_ACCEPTED' } } })
    const { account } = call
    const accepted = document === 'terms' ? !owedBy(account).terms : account.emessaging_version === version
    if (accepted) return done(profileOf(account))
    const change = document === 'terms' ? { terms_version: version, terms_at: tx.now, must_accept_terms: 0 as const } : { emessaging_version: version, emessaging_at: tx.now }
    await keepAcceptance(tx, account.id, document, version)
    await note(tx, account.id, 'termsAccepted', call.deviceId, { document, version })
    return done(profileOf(await tx.db.updateTable('account').set(change).where('id', '=', account.id).returningAll().executeTakeFirstOrThrow()))
  })
