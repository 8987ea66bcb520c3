/** What surrounds the app, in words: a full disk, a wrong clock, a folder in a bad place. Each says what it means and what to do next. */
import type { DataPlace, Surroundings } from '@contract/surroundings'
import { fullDate, type DateSense } from './dates'

export type Notice = {
  readonly key: 'saving' | 'service' | 'clock' | 'place'
  readonly tone: 'bad' | 'warn' | 'ok'
  readonly title: string
  readonly text: string
  /** Words of the button that puts the notice away; without them it stays until it is over. */
  readonly putAway: string | null
}

const savingNotice = ({ saving, roomAgain }: Surroundings): Notice | null => {
  const base = { key: 'saving', putAway: null } as const
  switch (saving) {
    case 'ok':
      return null
    case 'full':
      return {
        ...base,
        tone: 'bad',
        title: 'Not saved: the disk of this PC is full.',
        text: 'What you type stays on the screen, and you can copy it. Make room: empty the recycle bin, or remove files nobody needs. Epistle saves again by itself as soon as there is room.'
      }
    case 'unwritable':
      return {
        ...base,
        tone: 'bad',
        title: 'Not saved: Epistle cannot write to its folder now.',
        text: 'What you type stays on the screen, and you can copy it. Ask whoever looks after this PC to look at the disk. Epistle tries again by itself every few seconds.'
      }
    case 'readOnly':
      return {
        ...base,
        tone: 'warn',
        title: 'Read-only: you can read and print, not write.',
        text: 'Epistle may not write to its folder. Ask whoever looks after this PC for the right to write there, then start Epistle again.'
      }
    case 'noRoom':
      return roomAgain
        ? { ...base, tone: 'ok', title: 'There is room on the disk again.', text: 'To write, sign out and sign in again.' }
        : {
            ...base,
            tone: 'warn',
            title: 'The disk is full. You can read and print; nothing can be saved until there is room.',
            text: 'Make room: empty the recycle bin, or remove files nobody needs. Epistle notices by itself when there is room.'
          }
  }
}

const serviceNotice = ({ serviceDamaged }: Surroundings): Notice | null =>
  serviceDamaged
    ? {
        key: 'service',
        tone: 'bad',
        title: 'Nothing can be sent from this PC now: a file of the service is damaged.',
        text: 'You can read, write and print; letters that wait are safe and go later. The file was kept as it is. Ask whoever looks after this PC to bring back “service.db” from a copy of Epistle’s folder; “What went wrong” shows where that is.',
        putAway: null
      }
    : null

const clockNotice = ({ clock }: Surroundings, sense: DateSense): Notice | null =>
  clock === null
    ? null
    : {
        key: 'clock',
        tone: 'warn',
        title: 'This PC’s clock looks wrong.',
        text: `It said ${fullDate(clock.now, sense)}, but Epistle was last used here on ${fullDate(clock.lastSeen, sense)}. New letters would carry the wrong date; their order stays right. Set the date and time in the settings of this computer.`,
        putAway: 'The date is right'
      }

/** Where a folder lies, as one would say it. */
export const placeWords = (place: DataPlace): string => {
  if (place.kind === 'local') return 'On this PC'
  return place.kind === 'synced' ? `In a folder that ${place.product} copies to the internet` : 'On another computer, over the network'
}

const placeNotice = ({ placeWarning }: Surroundings): Notice | null => {
  if (placeWarning === null || placeWarning.kind === 'local') return null
  const title = placeWarning.kind === 'synced' ? `Your letters lie in a folder of ${placeWarning.product}.` : 'Your letters lie on another computer, over the network.'
  const why =
    placeWarning.kind === 'synced'
      ? `${placeWarning.product} may put back an old copy, or make two of one.`
      : 'When the network breaks off, a letter can be damaged.'
  return {
    key: 'place',
    tone: 'warn',
    title,
    text: `${why} Go on writing for now, and ask whoever looks after this PC to close Epistle and move its folder to a disk of this PC that is not shared or copied. “What went wrong” shows where the folder is.`,
    putAway: 'I have read this'
  }
}

/** What is to be said now, the most pressing first. */
export const surroundingNotices = (surroundings: Surroundings, sense: DateSense = {}): readonly Notice[] =>
  [savingNotice(surroundings), serviceNotice(surroundings), clockNotice(surroundings, sense), placeNotice(surroundings)].filter((notice) => notice !== null)

/** Whether nothing can be written in this visit. */
export const isReadOnly = ({ saving }: Surroundings): boolean => saving === 'readOnly' || saving === 'noRoom'
