import replyList from '../../../resources/service/replies.json'
import { diceFor } from './timetable'

export type ReplyText = { readonly subject: string; readonly body: string }

/** The subject of a letter is not kept, so a template that quotes it cannot be used; the answer names the letter's day instead. */
const templates = replyList.filter(({ body }) => !body.includes('{subject}'))

const dayInWords = (at: number): string => new Intl.DateTimeFormat('en-US', { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(at)

/**
 * Writes the answer to a letter: the same letter always gets the same one.
 * @param letter whose answer, in which language, and when it was sent
 */
export const writeReply = (
  seed: number,
  letter: { readonly key: string; readonly language: 'en' | 'es'; readonly submittedAt: number },
  names: { readonly first: string; readonly from: string }
): ReplyText => {
  const template = diceFor(seed, letter.key, 'text').pick(templates.filter(({ language }) => language === letter.language))
  return {
    subject: template.subject.replaceAll('{subject}', () => `your letter of ${dayInWords(letter.submittedAt)}`),
    body: template.body.replaceAll('{first}', () => names.first).replaceAll('{from}', () => names.from)
  }
}
