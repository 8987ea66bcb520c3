import { messages, requestSchema, type MessageInput, type MessageName, type MessageReply } from '../wire/messages'
import type { Call, Context, OpenHandler, SessionHandler } from './context'
import { createPerson } from './coordinator/create'
import { listPeople, viewSites } from './coordinator/people'
import { setPolicy } from './coordinator/policy'
import { resetPerson } from './coordinator/reset'
import { setDisabled, setRole, unlock } from './coordinator/standing'
import { listFacilities, searchPeople, showPerson } from './directory/search'
import { acceptInvitation, register } from './directory/registration'
import { giveChallenge } from './identity/challenge'
import { changePasscode, changeQuestions, giveDetails, updateProfile } from './identity/details'
import { listDevices, notMe, signOutDevice } from './identity/devices'
import { debtBefore } from './identity/duties'
import { forgotFinish, forgotStart } from './identity/forgot'
import { changePassword, checkPasswordAgain } from './identity/password'
import { givePolicy } from './identity/policy'
import { secondStep, sendCode } from './identity/second-step'
import { beginTotp, confirmTotp, newPrintedCodes, secondStepOff, setCodeByPost } from './identity/second-step-settings'
import { authenticate, resume, signOut } from './identity/sessions'
import { signIn } from './identity/sign-in'
import { signUp } from './identity/sign-up'
import { acceptTerms } from './identity/terms'
import { isKey } from './keys'
import { submit } from './messaging/submit'
import { readUpdates } from './messaging/updates'
import { envelope, refuse, type Outcome } from './outcome'
import { purchase, settle } from './stamps/purchase'
import { listWallets, readStatement } from './stamps/wallets'

/** The text that leaves, and whether the line is to misbehave with it (test cards). */
export type Answer = { readonly text: string; readonly line?: 'loseAnswer' | 'repeat' | undefined }

type Route<N extends MessageName> =
  | { readonly access: 'open'; readonly handle: OpenHandler<N> }
  | { readonly access: 'session'; readonly handle: SessionHandler<N> }

const open = <N extends MessageName>(handle: OpenHandler<N>): Route<N> => ({ access: 'open', handle })
const session = <N extends MessageName>(handle: SessionHandler<N>): Route<N> => ({ access: 'session', handle })

/** Who answers what. A message of the wire without an answer does not compile. */
const routes: { readonly [N in MessageName]: Route<N> } = {
  'identity.challenge': open(giveChallenge),
  'identity.signUp': open(signUp),
  'identity.signIn': open(signIn),
  'identity.sendCode': open(sendCode),
  'identity.secondStep': open(secondStep),
  'identity.policy': open(givePolicy),
  'identity.forgotStart': open(forgotStart),
  'identity.forgotFinish': open(forgotFinish),
  'identity.details': session(giveDetails),
  'identity.updateProfile': session(updateProfile),
  'identity.changePassword': session(changePassword),
  'identity.changeQuestions': session(changeQuestions),
  'identity.changePasscode': session(changePasscode),
  'identity.checkPassword': session(checkPasswordAgain),
  'identity.beginTotp': session(beginTotp),
  'identity.confirmTotp': session(confirmTotp),
  'identity.setCodeByPost': session(setCodeByPost),
  'identity.secondStepOff': session(secondStepOff),
  'identity.newPrintedCodes': session(newPrintedCodes),
  'identity.devices': session(listDevices),
  'identity.signOutDevice': session(signOutDevice),
  'identity.notMe': session(notMe),
  'coordinator.view': session(viewSites),
  'coordinator.people': session(listPeople),
  'coordinator.create': session(createPerson),
  'coordinator.setDisabled': session(setDisabled),
  'coordinator.unlock': session(unlock),
  'coordinator.reset': session(resetPerson),
  'coordinator.setRole': session(setRole),
  'coordinator.setPolicy': session(setPolicy),
  'identity.resume': open(resume),
  'identity.signOut': session(signOut),
  'identity.acceptTerms': session(acceptTerms),
  'directory.facilities': open(listFacilities),
  'directory.search': session(searchPeople),
  'directory.person': session(showPerson),
  'contacts.register': session(register),
  'contacts.acceptInvitation': session(acceptInvitation),
  'stamps.wallets': session(listWallets),
  'stamps.purchase': session(purchase),
  'stamps.settle': session(settle),
  'stamps.statement': session(readStatement),
  'messaging.submit': session(submit),
  'messaging.updates': session(readUpdates)
}

/** What a caller must have agreed to, by message: its absence has an answer of its own. */
const consentField: { readonly [N in MessageName]?: string } = { 'stamps.purchase': 'consentCents', 'messaging.submit': 'consentStamps' }

/** A letter of the greatest length the wire knows, every character escaped, and some room. */
const longestRequest = 8_000_000

const lacksConsent = (name: MessageName, input: unknown): boolean => {
  const field = consentField[name]
  if (field === undefined || typeof input !== 'object' || input === null) return false
  const value: unknown = Object.getOwnPropertyDescriptor(input, field)?.value
  return value === undefined || value === null
}

const hasBadKey = (input: object): boolean => 'key' in input && !(typeof input.key === 'string' && isKey(input.key))

const dispatch = async <N extends MessageName>(call: Call, name: N, token: string | null, input: unknown): Promise<Outcome<MessageReply<N>>> => {
  const route: Route<N> = routes[name]
  const caller = route.access === 'session' ? await authenticate(call, token) : null
  if (route.access === 'session' && caller === null) return refuse('UNAUTHENTICATED')
  if (lacksConsent(name, input)) return refuse('CONSENT_MISSING')
  const parsed = messages[name].input.safeParse(input)
  if (!parsed.success || hasBadKey(parsed.data)) return refuse('BAD_REQUEST')
  const shaped = parsed.data as MessageInput<N>
  if (route.access === 'open') return route.handle(call, shaped)
  if (caller === null) return refuse('UNAUTHENTICATED')
  return debtBefore(name, caller.account) ?? route.handle(caller, shaped)
}

const parseRequest = (text: string) => {
  if (text.length > longestRequest) return null
  try {
    const parsed = requestSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/**
 * Answers one request; never throws.
 * @param prepare what has to be up to date before anything is answered
 * @param report hears of bugs and of a failing disk; the caller only hears "trouble"
 */
export const createServer =
  (context: Context, prepare: (call: Call) => Promise<void>, report: (error: unknown) => void) =>
  async (text: string): Promise<Answer> => {
    try {
      const request = parseRequest(text)
      if (request === null) return { text: envelope(refuse('BAD_REQUEST')) }
      const call: Call = { context, now: context.clock.time() }
      await prepare(call)
      const outcome = await dispatch(call, request.name, request.token, request.input)
      return { text: envelope(outcome), line: outcome.ok ? outcome.line : undefined }
    } catch (error) {
      report(error)
      return { text: envelope(refuse('TROUBLE')) }
    }
  }
