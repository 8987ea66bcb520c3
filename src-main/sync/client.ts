import type { Result } from '../contract/result'
import { failure, success } from '../contract/result'
import { problemCodes, type Problem } from '../contract/problem-codes'
import { failureSchema, type WireFailure } from '../wire/failures'
import { messages, type MessageInput, type MessageName, type MessageReply } from '../wire/messages'
import { LineError, type RemoteService } from '../wire/remote-service'

/** What one exchange came to. `unusable`: something came back that is not in the wire's words; treated like no answer. */
export type Exchange<T> =
  | { readonly outcome: 'answered'; readonly reply: T }
  | { readonly outcome: 'refused'; readonly failure: WireFailure }
  | { readonly outcome: 'unreached' }
  | { readonly outcome: 'unusable' }

export type Ask = <N extends MessageName>(name: N, token: string | null, input: MessageInput<N>) => Promise<Exchange<MessageReply<N>>>

/** Speaks the wire: every request leaves as text, every reply is parsed before anyone believes it. */
export const createClient = (remote: RemoteService): Ask => async (name, token, input) => {
  let text: string
  try {
    text = await remote.exchange(JSON.stringify({ name, token, input }))
  } catch (error) {
    if (!(error instanceof LineError)) throw error
    return error.reason === 'offline' ? { outcome: 'unreached' } : { outcome: 'unusable' }
  }
  const parsed = parseJson(text)
  if (typeof parsed !== 'object' || parsed === null) return { outcome: 'unusable' }
  if ('ok' in parsed && parsed.ok === true && 'reply' in parsed) {
    const reply = messages[name].reply.safeParse(parsed.reply)
    return reply.success ? { outcome: 'answered', reply: reply.data as MessageReply<typeof name> } : { outcome: 'unusable' }
  }
  const refused = failureSchema.safeParse(parsed)
  return refused.success ? { outcome: 'refused', failure: refused.data } : { outcome: 'unusable' }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isProblemCode = (code: string): code is Problem['code'] => (problemCodes as readonly string[]).includes(code)

const sameCode = {
  // The device's token was tried as well: somebody ended this PC's session elsewhere.
  UNAUTHENTICATED: 'SIGNED_OUT',
  SIGN_IN_REFUSED: 'SIGN_IN_REFUSED',
  ACCOUNT_LOCKED: 'ACCOUNT_LOCKED',
  CHECK_EMAIL: 'CHECK_EMAIL',
  TERMS_NEEDED: 'TERMS_NEEDED',
  PASSWORD_CHANGE_NEEDED: 'DUTY_FIRST',
  CODE_REFUSED: 'CODE_REFUSED',
  SIGN_IN_AGAIN: 'SIGN_IN_AGAIN',
  PASSWORD_REFUSED: 'PASSWORD_REFUSED',
  NOT_ALLOWED: 'NOT_ALLOWED',
  LAST_COORDINATOR: 'LAST_COORDINATOR',
  RULES_CONTRADICT: 'RULES_CONTRADICT',
  RESET_REFUSED: 'RESET_REFUSED',
  NOT_FOUND: 'NOT_FOUND',
  NOT_ENOUGH_STAMPS: 'NOT_ENOUGH_STAMPS',
  CARD_DECLINED: 'CARD_DECLINED',
  CARD_INSUFFICIENT: 'CARD_INSUFFICIENT',
  PRICE_CHANGED: 'PRICE_CHANGED',
  CONTACT_UNAVAILABLE: 'CONTACT_UNAVAILABLE',
  INVALID: 'INVALID'
} as const

/** The service's no in the words of our own contract. */
export const toFailure = (refused: WireFailure) => {
  const code = refused.code in sameCode ? sameCode[refused.code as keyof typeof sameCode] : 'SERVICE_TROUBLE'
  const problems = Object.fromEntries(
    Object.entries(refused.problems ?? {}).flatMap(([field, problem]) =>
      isProblemCode(problem.code) ? [[field, { code: problem.code, ...(problem.params ? { params: problem.params } : {}) }]] : []
    )
  )
  return failure(code, {
    ...(Object.keys(problems).length > 0 ? { problems } : {}),
    ...(refused.params ? { params: refused.params } : {})
  })
}

/** An exchange as the result of a question that spends nothing: no answer is a failure the person sees. */
export const toResult = <T, U>(exchange: Exchange<T>, take: (reply: T) => U): Result<U> => {
  switch (exchange.outcome) {
    case 'answered':
      return success(take(exchange.reply))
    case 'refused':
      return toFailure(exchange.failure)
    case 'unreached':
      return failure('OFFLINE')
    case 'unusable':
      return failure('SERVICE_TROUBLE')
  }
}
