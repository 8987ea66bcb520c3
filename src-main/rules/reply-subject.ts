import { normaliseSubject, subjectLimit } from './letter-checks'

const prefixes = /^(?:(?:re|aw|sv|rv|res|ref)\s*(?:\[\d+\])?\s*:\s*)+/i

/**
 * The subject of an answer: "Re: " once, however often the two have answered, and never longer than a subject may be.
 * @param subject of what is answered
 */
export const replySubject = (subject: string): string => {
  const bare = normaliseSubject(subject).replace(prefixes, '')
  return [...`Re: ${bare}`].slice(0, subjectLimit).join('').trimEnd()
}
