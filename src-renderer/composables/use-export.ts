import { ref } from 'vue'
import type { ExportFormat } from '@contract/exchange'
import { safeFileName } from '@rules/file-names'
import type { Failure } from '../bridge'
import { useJobsStore, type Selection } from '../stores/jobs'

/**
 * The way from "Export" to a file: our dialog, the system's, long work. How far it is, and what came of it, is shown by the shell.
 * @param letters which letters, and what the file is to be called; read when the person has chosen
 */
export const useExport = (letters: () => { readonly selection: Selection; readonly name: string }) => {
  const jobs = useJobsStore()
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
    save: async (format: ExportFormat): Promise<void> => {
      if (busy.value) return
      busy.value = true
      const { selection, name } = letters()
      const result = await jobs.saveLetters(format, safeFileName(name), selection)
      busy.value = false
      // Nothing was chosen in the system's dialog: back to ours.
      if (result === null) return
      open.value = false
      failed.value = result.ok ? null : result
    }
  }
}
