/** What a person writes in one letter, and what of it may cross the bridge. */
import { limits } from '@contract/limits'
import type { Problems } from '@contract/problem-codes'
import type { Draft } from '@contract/views'

export const fieldNames = ['contactId', 'subject', 'body', 'prepaidReply'] as const
export type FieldName = (typeof fieldNames)[number]
export type DraftFields = Pick<Draft, FieldName>

export const emptyFields: DraftFields = { contactId: null, subject: '', body: '', prepaidReply: false }

/** A plain copy: a Vue proxy must not be kept, sent or compared. */
export const fieldsOf = (source: DraftFields): DraftFields => ({
  contactId: source.contactId,
  subject: source.subject,
  body: source.body,
  prepaidReply: source.prepaidReply
})

export const pickFields = (source: DraftFields, names: Iterable<FieldName>): Partial<DraftFields> => {
  const all = fieldsOf(source)
  return Object.fromEntries([...names].map((name) => [name, all[name]])) as Partial<DraftFields>
}

/** What one call may hold beside the text: ids, names of fields, brackets. */
const wrapping = 8_192
/** No character takes more than three bytes of JSON a UTF-16 unit, except control signs, which `bytes` counts. */
const surelyFits = Math.floor((limits.payloadBytes - wrapping) / 6)

const bytes = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length

/** Texts so long that main's door refuses them. They stay on the screen, whole; everything else is saved. */
export const tooLongToKeep = (fields: DraftFields): Problems<'subject' | 'body'> => {
  const subjectOver = fields.subject.length - limits.subject
  const bodyOver = fields.body.length - limits.body
  const heavy = fields.body.length > surelyFits && bytes(fields.body) > limits.payloadBytes - wrapping
  return {
    ...(subjectOver > 0 ? { subject: { code: 'TOO_LONG', params: { limit: limits.subject, over: subjectOver } } } : {}),
    ...(bodyOver > 0
      ? { body: { code: 'TOO_LONG', params: { limit: limits.body, over: bodyOver } } }
      : heavy
        ? { body: { code: 'TOO_LONG' } }
        : {})
  }
}
