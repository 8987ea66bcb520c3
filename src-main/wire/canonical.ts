import type { LetterPayload } from './messages'

/** A letter as it is hashed: of each photo the SHA-256 of its bytes, hex. */
export type LetterToHash = Omit<LetterPayload, 'photos'> & { readonly photos: readonly string[] }

/**
 * The canonical text of a letter, whose SHA-256 both sides compute (I10): keys in fixed order, text in NFC. What else reliability.md §5
 * would have in it is bound elsewhere (README.md). The first word is the version: another text is another word, never another meaning of this one.
 * `letter-2` is a letter with photos; one without is hashed as letters were before there were any.
 * @returns JSON text, UTF-8 when hashed
 */
export const canonicalLetter = (payload: LetterToHash, stamps: number): string =>
  JSON.stringify([
    payload.photos.length === 0 ? 'letter-1' : 'letter-2',
    payload.facilityId,
    payload.number,
    payload.subject.normalize('NFC'),
    payload.body.normalize('NFC'),
    payload.prepaidReply,
    stamps,
    ...(payload.photos.length === 0 ? [] : [payload.photos])
  ])
