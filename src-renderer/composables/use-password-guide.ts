import { computed, onMounted, onScopeDispose, ref, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { usePasswordRulesStore } from '@/stores/password-rules'
import type { Rule } from '@/ui/rule-progress'
import { passwordLines } from '@/words/password-lines'
import { strengthWords } from '@/words/password-strength'
import type { StrengthWords } from '@/words/password-strength'

/** After the last keystroke: the estimate takes a moment, and a meter that jumps at every letter helps nobody. */
const pauseMs = 250

export type PasswordGuide = {
  /** The rules in force here, ticked for what is typed. */
  readonly rules: ComputedRef<readonly Rule[]>
  /** How hard it is to guess; null while nothing is typed or the estimate is not here. It never blocks. */
  readonly strength: Readonly<Ref<StrengthWords | null>>
}

/**
 * What stands beside a new password: rules and strength.
 * @param password what is typed
 * @param own words of this person that a guesser would try (name, e-mail)
 */
export const usePasswordGuide = (password: () => string, own: () => readonly string[] = () => []): PasswordGuide => {
  const store = usePasswordRulesStore()
  const strength = ref<StrengthWords | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  const ask = async (typed: string, mine: number): Promise<void> => {
    const { estimate } = await import('./strength-estimator')
    if (mine !== turn) return
    const words = own().flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2)
    strength.value = strengthWords(estimate(typed, words), [...typed].length)
  }

  watch(
    password,
    (typed) => {
      clearTimeout(timer)
      turn += 1
      const mine = turn
      if (typed === '') strength.value = null
      // Without the word lists there is no meter; the rules are what counts.
      else timer = setTimeout(() => void ask(typed, mine).catch(() => undefined), pauseMs)
    },
    { immediate: true }
  )
  onMounted(() => void store.load())
  onScopeDispose(() => {
    clearTimeout(timer)
    turn += 1
  })

  return { rules: computed(() => passwordLines(store.policy, password())), strength }
}
