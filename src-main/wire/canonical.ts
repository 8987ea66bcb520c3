import type { LetterPayload } from './messages'

/**
 * The canonical text of a letter, whose SHA-256 both sides compute (I10): keys in fixed order, text in NFC. What else reliability.md §5
 * would have in it is bound elsewhere (README.md). The first word is the version: another text is another word, never another meaning of this one.
 * @returns JSON text, UTF-8 when hashed
 */
export const canonicalLetter = (payload: LetterPayload, stamps: number): string =>
  JSON.stringify([
    'letter-1',
    payload.facilityId,
    payload.number,
    payload.subject.normalize('NFC'),
    payload.body.normalize('NFC'),
    payload.prepaidReply,
    stamps
  ])
