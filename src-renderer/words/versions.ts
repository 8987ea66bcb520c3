/** One version of a letter in a line: when it was saved, how long it is, what became of it. */
import type { DraftVersion } from '@contract/views'
import type { Loss } from '@rules/words-lost'
import { listTime, type DateSense } from './dates'
import { counted, formatCount } from './plural'

/** "+42 words", "−310 words", "same length" */
export const changeWords = (wordsChanged: number): string => {
  if (wordsChanged === 0) return 'same length'
  return `${wordsChanged > 0 ? '+' : '−'}${formatCount(Math.abs(wordsChanged))} ${Math.abs(wordsChanged) === 1 ? 'word' : 'words'}`
}

/** "Now", "Today 10:42", "Yesterday 9:20", "Tuesday", "18 Nov" */
export const versionTime = (version: Pick<DraftVersion, 'present' | 'savedAt'>, sense: DateSense = {}): string =>
  version.present ? 'Now' : listTime(version.savedAt, sense)

/** Why a version stands out: kept aside, or the last one before most of the words went. */
export const versionNote = (version: Pick<DraftVersion, 'present' | 'aside' | 'pinned'>): string => {
  if (version.aside) return 'Kept aside, not used'
  return version.pinned && !version.present ? 'Before a big change' : ''
}

/** "310 words would go. Keep them?" */
export const lossTitle = (loss: Loss): string =>
  loss.words > 1 ? `${counted(loss.words, 'word')} would go. Keep them?` : `${counted(loss.characters, 'character')} would go. Keep them?`
