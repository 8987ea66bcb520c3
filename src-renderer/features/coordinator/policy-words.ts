import type { CoordinatorView, LockRelease, PolicyPresetName } from '@contract/views'
import { combinePolicies, policyPresets } from '@rules/password-policy'
import type { RadioCard } from '@/ui/RadioCards.vue'
import { contradictionWords, policySentences } from '@/words/password-lines'

export const presetNames: readonly PolicyPresetName[] = ['cheatSheet', 'facility', 'advice']

export const presetWords: { readonly [P in PolicyPresetName]: { readonly label: string; readonly hint: string } } = {
  cheatSheet: { label: 'The cheat sheet', hint: '8 characters or more, with a number, a capital and a small letter. What most volunteers know.' },
  facility: { label: 'The facility policy', hint: '6 to 12 characters with a letter, a number and a sign, and none of the last 12. Short passwords are easier to guess.' },
  advice: { label: 'The careful advice', hint: '12 characters or more of every kind, and a reminder every few months. Security questions count for nothing then.' }
}

export type ResultingRules = { readonly ok: true; readonly lines: readonly string[] } | { readonly ok: false; readonly why: string }

/** All chosen sets together, in words: what a password then needs, or why none could follow them all. */
export const resultingRules = (chosen: readonly PolicyPresetName[]): ResultingRules => {
  const combined = combinePolicies(chosen.map((name) => policyPresets[name]))
  return combined.ok ? { ok: true, lines: policySentences(combined.policy) } : { ok: false, why: contradictionWords(combined.reason) }
}

export const releaseOptions: readonly (RadioCard & { readonly value: LockRelease })[] = [
  { value: 'timedThenAdmin', label: 'Wait, or ask a coordinator', detail: '15 minutes at first, then 30, then 60. A coordinator can unlock at any time.' },
  { value: 'timed', label: 'Wait', detail: 'The lock opens by itself after 15, 30 or 60 minutes.' },
  { value: 'admin', label: 'Ask a coordinator', detail: 'The lock stays until a coordinator unlocks the account.' }
]
export const isRelease = (value: string): value is LockRelease => releaseOptions.some((option) => option.value === value)

export const sameChoice = (view: CoordinatorView, presets: readonly PolicyPresetName[], release: LockRelease): boolean =>
  view.release === release && presetNames.every((name) => view.presets.includes(name) === presets.includes(name))
