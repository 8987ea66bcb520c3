import { ref } from 'vue'
import type { Ref } from 'vue'
import type { SecondStep } from '@/stores/session'

type Chosen = { readonly attemptId: string; readonly method: string; readonly sentTo: string; readonly remember: boolean }

/** Outlasts a look into the Service post, where the code is; belongs to one sign-in. */
const chosen = ref<Chosen>({ attemptId: '', method: '', sentTo: '', remember: false })

export const secondStepState = (step: SecondStep | null): Ref<Chosen> => {
  if (step && chosen.value.attemptId !== step.attemptId) {
    chosen.value = { attemptId: step.attemptId, method: step.methods[0] ?? 'printed', sentTo: '', remember: false }
  }
  return chosen
}
