/** What every answer must be, whoever asked for whatever. */
import { errorCodes } from '../../../src-main/contract/error-codes'
import type { CommandName } from '../../../src-main/contract/commands'
import type { Result } from '../../../src-main/contract/result'
import { everyone, sitting, type Belongings, type State, type World } from './world'

const codes: readonly string[] = errorCodes

/** Words and ids that must never be in an answer to whoever sits at the desk. */
export const foreignTo = (state: State, world: World): readonly string[] => {
  const locked = state === 'locked' || state === 'dutiesOwed'
  return everyone.filter((who) => locked || sitting[state] !== who).flatMap((who) => wordsOf(world.belongings[who]))
}

const wordsOf = ({ mark, drafts, letters, contacts, messages, purchases, entries, tickets }: Belongings): readonly string[] => [
  mark,
  ...drafts,
  ...letters,
  ...contacts,
  ...messages,
  ...purchases,
  ...entries,
  ...tickets
]

/** What the simulated post brought lies open on every desk: it stands for everybody's own e-mail and telephone. */
const publicChannels: readonly CommandName[] = ['post.list']

/** @returns what is wrong with an answer, or null */
export const faultOf = (name: CommandName, result: Result<unknown>, foreign: readonly string[]): string | null => {
  if (typeof result !== 'object' || result === null || typeof result.ok !== 'boolean') return 'not an envelope'
  if (!result.ok && !codes.includes(result.code)) return `an unknown code: ${String(result.code)}`
  if (!result.ok && (result.code === 'INTERNAL' || result.code === 'SERVICE_TROUBLE' || result.code === 'OFFLINE')) return `the answer ${result.code} on a calm day`
  const text = JSON.stringify(structuredClone(result))
  const found = publicChannels.includes(name) ? undefined : foreign.find((word) => text.includes(word))
  return found === undefined ? null : `something of another account in the answer: ${found}`
}

const prototypes: readonly object[] = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype, Promise.prototype, Map.prototype]
const shapeOfLanguage = (): string => JSON.stringify(prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String)))

/** Remembers what the language's own objects look like. @returns whether they still do */
export const watchPrototypes = (): (() => boolean) => {
  const before = shapeOfLanguage()
  return () => shapeOfLanguage() === before && !('polluted' in {})
}
