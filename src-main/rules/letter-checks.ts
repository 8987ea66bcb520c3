import type { FacilityRules } from '../contract/facility'
import type { Problem, Problems } from '../contract/problem-codes'
import { collectProblems, problem } from './problems'
import { countCharacters, isBlank, normaliseText, oneLine } from './text'

/** The longest subject, in characters (bad-inputs.md, Compose). */
export const subjectLimit = 200

/**
 * A subject as it is stored and sent: one line, no space at its ends.
 * Source: bad-inputs.md (line break in subject).
 */
export const normaliseSubject = (text: string): string => oneLine(text)

/**
 * A letter's text as it is counted, hashed and sent: plain text, line feeds, NFC. Spaces and empty lines stay where they were typed.
 * Source: bad-inputs.md (kept as plain text).
 */
export const normaliseBody = (text: string): string => normaliseText(text)

/**
 * Lines of a text; empty lines at its end do not count.
 * @returns lines, at least 1
 */
export const countLines = (text: string): number => normaliseText(text).trimEnd().split('\n').length

export type LetterFields = { readonly contactId: string | null; readonly subject: string; readonly body: string; /** How many. */ readonly photos: number }

/**
 * What stands between a letter and Send. Without a recipient the facility's limits are not known and are not checked.
 * @param facility the recipient's facility, or null when nobody is chosen
 * @returns RECIPIENT_MISSING on `to`; SUBJECT_EMPTY or SUBJECT_TOO_LONG {limit, over} on `subject`; BODY_EMPTY,
 * BODY_TOO_LONG {limit, over} or BODY_TOO_MANY_LINES {limit, over} on `body`; PHOTOS_NOT_TAKEN {over} or PHOTOS_TOO_MANY {limit, over} on
 * `photos`; limits in characters, lines or photos
 * Source: S0 step 12 (select, subject, message); domain.md, Simulated facilities (limits).
 */
export const checkLetter = (
  facility: Pick<FacilityRules, 'maxChars' | 'maxLines' | 'media'> | null,
  letter: LetterFields
): Problems<'to' | 'subject' | 'body' | 'photos'> =>
  collectProblems({
    to: letter.contactId === null || letter.contactId === '' ? problem('RECIPIENT_MISSING') : null,
    subject: checkSubject(letter.subject),
    body: checkBody(facility, letter.body),
    photos: checkPhotos(facility, letter.photos)
  })

const checkSubject = (subject: string): Problem | null => {
  if (isBlank(subject)) return problem('SUBJECT_EMPTY')
  const over = countCharacters(normaliseSubject(subject)) - subjectLimit
  return over > 0 ? problem('SUBJECT_TOO_LONG', { limit: subjectLimit, over }) : null
}

const checkBody = (facility: Pick<FacilityRules, 'maxChars' | 'maxLines'> | null, body: string): Problem | null => {
  if (isBlank(body)) return problem('BODY_EMPTY')
  if (facility === null) return null
  const over = countCharacters(body) - facility.maxChars
  if (over > 0) return problem('BODY_TOO_LONG', { limit: facility.maxChars, over })
  const linesOver = facility.maxLines === null ? 0 : countLines(body) - facility.maxLines
  return linesOver > 0 && facility.maxLines !== null ? problem('BODY_TOO_MANY_LINES', { limit: facility.maxLines, over: linesOver }) : null
}

const checkPhotos = (facility: Pick<FacilityRules, 'media'> | null, photos: number): Problem | null => {
  if (facility === null || photos <= facility.media.photos) return null
  const over = photos - facility.media.photos
  return facility.media.photos === 0 ? problem('PHOTOS_NOT_TAKEN', { over }) : problem('PHOTOS_TOO_MANY', { limit: facility.media.photos, over })
}
