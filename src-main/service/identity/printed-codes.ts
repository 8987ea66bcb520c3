import type { Call, Tx } from '../context'
import { newPaperCode, normalisePaperCode } from '../secrets'

/** Ten codes of twelve signs: two that say which one it is, ten (50 bits) that are secret and slowly hashed. */
const howMany = 10
const selectorSigns = 2
const secretSigns = 10

export type NewPrintedCodes = { readonly codes: string[]; readonly rows: readonly { readonly selector: string; readonly code_hash: string }[] }

/** Makes ten codes; slow, so not within a transaction. */
export const makePrintedCodes = async ({ context: { kdf, randomBytes } }: Call): Promise<NewPrintedCodes> => {
  const selectors = new Set<string>()
  while (selectors.size < howMany) selectors.add(newPaperCode(randomBytes, selectorSigns))
  const made = Array.from(selectors, (selector) => ({ selector, secret: newPaperCode(randomBytes, secretSigns) }))
  const rows = await Promise.all(made.map(async ({ selector, secret }) => ({ selector, code_hash: await kdf.hash(secret) })))
  return { codes: made.map(({ selector, secret }) => `${selector}${secret}`.replace(/(.{4})(?=.)/g, '$1-')), rows }
}

/** Keeps them in place of all earlier ones. */
export const keepPrintedCodes = async (tx: Tx, accountId: string, { rows }: NewPrintedCodes): Promise<void> => {
  await dropPrintedCodes(tx, accountId)
  await tx.db.insertInto('printed_code').values(rows.map((row) => ({ ...row, account_id: accountId, used_at: null }))).execute()
}

export const dropPrintedCodes = async (tx: Tx, accountId: string): Promise<void> => {
  await tx.db.deleteFrom('printed_code').where('account_id', '=', accountId).execute()
}

export const countPrintedCodes = async (tx: Pick<Tx, 'db'>, accountId: string): Promise<number> => {
  const { left } = await tx.db
    .selectFrom('printed_code')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return left
}

/** Checks a printed code that was not used yet; slow, so not within a transaction. @returns its selector, for {@link usePrintedCode}, or null */
export const checkPrintedCode = async ({ context }: Call, accountId: string, typed: string): Promise<string | null> => {
  const code = normalisePaperCode(typed)
  const selector = code.slice(0, selectorSigns)
  const row = await context.db
    .selectFrom('printed_code')
    .select('code_hash')
    .where('account_id', '=', accountId)
    .where('selector', '=', selector)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  const matches = await context.kdf.verify(row?.code_hash ?? context.dummyHash, code.slice(selectorSigns))
  return row !== undefined && matches ? selector : null
}

export const usePrintedCode = async (tx: Tx, accountId: string, selector: string): Promise<void> => {
  await tx.db.updateTable('printed_code').set({ used_at: tx.now }).where('account_id', '=', accountId).where('selector', '=', selector).execute()
}
