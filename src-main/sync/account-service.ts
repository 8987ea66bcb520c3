import type { AccountService } from '../app/ports'
import type { AccountWire } from './account-wire'
import { toFailure, toResult } from './client'
import { askAgain } from './front-desk'
import { createCoordinatorService } from './coordinator-service'
import { isFinal } from '../wire/failures'

const same = <T>(reply: T): T => reply
const nothing = (): null => null

/** What the app may ask for one account, over the wire. Questions that spend nothing are asked again by themselves. */
export const createAccountService = (wire: AccountWire): AccountService => ({
  acceptTerms: async (document, version) => toResult(await askAgain(() => wire('identity.acceptTerms', { document, version })), same),
  details: async () => toResult(await askAgain(() => wire('identity.details', {})), same),
  updateProfile: async (profile) => toResult(await askAgain(() => wire('identity.updateProfile', profile)), same),
  changePassword: async (change) => toResult(await wire('identity.changePassword', change), same),
  changeQuestions: async (input) => toResult(await wire('identity.changeQuestions', { ...input, questions: [...input.questions] }), nothing),
  changePasscode: async (input) => toResult(await wire('identity.changePasscode', input), nothing),
  checkPassword: async (password) => toResult(await wire('identity.checkPassword', { password }), nothing),
  beginTotp: async (password) => toResult(await wire('identity.beginTotp', { password }), same),
  confirmTotp: async (code) => toResult(await wire('identity.confirmTotp', { code }), same),
  setCodeByPost: async (input) => toResult(await wire('identity.setCodeByPost', input), same),
  secondStepOff: async (password) => toResult(await wire('identity.secondStepOff', { password }), nothing),
  newPrintedCodes: async (password) => toResult(await wire('identity.newPrintedCodes', { password }), same),
  devices: async () => toResult(await askAgain(() => wire('identity.devices', {})), (reply) => reply.devices),
  signOutDevice: async (deviceId) => toResult(await askAgain(() => wire('identity.signOutDevice', { deviceId })), (reply) => reply.devices),
  notMe: async () => toResult(await askAgain(() => wire('identity.notMe', {})), same),
  signOut: async () => {
    await wire('identity.signOut', {})
  },
  coordinator: createCoordinatorService(wire),
  facilities: async () => toResult(await askAgain(() => wire('directory.facilities', {})), (reply) => reply.facilities),
  search: async (query) => toResult(await askAgain(() => wire('directory.search', query)), (reply) => reply),
  register: async (facilityId, number) => toResult(await askAgain(() => wire('contacts.register', { facilityId, number })), (reply) => reply),
  acceptInvitation: async (facilityId, number, code) =>
    toResult(await askAgain(() => wire('contacts.acceptInvitation', { facilityId, number, code })), () => null),
  charge: async ({ cents, ...order }) => {
    // The key makes asking again harmless: the service charges it once.
    const exchange = await askAgain(() => wire('stamps.purchase', { ...order, consentCents: cents }))
    if (exchange.outcome === 'answered') return { outcome: 'charged', receipt: exchange.reply }
    if (exchange.outcome === 'refused' && isFinal(exchange.failure)) {
      return { outcome: 'refused', failure: toFailure(exchange.failure) }
    }
    return { outcome: 'unknown' }
  }
})
