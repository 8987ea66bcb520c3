/** A line to the service at which somebody sits who puts texts of his own into its answers: names of people, and answers nobody wrote. */
import type { RemoteService } from '../../../src-main/wire/remote-service'

export type Answer = { readonly facilityId: string; readonly number: string; readonly subject: string; readonly body: string }

type Said = { readonly ok: boolean; readonly reply?: Record<string, unknown> }
type Asked = { readonly name: string; readonly input: Record<string, unknown> }
type Update = { readonly seq: number }

export const createStranger = () => {
  let firstNames: string[] = []
  let answers: Answer[] = []
  const change = ({ name, input }: Asked, reply: Record<string, unknown>, now: number): Record<string, unknown> => {
    if (name === 'contacts.register') {
      const person = reply['person'] as Record<string, unknown>
      return { ...reply, person: { ...person, firstName: firstNames.shift() ?? person['firstName'] } }
    }
    if (name !== 'messaging.updates' || reply['more'] === true || answers.length === 0) return reply
    const updates = reply['updates'] as readonly Update[]
    const last = updates.at(-1)?.seq ?? Number(input['after'])
    const more = answers.map((answer, place) => ({ kind: 'reply', seq: last + 1 + place, replyId: `stranger-${last + 1 + place}`, key: null, at: now + place * 60_000, ...answer }))
    answers = []
    return { ...reply, updates: [...updates, ...more] }
  }
  return {
    /** First names of those who are registered next, in turn. */
    nameNext: (names: readonly string[]): void => void (firstNames = [...names]),
    /** Comes with the next news. */
    answer: (list: readonly Answer[]): void => void (answers = [...list]),
    line: (service: RemoteService, now: () => number): RemoteService => ({
      exchange: async (request) => {
        const text = await service.exchange(request)
        const said = JSON.parse(text) as Said
        return said.reply === undefined ? text : JSON.stringify({ ...said, reply: change(JSON.parse(request) as Asked, said.reply, now()) })
      }
    })
  }
}

export type Stranger = ReturnType<typeof createStranger>
