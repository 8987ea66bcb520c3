import { computed } from 'vue'
import type { ExportFormat } from '@contract/exchange'
import { safeFileName } from '@rules/file-names'
import { useJobsStore, type Selection } from '../stores/jobs'
import { useDialogWork } from './use-dialog-work'

/**
 * The way from "Export" to a file: our dialog, the system's, long work. How far it is, and what came of it, is shown by the shell.
 * @param letters which letters, and what the file is to be called; read when the person has chosen
 * @returns `dialog` and `listeners` for `SaveLettersDialog`
 */
export const useExport = (letters: () => { readonly selection: Selection; readonly name: string }) => {
  const jobs = useJobsStore()
  const { open, busy, failed, show, close, act } = useDialogWork()
  const save = (format: ExportFormat): Promise<void> =>
    act(() => {
      const { selection, name } = letters()
      return jobs.saveLetters(format, safeFileName(name), selection)
    })
  return { busy, failed, show, save, dialog: computed(() => ({ open: open.value, busy: busy.value })), listeners: { close, save } }
}
