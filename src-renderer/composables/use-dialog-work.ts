import { ref } from 'vue'
import type { Failure, Result } from '../bridge'

/** A dialog of ours that begins long work by way of the system's dialog: whether it is open, at work, and what failed. */
export const useDialogWork = () => {
  const open = ref(false)
  const busy = ref(false)
  const failed = ref<Failure | null>(null)
  return {
    open,
    busy,
    failed,
    show: (): void => {
      failed.value = null
      open.value = true
    },
    close: (): void => {
      open.value = false
    },
    /** @param begin answers null when nothing was chosen in the system's dialog: back to ours */
    act: async (begin: () => Promise<Result<unknown> | null>): Promise<void> => {
      if (busy.value) return
      busy.value = true
      failed.value = null
      const result = await begin()
      busy.value = false
      if (result === null) return
      open.value = false
      if (!result.ok) failed.value = result
    }
  }
}
