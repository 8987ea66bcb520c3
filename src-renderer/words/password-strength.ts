/** How hard a password is to guess, in words: 0 is the weakest, 4 the strongest. */
export type StrengthWords = { readonly level: 0 | 1 | 2 | 3 | 4; readonly name: string; readonly advice: string }

const names = ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'] as const
const defaults = [
  'Thieves would try this early.',
  'Three or four words that do not belong together are easy to remember and hard to guess.',
  'One more word would make it good.',
  'This is hard to guess.',
  'This is very hard to guess.'
] as const
const enough = 12

/** @param length in characters: twelve and more are advised (S2), whatever else is said */
export const strengthWords = (estimate: { readonly score: number; readonly advice: string }, length: number): StrengthWords => {
  const level = ([0, 1, 2, 3, 4] as const).find((one) => one === Math.round(estimate.score)) ?? 0
  const said = estimate.advice.trim().replace(/[^.!?]$/, '$&.')
  const short = level >= 3 && length < enough ? 'Twelve characters or more are better still.' : ''
  return { level, name: names[level], advice: (level < 3 ? said : '') || short || defaults[level] }
}
