import { computed, ref } from 'vue'
import { safeFileName } from '@rules/file-names'
import type { PaperChoice, PaperKind } from '@contract/paper'
import { useJobsStore, type Selection } from '../stores/jobs'
import { useDialogWork } from './use-dialog-work'

/** What goes onto paper, and what its file is to be called. */
export type Paper = { readonly selection: Selection; readonly kind: PaperKind; readonly name: string }

/**
 * The way from "Print" to paper, a PDF or an e-mail file: dialog, system's dialog, long work. How far it is, and what came of it, is shown by the shell.
 * @param paper read when the person has chosen
 * @returns `dialog` and `listeners` for `PaperDialog`
 */
export const usePaper = (paper: () => Paper) => {
  const jobs = useJobsStore()
  const { open, busy, failed, show, close, act } = useDialogWork()
  const returnAddress = ref('')
  const wish = (choice: PaperChoice) => {
    const { selection, kind } = paper()
    return { selection, kind, ...choice }
  }

  return {
    failed,
    show: async (): Promise<void> => {
      const options = await jobs.returnAddress()
      returnAddress.value = options.ok ? options.value.returnAddress : ''
      show()
    },
    dialog: computed(() => ({ open: open.value, busy: busy.value, returnAddress: returnAddress.value })),
    listeners: {
      close,
      print: (choice: PaperChoice) => act(() => jobs.print(wish(choice))),
      pdf: (choice: PaperChoice) => act(() => jobs.savePdf(safeFileName(paper().name), wish(choice))),
      email: () => act(() => jobs.saveLetters('eml', safeFileName(paper().name), paper().selection))
    }
  }
}
