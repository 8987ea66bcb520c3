/** The payloads of rel:xss, of our own making along the chapters of OWASP's cheat sheet for filter evasion. */
import { addresses } from './addresses'
import { elements } from './elements'
import { encodings } from './encodings'
import { foreign } from './foreign'
import type { Family } from './maker'
import { mutations } from './mutations'
import { templates } from './templates'

export type Payload = {
  /** Which one it is: the trap tells this number when it springs, the server when it is asked. */
  readonly number: number
  readonly family: string
  readonly text: string
}

const families: readonly Family[] = [...elements, ...addresses, ...foreign, ...templates, ...encodings, ...mutations]

/**
 * All payloads, the families in turn, so that the first few of them are of every kind.
 * @param address where somebody on this machine listens, without a path
 */
export const allPayloads = (address: string): readonly Payload[] => {
  const longest = Math.max(...families.map(({ makers }) => makers.length))
  const inTurn = Array.from({ length: longest }, (_, place) =>
    families.flatMap(({ name, makers }) => {
      const maker = makers[place]
      return maker === undefined ? [] : [{ name, maker }]
    })
  ).flat()
  return inTurn.map(({ name, maker }, number) => ({ number, family: name, text: maker(`caught(${number})`, `${address}/${number}`) }))
}

/** These do nothing as markup: they are for whoever works text out, or decodes it once more. */
export const inertFamilies: readonly string[] = ['templates', 'names and quotes', 'encoded']
