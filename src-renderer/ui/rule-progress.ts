export interface Rule {
  readonly id: string
  readonly text: string
  readonly met: boolean
}

/** What a screen reader hears once typing pauses. */
export function ruleProgress(rules: readonly Rule[]): string {
  const missing = rules.filter((rule) => !rule.met)
  if (rules.length === 0) return ''
  if (missing.length === 0) return 'All rules are met.'
  return `${rules.length - missing.length} of ${rules.length} rules met. Not yet: ${missing.map((rule) => rule.text).join('; ')}.`
}
