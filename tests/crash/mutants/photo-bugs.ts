/** Bugs about the photos of a letter. */
import type { Change } from '../support/planted'
import type { Bug } from './bugs'
import { letters, steps } from './pieces'

const hashWithoutPhotos: Change = { file: 'src-main/wire/canonical.ts', find: `    ...(payload.photos.length === 0 ? [] : [payload.photos])\n`, replace: '' }
const photosNotFrozen: readonly Change[] = [
  { file: letters, find: `    mailbox.photos.freeze(letterId, draft.draftId)\n`, replace: '' },
  { file: steps, find: `mailbox.photos.ofLetter(letterId).map(`, replace: `mailbox.photos.ofDraft(mailbox.letters.get(letterId)?.draftId ?? '').map(` }
]

export const photoBugs: readonly Bug[] = [
  { name: 'hash-without-photos', says: 'the hash says nothing about the photos of a letter', foundBy: 'sim', quick: true, changes: [hashWithoutPhotos] },
  { name: 'photos-not-frozen', says: 'a letter has no photos of its own: those that its draft has when it leaves travel', foundBy: 'sim', changes: photosNotFrozen },
  {
    name: 'photos-not-frozen-unguarded',
    says: 'the same, and the hash says nothing about them',
    foundBy: 'sim',
    byTheJudge: true,
    changes: [...photosNotFrozen, hashWithoutPhotos]
  },
  {
    name: 'photo-goes-with-its-draft',
    says: 'a photo that is taken out of its last draft is gone, though a letter has it',
    foundBy: 'sim',
    changes: [{ file: 'src-main/storage/migrations/mailbox/012-photos.ts', find: `const nobodyHolds = holders.map(`, replace: `const nobodyHolds = holders.slice(0, 1).map(` }]
  }
]
