import type { ArchiveFilters, LetterState } from '@contract/views'

/** Where a letter that has gone can be, in the words of the list. */
export const stateNames: Readonly<Partial<Record<LetterState, string>>> = {
  submitted: 'Sent',
  screening: 'In review',
  held: 'Held for review',
  approved: 'Approved',
  delivered: 'Delivered',
  replied: 'Answered',
  rejected: 'Not delivered',
  undeliverable: 'Came back'
}

/** Who wrote what a list shows. */
export const writerNames: Readonly<Record<NonNullable<ArchiveFilters['writtenBy']>, string>> = { either: 'Either of you', me: 'You', them: 'The other person' }

export const stampsNames: Readonly<Record<Exclude<ArchiveFilters['stamps'], 'any'>, string>> = { free: 'No stamps', one: '1 stamp', more: '2 stamps or more' }
