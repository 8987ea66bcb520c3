import type { Problem, Problems } from '../contract/problem-codes'
import { normalisePassword } from './password-policy'
import { collectProblems, problem } from './problems'
import { countCodePoints, foldLetters, isBlank, normaliseText } from './text'

/**
 * The twelve questions to choose three from (S0 step 7; S1 names the mother's maiden name, the favorite pet and the birth date).
 * They add friction to a reset and never open a mailbox by themselves.
 */
export const securityQuestions = [
  { id: 'mother-maiden-name', text: "What was your mother's maiden name?" },
  { id: 'favorite-pet', text: 'What is the name of your favorite pet?' },
  { id: 'birth-date', text: 'What is your birth date?' },
  { id: 'first-school', text: 'What was the name of your first school?' },
  { id: 'birth-town', text: 'In what town were you born?' },
  { id: 'first-job', text: 'Where was your first job?' },
  { id: 'childhood-street', text: 'On what street did you grow up?' },
  { id: 'first-parish', text: 'What was the name of your first parish?' },
  { id: 'favorite-teacher', text: 'Who was your favorite teacher?' },
  { id: 'wedding-town', text: 'In what town did your parents marry?' },
  { id: 'first-car', text: 'What was the make of your first car?' },
  { id: 'childhood-friend', text: 'Who was your best friend as a child?' }
] as const satisfies readonly { readonly id: string; readonly text: string }[]

export type SecurityAnswer = { readonly questionId: string; readonly answer: string }

/** The fewest and the most characters of an answer, after {@link normaliseAnswer}. */
const shortestAnswer = 2
const longestAnswer = 200

/**
 * An answer as it is compared and hashed: case, accents and spaces do not matter.
 * @returns lower case, one space between words; doing it again changes nothing
 * Source: domain.md, Identity (answers normalised: case, spaces, accents).
 */
export const normaliseAnswer = (text: string): string =>
  foldLetters(normaliseText(text))
    .replace(/[’‘]/g, "'")
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

type QuestionField = 'question1' | 'question2' | 'question3'
type AnswerField = 'answer1' | 'answer2' | 'answer3'

/**
 * Three different questions with three different answers.
 * @param chosen the three pairs, in the order of the page
 * @param password the password chosen on the page before, which no answer may repeat
 * @returns QUESTION_UNKNOWN or QUESTIONS_NOT_DISTINCT on a question; ANSWER_EMPTY, ANSWER_IS_QUESTION, ANSWER_IS_PASSWORD,
 * ANSWER_TOO_SHORT {min, have}, TOO_LONG {max, have} or ANSWERS_NOT_DISTINCT on an answer
 * Source: S0 step 7; reliability.md §4 (equal or short answers refused).
 */
export const checkQuestions = (chosen: readonly SecurityAnswer[], password = ''): Problems<QuestionField | AnswerField> => {
  const three = [0, 1, 2].map((i) => chosen[i] ?? { questionId: '', answer: '' })
  const question = (i: number): Problem | null => checkQuestion(three, i)
  const answer = (i: number): Problem | null => checkAnswer(three, i, password)
  return collectProblems({
    question1: question(0),
    answer1: answer(0),
    question2: question(1),
    answer2: answer(1),
    question3: question(2),
    answer3: answer(2)
  })
}

const checkQuestion = (three: readonly SecurityAnswer[], i: number): Problem | null => {
  const id = three[i]?.questionId ?? ''
  if (!securityQuestions.some((known) => known.id === id)) return problem('QUESTION_UNKNOWN')
  return three.slice(0, i).some((earlier) => earlier.questionId === id) ? problem('QUESTIONS_NOT_DISTINCT') : null
}

const checkAnswer = (three: readonly SecurityAnswer[], i: number, password: string): Problem | null => {
  const typed = three[i]?.answer ?? ''
  const answer = normaliseAnswer(typed)
  if (isBlank(answer)) return problem('ANSWER_EMPTY')
  if (three.some((one) => comparable(questionText(one.questionId)) === comparable(answer))) return problem('ANSWER_IS_QUESTION')
  if (password !== '' && repeats(typed, password)) return problem('ANSWER_IS_PASSWORD')
  const have = countCodePoints(answer)
  if (have < shortestAnswer) return problem('ANSWER_TOO_SHORT', { min: shortestAnswer, have })
  if (have > longestAnswer) return problem('TOO_LONG', { max: longestAnswer, have })
  return three.slice(0, i).some((earlier) => normaliseAnswer(earlier.answer) === answer) ? problem('ANSWERS_NOT_DISTINCT') : null
}

const repeats = (answer: string, password: string): boolean =>
  normalisePassword(answer).trim() === normalisePassword(password).trim() || normaliseAnswer(answer) === normaliseAnswer(password)

const questionText = (id: string): string => securityQuestions.find((known) => known.id === id)?.text ?? '?'

/** Without the question mark, which few people would copy. */
const comparable = (text: string): string => normaliseAnswer(text).replace(/[?\s]+$/, '') || '?'
