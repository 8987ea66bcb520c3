import { reactive } from 'vue'
import type { Failure, Result } from '@contract/result'

/** What `v-bind="step.dialog"` gives a PasswordDialog. */
export interface PasswordStep {
  readonly dialog: { readonly open: boolean; readonly busy: boolean; readonly failure: Failure | null }
  ask(): void
  cancel(): void
  confirm(password: string): Promise<void>
}

/**
 * An act that needs the password once more. The password goes straight to the act; the dialog stays open while it is refused.
 * @param elsewhere takes a failure that belongs to the page behind (true), where the fields are
 */
export const usePasswordStep = <T>(
  act: (password: string) => Promise<Result<T>>,
  done: (value: T) => unknown,
  elsewhere: (failure: Failure) => boolean = () => false
): PasswordStep => {
  const dialog = reactive<{ open: boolean; busy: boolean; failure: Failure | null }>({ open: false, busy: false, failure: null })
  const show = (open: boolean): void => {
    dialog.open = open
    dialog.failure = null
  }
  return {
    dialog,
    ask: () => show(true),
    cancel: () => show(false),
    confirm: async (password) => {
      if (dialog.busy) return
      dialog.busy = true
      dialog.failure = null
      const result = await act(password)
      dialog.busy = false
      if (result.ok) {
        show(false)
        await done(result.value)
      } else if (elsewhere(result)) show(false)
      else dialog.failure = result
    }
  }
}
