/** What letters are made of: sentences of our own about a week in a parish, and public-domain texts of tests/fixtures/texts (its README names the sources). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dice } from './random'

const everyday = [
  'Thank you for your letter. It came on Tuesday, and I read it twice before supper.',
  'The choir is learning a new setting for Advent, and the basses are as lost as ever.',
  'We had rain all week, so the garden behind the church looks after itself.',
  'My sister came to visit and we baked the lemon cake you asked about.',
  'I kept your drawing on the shelf beside the window where the light is good.',
  'Father Tom asked after you and sends his greetings.',
  'You wrote that the evenings are the hardest. I light a candle at seven, so you know that somebody is awake with you.',
  'The tomatoes did come up after all, though the birds had most of them.',
  'I looked up the book you mentioned. The library has two copies and I have put my name down.',
  'Your mother telephoned. She is well, and the new medicine is helping.',
  'On Sunday the children carried the lanterns, and one of them went out at the door and was lit again from the next.',
  'I am sorry that the class was cancelled. I hope it begins again after the holidays.',
  'We said your name at the prayers on Thursday, as every Thursday.',
  'The bus was late, so I walked the last mile past the mill, and saw a heron.',
  'I do not have an answer to your question, but I am glad that you asked it.',
  'Congratulations on the certificate! Please tell me what you had to build for it.',
  'It is my turn to bring the soup on Friday. Joe says it needs more salt; Joe always says that.',
  'There is a new family in the street, with a dog the size of a pony.',
  'I hope your tooth is better and that they let you see somebody about it.',
  'When I was your age I worked at the cannery, and my hands smelled of oranges all summer.',
  'The old bell is back from the workshop. It sounds the same, and everybody says that it sounds better.',
  'Please do not worry about your spelling. I can read every word.',
  'We finished the jigsaw with the lighthouse. One piece of the sky is missing.',
  'Your cousin Luis was here on Saturday; he has grown a beard.',
  'I copied out a few lines below, because you said that you like to read them slowly.',
  'It snowed in the night. The whole street was quiet until the milk came.',
  'I have been thinking about what you wrote about forgiveness, and I have no quick word for it.',
  'The parish hall has a new roof, and the pigeons are offended.',
  'Keep asking for the dictionary. I will ask from this side as well.',
  'I passed the river where you used to fish, and it is high this year.'
] as const
const everydaySpanish = [
  'Gracias por tu carta. Llegó el martes y la leí dos veces antes de la cena.',
  'Esta semana llovió mucho y el jardín de la iglesia está muy verde.',
  'El domingo rezamos por ti, como todos los domingos.',
  'Tu mamá llamó por teléfono. Está bien y te manda un abrazo.',
  'Ojalá que la clase empiece otra vez después de las fiestas.',
  'José trajo la guitarra y cantamos hasta tarde.'
] as const
const fromInside = [
  'Thank you for writing to me. Mail call was late, but your letter was there.',
  'I put the psalm on the wall over my bunk.',
  'They moved me to another tier, so please check the number before you write.',
  'I passed the first part of the course. The second part is the hard one.',
  'It has been hot in here and the fans are broken again.',
  'My daughter turned seven. I drew her a horse.',
  'I share your letters with my neighbor, he has nobody who writes.',
  'Could you send the words of that hymn again? Mine got wet.',
  'I am doing all right. Some days are long.',
  'Tell Joe that I laughed out loud about the soup.',
  'Please keep praying for my case, the hearing is next month.',
  'I read the whole book in two nights.'
] as const
const subjects = [
  'Thank you for your letter', 'News from the parish', 'A psalm for the week', 'The garden', 'Your question', 'Happy birthday', 'Easter', 'Christmas greetings',
  'About the book', 'A rainy week', 'Your drawing', 'The choir', 'A short hello', 'Advent', 'What Joe said', 'Your hearing', 'The lemon cake', 'Good news', 'Lent', 'The new bell'
] as const
const answers = ['Thank you', 'Hello from here', 'My news', 'About your letter', 'The course', 'A question', 'Moved', 'My daughter', 'Good news', 'Please pray'] as const
const closings = ['Your friend in Christ,\nMaria', 'With love from all of us at St Anne’s,\nMaria', 'God keep you,\nMaria Delgado', 'Until next week,\nMaria'] as const

export type Words = { readonly english: readonly string[]; readonly spanish: readonly string[] }

const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.;!?])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 20)

/** @param folder the project's */
export const readWords = (folder: string): Words => {
  const read = (...names: readonly string[]): readonly string[] => names.flatMap((name) => sentencesOf(readFileSync(join(folder, 'tests/fixtures/texts', name), 'utf8')))
  return {
    english: read('psalms-kjv.txt', 'psalm-119-kjv.txt', 'philemon-kjv.txt', 'letter-darcy.txt', 'letter-lydia.txt', 'letter-mrs-gardiner.txt'),
    spanish: read('salmos-rv1909.txt', 'filemon-rv1909.txt')
  }
}

export type Written = { readonly subject: string; readonly body: string }

const some = (dice: Dice, from: readonly string[], least: number, most: number): readonly string[] =>
  Array.from({ length: least + dice.upTo(most - least + 1) }, () => dice.pick(from))

/** Lines that stand together in their source, as somebody copies them out. */
const passage = (dice: Dice, from: readonly string[]): string => {
  const at = dice.upTo(Math.max(1, from.length - 5))
  return from.slice(at, at + 2 + dice.upTo(4)).join(' ')
}

/** The one letter everybody looks for (issue: find "the psalm for Daniel"). */
export const thePsalmForDaniel: Written = {
  subject: 'The psalm for Daniel',
  body: [
    'Dear Daniel,',
    'You asked me to copy out the psalm we read at your grandmother’s funeral. Here it is, the one about the hills.',
    'I will lift up mine eyes unto the hills, from whence cometh my help. My help cometh from the LORD, which made heaven and earth.',
    'I carried the lantern for you on Sunday.',
    closings[0]
  ].join('\n\n')
}

export const writeLetter = (dice: Dice, words: Words, firstName: string, spanish: boolean): Written => {
  const [greeting, common, quoted] = spanish ? [`Querido ${firstName}:`, everydaySpanish, words.spanish] : [`Dear ${firstName},`, everyday, words.english]
  const paragraphs = [some(dice, common, 2, 4).join(' '), ...(dice.number() < 0.7 ? [passage(dice, quoted)] : []), some(dice, common, 1, 3).join(' ')]
  return { subject: dice.pick(subjects), body: [greeting, ...paragraphs, dice.pick(closings)].join('\n\n') }
}

export const writeAnswer = (dice: Dice, words: Words, firstName: string, spanish: boolean): Written => ({
  subject: dice.pick(answers),
  body: ['Dear Maria,', some(dice, spanish ? everydaySpanish : fromInside, 2, 5).join(' '), ...(dice.number() < 0.3 ? [passage(dice, spanish ? words.spanish : words.english)] : []), firstName].join('\n\n')
})
