/** What is said about photos: how many there are, what became of them, and why one did not go into a letter. */
import type { PhotoTrouble } from '@contract/photos'
import type { LetterEvent } from '@contract/views'
import { counted } from './plural'

/** "1 photo", "2 photos" */
export const photosWords = (count: number): string => counted(count, 'photo')

export const photoTakenOut = 'The facility took a photo out; your words went on.'

/** Whether a facility let a letter through without one of its photos, at whatever step that was. */
export const wasPhotoTakenOut = (history: readonly Pick<LetterEvent, 'reason'>[]): boolean => history.some(({ reason }) => reason === 'photo_removed')

type Params = Readonly<Record<string, string | number>>
type Say = (params: Params) => string

/** The sentence names the photo, the next step says what to do. */
const words: { readonly [W in PhotoTrouble]: readonly [sentence: (name: string, most: number) => string, next: string] } = {
  unreadable: [(name) => `We could not read ${name}. Is the USB stick still in?`, 'Put it back, then add the photo again.'],
  empty: [(name) => `There is nothing in ${name}.`, 'Copy it anew from the camera or the phone, then add it again.'],
  notPhoto: [(name) => `${name} is not a photo we can send (JPEG or PNG).`, 'Choose another file, or save this one as JPEG in another program.'],
  heic: [(name) => `${name} is not a photo we can send (JPEG or PNG): some phones save photos as HEIC.`, 'Open it on this PC, save it as JPEG, and add that.'],
  cut: [(name) => `${name} is damaged: a part of the picture is missing.`, 'Copy it anew from the camera or the phone, then add it again.'],
  tooLarge: [(name) => `${name} is too large to be opened.`, 'Save it smaller in another program, then add it again.'],
  twice: [(name) => `${name} is in this letter already.`, 'Choose another one.'],
  tooMany: [(name, most) => `A letter can have ${most} photos, so ${name} was not added.`, 'Remove one first, or send it with another letter.']
}

const of = (params: Params) => words[params['why'] as PhotoTrouble] ?? words.notPhoto

export const photoNotAdded: Say = (params) => of(params)[0](String(params['name'] ?? 'The photo'), Number(params['most'] ?? 5))
export const photoNotAddedNext: Say = (params) => of(params)[1]
