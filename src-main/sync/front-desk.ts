import type { FrontDesk } from '../app/ports'
import { currentTerms } from '../rules/terms'
import { toResult, type Ask, type Exchange } from './client'

const tries = 3

/** Asks again when the answer did not come through; safe for questions that spend nothing and for those with a key of their own. */
export const askAgain = async <T>(ask: () => Promise<Exchange<T>>): Promise<Exchange<T>> => {
  let exchange = await ask()
  for (let again = 1; again < tries && isPassing(exchange); again++) exchange = await ask()
  return exchange
}

const isPassing = (exchange: Exchange<unknown>): boolean =>
  exchange.outcome === 'unusable' || (exchange.outcome === 'refused' && exchange.failure.status >= 500) || (exchange.outcome === 'refused' && exchange.failure.status === 429)

/** The service's front desk over the wire: what anyone may ask before signing in. */
export const createFrontDesk = (ask: Ask): FrontDesk => ({
  challenge: async () => toResult(await askAgain(() => ask('identity.challenge', null, {})), (reply) => reply),
  passwordRules: async () => toResult(await askAgain(() => ask('identity.policy', null, {})), ({ policy, presets }) => ({ policy, presets })),
  // The challenge is the request's key: a lost answer is asked for again without a second account.
  signUp: async (form, device) => {
    const input = { ...form, questions: [...form.questions], termsVersion: currentTerms.terms, ...device }
    return toResult(await askAgain(() => ask('identity.signUp', null, input)), (reply) => reply)
  },
  // What follows is not asked again by itself: each try counts.
  signIn: async (email, password, device, rememberToken) =>
    toResult(await ask('identity.signIn', null, { email, password, ...device, rememberToken }), (reply) => reply),
  sendCode: async (attemptToken, method) => toResult(await ask('identity.sendCode', null, { attemptToken, method }), () => null),
  secondStep: async (step) => toResult(await ask('identity.secondStep', null, step), (reply) => reply),
  forgotStart: async (email) => toResult(await ask('identity.forgotStart', null, { email }), () => null),
  forgotFinish: async (form) => toResult(await ask('identity.forgotFinish', null, { ...form, answers: [...form.answers] }), () => null)
})
