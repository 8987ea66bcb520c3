import type { MessageInput, MessageName, MessageReply } from '../wire/messages'
import type { Ask, Exchange } from './client'

/** Asks the service as one account; comes back by the device's token when the session's has run out. */
export type AccountWire = <N extends MessageName>(name: N, input: MessageInput<N>) => Promise<Exchange<MessageReply<N>>>

export const createAccountWire = (
  ask: Ask,
  credentials: { readonly deviceId: string; readonly deviceToken: string; readonly sessionToken: string | null }
): AccountWire => {
  let sessionToken = credentials.sessionToken
  const resume = async (): Promise<Exchange<null>> => {
    const resumed = await ask('identity.resume', null, { deviceToken: credentials.deviceToken, deviceId: credentials.deviceId })
    if (resumed.outcome !== 'answered') return resumed
    sessionToken = resumed.reply.sessionToken
    return { outcome: 'answered', reply: null }
  }
  return async (name, input) => {
    if (sessionToken === null) {
      const resumed = await resume()
      if (resumed.outcome !== 'answered') return resumed
    }
    const first = await ask(name, sessionToken, input)
    if (first.outcome !== 'refused' || first.failure.code !== 'UNAUTHENTICATED') return first
    const resumed = await resume()
    return resumed.outcome === 'answered' ? ask(name, sessionToken, input) : resumed
  }
}
