import { transact, type Call, type OpenHandler, type Tx } from '../context'
import { done } from '../outcome'
import { createPrng } from '../prng'
import { countUp } from '../database/meta'
import { newToken } from '../secrets'
import { spokenNames } from './alphabet'
import { drawCode } from './picture'

/** How long a picture is good for, and how many wrong answers it takes. */
const lifetimeMs = 15 * 60_000
const wrongAnswersAllowed = 3
/** Without I, O, Q and V: as strokes they are too easily taken for L, Q, O and U. */
const letters = Array.from('ABCDEFGHJKLMNPRSTUWXYZ')

const sayLetter = (letter: string): string => `${letter} as in ${spokenNames[letter] ?? letter}`

/** `identity.challenge`: a picture of five letters and the same in words. */
export const giveChallenge: OpenHandler<'identity.challenge'> = (call) =>
  transact(call, async (tx) => {
    const { seed, robotCheckAnswer, randomBytes } = call.context
    const prng = createPrng(seed, 'challenge', await countUp(tx.db, 'challenges'))
    const code = robotCheckAnswer ?? Array.from({ length: 5 }, () => prng.pick(letters)).join('')
    const id = newToken(randomBytes)
    await tx.db.deleteFrom('challenge').where('expires_at', '<', tx.now).where('account_id', 'is', null).execute()
    await tx.db.insertInto('challenge').values({ id, code, expires_at: tx.now + lifetimeMs, wrong_answers: 0, state: 'open', account_id: null }).execute()
    return done({ challengeId: id, picture: drawCode(code, prng), spoken: Array.from(code).map(sayLetter).join(', ') })
  })

const matches = (code: string, answer: string): boolean => answer.replace(/\s/g, '').toUpperCase() === code

/**
 * Checks an answer without using the picture up; a wrong one is counted, and the third closes the picture.
 * @returns false too when the picture is unknown, closed or older than 15 minutes
 */
export const answersChallenge = (call: Call, challengeId: string, answer: string): Promise<boolean> =>
  transact(call, async (tx) => {
    const found = await openChallenge(tx, challengeId)
    if (found === undefined) return false
    if (matches(found.code, answer)) return true
    const wrong = found.wrong_answers + 1
    await tx.db
      .updateTable('challenge')
      .set({ wrong_answers: wrong, state: wrong >= wrongAnswersAllowed ? 'closed' : 'open' })
      .where('id', '=', challengeId)
      .execute()
    return false
  })

/** Uses the picture up. `accountId` is whom it made, so that the same sign-up asked again can be told from another one. */
export const closeChallenge = async (tx: Tx, challengeId: string, accountId: string | null): Promise<void> => {
  await tx.db.updateTable('challenge').set({ state: 'closed', account_id: accountId }).where('id', '=', challengeId).execute()
}

export type MadeBefore = { readonly accountId: string; readonly until: number }

/** @returns the account that was made with this picture, if one was, and until when the picture would have been good */
export const accountMadeWith = async (call: Call, challengeId: string): Promise<MadeBefore | null> => {
  const row = await call.context.db.selectFrom('challenge').select(['account_id', 'expires_at']).where('id', '=', challengeId).executeTakeFirst()
  return row === undefined || row.account_id === null ? null : { accountId: row.account_id, until: row.expires_at }
}

const openChallenge = (tx: Tx, id: string) =>
  tx.db.selectFrom('challenge').selectAll().where('id', '=', id).where('state', '=', 'open').where('expires_at', '>', tx.now).executeTakeFirst()
