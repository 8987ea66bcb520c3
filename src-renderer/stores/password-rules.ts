import { defineStore } from 'pinia'
import { ref } from 'vue'
import { policyPresets } from '@rules/password-policy'
import type { PasswordPolicy } from '@rules/password-policy'
import { bridge } from '../bridge'

/** What a new password must be here. Until the service has said so, what the cheat sheet says. */
export const usePasswordRulesStore = defineStore('password-rules', () => {
  const policy = ref<PasswordPolicy>(policyPresets.cheatSheet)

  const load = async (): Promise<void> => {
    const result = await bridge.accounts.passwordRules({})
    if (result.ok) policy.value = result.value.policy
  }

  return { policy, load }
})
