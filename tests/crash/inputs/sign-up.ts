/** Sign-up, all three pages. */
import { goodSignUp } from '../../support/core'
import { email as taken, type Bench } from './bench'
import { call, each, signs, type Call, type Item, type Row } from './item'

const email = 'new.volunteer@parish.org'
type Form = ReturnType<typeof goodSignUp>
type Change = Partial<Omit<Form, 'challengeId'>>

/** The whole form, right but for this. */
const form =
  (change: Change) =>
  async ({ desk }: Bench): Promise<Call> =>
    call('accounts.create', { ...goodSignUp((await desk.must('accounts.signUpStart', {})).challengeId, email), ...change })

const wrong = (field: string, says: string, entries: Readonly<Record<string, Change>>): readonly Item[] =>
  each(entries, (change) => ({ call: form(change), answer: { code: 'INVALID', field, says } }))
const twice = <Key extends string>(entries: Readonly<Record<string, string>>, key: Key, again: string): Readonly<Record<string, Change>> =>
  Object.fromEntries(Object.entries(entries).map(([what, value]) => [what, { [key]: value, [again]: value } as Change]))

const { questions } = goodSignUp('')
const [first, second, third] = questions
const answering = (...answers: readonly string[]): Change => ({
  questions: [
    { ...first, answer: answers[0] ?? first.answer },
    { ...second, answer: answers[1] ?? second.answer },
    { ...third, answer: answers[2] ?? third.answer }
  ]
})
const distinct = 'Choose three different questions and answers.'

/** The same answer for an address that is new and one that is taken: the rest is in the post. */
const checkEmail = { code: 'CHECK_EMAIL', says: 'Check your e-mail to continue.' } as const
const posted = ['service: challenge', 'service: post_item', 'service: meta']

export const signUpRows: readonly Row[] = [
  {
    title: 'Sign-up: e-mail',
    items: wrong(
      'email',
      'Enter one e-mail address, like name@parish.org.',
      twice(
        {
          empty: '',
          spaces: '   ',
          'a letter': 'a',
          'no place': 'a@',
          'no name': '@b.org',
          'no dot': 'a@b',
          'a space inside': 'a b@c.org',
          'two dots': 'a@b..org',
          'two addresses': 'a@b.org, c@d.org',
          '255 characters': `${signs(249)}@b.org`,
          'a line break inside': 'a\n@b.org',
          'a tag': '<script>@b.org'
        },
        'email',
        'confirmEmail'
      )
    )
  },
  {
    title: 'Sign-up: e-mail again',
    items: [
      ...wrong('confirmEmail', 'The two addresses differ.', { 'the repeat differs': { confirmEmail: 'new.voluntee@parish.org' }, 'it differs by case': { confirmEmail: 'New.Volunteer@parish.org' } }),
      ...each({ 'already used': taken, 'already used, in capitals': taken.toUpperCase(), 'a Cyrillic look-alike of one in use': 'm\u0430ria@parish.org' }, (used) => ({
        call: form({ email: used, confirmEmail: used }),
        answer: checkEmail,
        leaves: posted
      }))
    ]
  },
  {
    title: 'Sign-up: password',
    items: [
      ...wrong('password', 'Choose a password.', twice({ empty: '', 'only spaces': '          ' }, 'password', 'confirmPassword')),
      ...wrong('password', 'Use at least 8 characters (you have 7).', twice({ '7 characters': 'Lamp7ok' }, 'password', 'confirmPassword')),
      ...wrong('password', 'Use at least one number (0 to 9).', twice({ 'no digit': 'Lanternoak' }, 'password', 'confirmPassword')),
      ...wrong('password', 'Use at least one capital letter (A to Z).', twice({ 'no upper': 'lantern7oak', '11 emoji': '🕯️'.repeat(11) }, 'password', 'confirmPassword')),
      ...wrong('password', 'Use at least one small letter (a to z).', twice({ 'no lower': 'LANTERN7OAK' }, 'password', 'confirmPassword')),
      ...wrong('password', 'Use at most 64 characters.', twice({ '129 characters': `L7${signs(127)}` }, 'password', 'confirmPassword')),
      ...wrong('password', 'Too common: thieves try this one first.', twice({ 'on the blocklist': 'Password1' }, 'password', 'confirmPassword')),
      ...wrong('password', 'Leave your name out of the password.', twice({ 'contains the name': 'Delgado77x' }, 'password', 'confirmPassword')),
      ...wrong('password', 'Leave your e-mail address out of the password.', twice({ 'contains the e-mail': 'New.Volunteer7' }, 'password', 'confirmPassword')),
      ...wrong('confirmPassword', 'The two passwords differ.', { 'the repeat differs': { confirmPassword: 'Lantern7oka' } })
    ]
  },
  {
    title: 'Sign-up: Terms and questions',
    items: [
      ...wrong('acceptTerms', 'Please read and accept the Terms.', { 'Terms unticked': { acceptTerms: false } }),
      ...wrong('question2', distinct, { 'the same question twice': { questions: [first, { ...second, questionId: first.questionId }, third] } }),
      ...wrong('answer3', 'Type an answer to this question.', { 'an empty answer': answering(first.answer, second.answer, ' ') }),
      ...wrong('answer3', 'The answer may not repeat the question.', { 'the answer is the question': answering(first.answer, second.answer, 'What is the name of your favorite pet?') }),
      ...wrong('answer3', 'The answer may not be your password.', { 'the answer is the password': answering(first.answer, second.answer, 'Lantern7oak') }),
      ...wrong('answer2', distinct, { 'three equal answers': answering('Biscuit', 'biscuit', 'BISCUIT') }),
      ...wrong('answer3', 'Use an answer of at least 2 letters.', { 'an answer of one character': answering(first.answer, second.answer, 'x') })
    ]
  },
  {
    title: 'Sign-up: passcode',
    items: [
      ...wrong(
        'passcode',
        'Passcode: 4 digits, not 0000 or 1234, typed twice.',
        twice({ '3 digits': '481', '5 digits': '48131', letters: 'abcd', 'Arabic digits': '٤٨١٣', '0000': '0000', '1234': '1234' }, 'passcode', 'confirmPasscode')
      ),
      ...wrong('confirmPasscode', 'Passcode: 4 digits, not 0000 or 1234, typed twice.', { 'the repeat differs': { confirmPasscode: '4831' } }),
      ...wrong('passcode', 'These four digits stand in one of your answers, like a year of birth. Choose others.', {
        'a year that an answer tells': { ...answering('Saint Brigid, 1951'), passcode: '1951', confirmPasscode: '1951' }
      })
    ]
  }
]
