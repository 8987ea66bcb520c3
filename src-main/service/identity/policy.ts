import { combinePolicies, policyPresets, type CombinedPolicy, type PasswordPolicy } from '../../rules/password-policy'
import type { MessageReply } from '../../wire/messages'
import type { OpenHandler } from '../context'
import { readMeta } from '../database/meta'
import type { Db } from '../database/open'
import { done } from '../outcome'

type State = MessageReply<'identity.policy'>
export type Preset = State['presets'][number]
export type Release = State['release']

/** What is in force in this database: which presets, and how a lock ends. */
export type PolicyChoice = { readonly presets: readonly Preset[]; readonly release: Release }

/** S0's rules, and waiting first, a coordinator then (domain.md, Identity). */
const firstChoice: PolicyChoice = { presets: ['cheatSheet'], release: 'timedThenAdmin' }

export const readChoice = async (db: Db): Promise<PolicyChoice> => ((await readMeta(db, 'policy')) as PolicyChoice | null) ?? firstChoice

/** @returns the one policy that satisfies every preset, or why there is none */
export const combinePresets = (presets: readonly Preset[]): CombinedPolicy => combinePolicies(presets.map((preset) => policyPresets[preset]))

/** The rules for a new password. What was stored was checked when it was stored. */
export const policyOf = ({ presets }: PolicyChoice): PasswordPolicy => {
  const combined = combinePresets(presets)
  return combined.ok ? combined.policy : policyPresets.cheatSheet
}

/** Under the advice, security questions count for nothing (ASVS 6.4.2), and a code from the app is good for its own 30 seconds only (6.5.5). */
export const followsAdvice = ({ presets }: PolicyChoice): boolean => presets.includes('advice')

/** `identity.policy`: the rules anybody's new password has to meet here. */
export const givePolicy: OpenHandler<'identity.policy'> = async ({ context }) => {
  const choice = await readChoice(context.db)
  return done<State>({ policy: policyOf(choice), presets: [...choice.presets], release: choice.release })
}
