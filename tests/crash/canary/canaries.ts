/** Secrets nobody else has, one for each kind of thing that must never lie readable on a disk. */
import peopleList from '../../../resources/service/people.json'
import type { SeededNumbers } from '../support/seeded-numbers'

export type Canary = {
  readonly name: string
  readonly text: string
  /** Four digits stand everywhere by chance: such a one counts only where nothing else touches it, or as a whole value of a table. */
  readonly short?: boolean
  /** The service knows this by its nature (it has the directory of people). */
  readonly knownToService?: boolean
}

const peopleText = JSON.stringify(peopleList)

/** Four digits that are no part of any number in the directory, and no year. */
const freeDigits = (random: SeededNumbers, taken: readonly string[]): string => {
  for (;;) {
    const digits = String(2_100 + random.below(7_800))
    const plain = new Set(digits).size >= 3 && !taken.includes(digits)
    if (plain && !peopleText.includes(digits)) return digits
  }
}

/** What a person types in the flows of this program. Each meets the rules of its field. */
export const typedCanaries = (random: SeededNumbers) => {
  const word = (): string => random.letters(10)
  const passcode = freeDigits(random, [])
  const newPasscode = freeDigits(random, [passcode])
  return {
    password: `Kq7${word()}`,
    newPassword: `Vt4${word()}`,
    resetPassword: `Zp9${word()}`,
    wrongPassword: `Xn2${word()}`,
    answers: [`ansone${word()}`, `anstwo${word()}`, `ansthree${word()}`] as const,
    newAnswers: [`newone${word()}`, `newtwo${word()}`, `newthree${word()}`] as const,
    passcode,
    newPasscode,
    /** A card for testing: the only numbers the practice shop takes. */
    card: '378282246310005',
    declinedCard: '4000000000000002',
    securityCode: freeDigits(random, [passcode, newPasscode]),
    subject: `subject ${word()}`,
    body: `Dear friend, ${word()} ${word()} came home.`,
    earlierText: `An earlier beginning: ${word()}.`,
    conflictText: `Typed at the other window: ${word()}.`,
    discardedText: `Thrown away: ${word()}.`,
    heldWord: word(),
    offlineText: `Written without the line: ${word()}.`,
    lastWords: `Typed just before the crash: ${word()}.`,
    othersPassword: `Jm6${word()}`,
    othersText: `The other volunteer wrote: ${word()}.`,
    search: `seek${word()}`
  }
}

export type TypedCanaries = ReturnType<typeof typedCanaries>

/** The person the letters go to: the only Espinoza of the directory. */
export const contactPerson = { facilityId: 'cedar-state', number: '002551', lastName: 'Espinoza' } as const

/** What was typed, as it is looked for. */
export const typedList = (typed: TypedCanaries): readonly Canary[] => [
  { name: 'password', text: typed.password },
  { name: 'new password', text: typed.newPassword },
  { name: 'password after a reset', text: typed.resetPassword },
  { name: 'wrong password tried', text: typed.wrongPassword },
  ...typed.answers.map((text, index) => ({ name: `security answer ${index + 1}`, text })),
  ...typed.newAnswers.map((text, index) => ({ name: `changed security answer ${index + 1}`, text })),
  { name: 'passcode', text: typed.passcode, short: true },
  { name: 'changed passcode', text: typed.newPasscode, short: true },
  { name: 'card number', text: typed.card },
  { name: 'declined card number', text: typed.declinedCard },
  { name: 'security code of the card', text: typed.securityCode, short: true },
  { name: 'letter subject', text: typed.subject },
  { name: 'letter body', text: typed.body },
  { name: 'earlier version of a letter', text: typed.earlierText },
  { name: 'text of a conflict', text: typed.conflictText },
  { name: 'discarded draft', text: typed.discardedText },
  { name: 'letter that was held', text: typed.heldWord },
  { name: 'letter written without the line', text: typed.offlineText },
  { name: 'draft at the moment of the crash', text: typed.lastWords },
  { name: 'password of another volunteer', text: typed.othersPassword },
  { name: 'draft of another volunteer', text: typed.othersText },
  { name: 'search in the directory', text: typed.search },
  { name: 'name of a contact', text: contactPerson.lastName, knownToService: true }
]
