/** What is said about photos: how many there are, what they cost, what became of them, and why one did not go into a letter. */
import type { FacilityRules } from '@contract/facility'
import type { PhotoTrouble } from '@contract/photos'
import type { LetterEvent } from '@contract/views'
import { photoStamps } from '@rules/letter-cost'
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
  tooMany: [(name, most) => `This letter can have ${photosWords(most)}, so we did not add ${name}.`, 'Remove one first, or send it with another letter.'],
  notTaken: [(name) => `This facility takes no photos, so we did not add ${name}.`, 'Tell about it in the letter instead.']
}

const of = (params: Params) => words[params['why'] as PhotoTrouble] ?? words.notPhoto

export const photoNotAdded: Say = (params) => of(params)[0](String(params['name'] ?? 'The photo'), Number(params['most'] ?? 5))
export const photoNotAddedNext: Say = (params) => of(params)[1]

/** "IMG_6", "IMG_6 and IMG_7", "IMG_6, IMG_7 and 12 others" */
export const namedTogether = (names: readonly string[]): string => {
  const [first = '', second, ...others] = names
  if (second === undefined) return first
  return others.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${counted(others.length, 'other')}`
}

type Takes = Pick<FacilityRules, 'media' | 'unitWord'>

/** "2 stamps": what photos add to a letter. */
export const photoPrice = (photos: number, unit: FacilityRules['unitWord']): string => counted(photos * photoStamps, unit)

/** How many photos a facility takes, for its rules beside the letter. */
export const photosTaken = ({ media, unitWord }: Takes): string => {
  if (media.photos === 0) return 'Photos cannot go with a letter here.'
  return media.photos === 1 ? `1 photo can go with a letter, for ${photoPrice(1, unitWord)}.` : `Up to ${photosWords(media.photos)} can go with a letter, ${photoPrice(1, unitWord)} each.`
}
