/** Proves the judge: items that are due something else than what comes have to be found out. */
import type { Program } from '../support/program'
import { atTheDesk } from './bench'
import { cardRows } from './card'
import { tryItem } from './judge'
import type { Item } from './item'

const named = (what: string): Item => {
  const found = cardRows.flatMap(({ items }) => items).find((item) => item.what === what)
  if (found === undefined) throw new Error(`no item is called ${what}`)
  return found
}
const declined = named('declined')

const planted: Readonly<Record<string, Item>> = {
  'another code': { ...declined, answer: { code: 'CARD_INSUFFICIENT', says: 'Card declined. No stamps added.' } },
  'another sentence': { ...declined, answer: { code: 'CARD_DECLINED', says: 'Card declined.' } },
  'another next step': { ...declined, answer: { code: 'CARD_DECLINED', says: 'Card declined. No stamps added.', next: 'Pray.' } },
  'rows that nobody named': { what: declined.what, call: declined.call, answer: declined.answer },
  'a refusal where none was due': { ...declined, answer: () => null },
  'an answer where a refusal was due': { ...named('spaces and dashes'), answer: declined.answer }
}

export const proveJudge = async (program: Program): Promise<void> => {
  const bench = await atTheDesk()
  for (const [what, item] of Object.entries(planted)) program.check((await tryItem(item, bench)).length > 0, () => `the judge does not see ${what}`)
  await bench.close()
}
