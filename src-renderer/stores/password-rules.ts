import { defineStore } from 'pinia'
import { ref } from 'vue'
import { policyPresets } from '@rules/password-policy'
import type { PasswordPolicy } from '@rules/password-policy'
import { bridge } from '../bridge'

/** What a new password must be here. Until the service has said so, what the cheat sheet says. */
export const usePasswordRulesStore = defineStore('password-rules', () => {
  const policy = ref<PasswordPolicy>(policyPresets.cheatSheet)
  /** Under the advice, security questions count for nothing. */
  const asksQuestions = ref(true)

  const load = async (): Promise<void> => {
    const result = await bridge.accounts.passwordRules({})
    if (!result.ok) return
    policy.value = result.value.policy
    asksQuestions.value = !result.value.presets.includes('advice')
  }

  return { policy, asksQuestions, load }
})
