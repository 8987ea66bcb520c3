/**
 * The versions of the texts a person agrees to: `terms` at sign-up (S0 step 6), `emessaging` at the first Launch (S0 step 9).
 * A new version is asked for again, as S1 asks after a reset and an unlock.
 */
export const currentTerms = { terms: '1', emessaging: '1' } as const
