import type { AccountService } from '../app/ports'
import type { AccountWire } from './account-wire'
import { toFailure, toResult } from './client'
import { askAgain } from './front-desk'
import { isWorthRetrying } from '../wire/failures'

/** What the app may ask for one account, over the wire. Questions that spend nothing are asked again by themselves. */
export const createAccountService = (wire: AccountWire): AccountService => ({
  acceptEmessagingTerms: async (version) =>
    toResult(await askAgain(() => wire('identity.acceptTerms', { document: 'emessaging', version })), (profile) => profile),
  facilities: async () => toResult(await askAgain(() => wire('directory.facilities', {})), (reply) => reply.facilities),
  search: async (query) => toResult(await askAgain(() => wire('directory.search', query)), (reply) => reply),
  register: async (facilityId, number) => toResult(await askAgain(() => wire('contacts.register', { facilityId, number })), (reply) => reply),
  acceptInvitation: async (facilityId, number, code) =>
    toResult(await askAgain(() => wire('contacts.acceptInvitation', { facilityId, number, code })), () => null),
  charge: async ({ cents, ...order }) => {
    // The key makes asking again harmless: the service charges it once.
    const exchange = await askAgain(() => wire('stamps.purchase', { ...order, consentCents: cents }))
    if (exchange.outcome === 'answered') return { outcome: 'charged', receipt: exchange.reply }
    if (exchange.outcome === 'refused' && !isWorthRetrying(exchange.failure.status) && exchange.failure.code !== 'UNAUTHENTICATED') {
      return { outcome: 'refused', failure: toFailure(exchange.failure) }
    }
    return { outcome: 'unknown' }
  }
})
