import { ref } from 'vue'
import { safeFileName } from '@rules/file-names'
import type { PaperChoice, PaperKind } from '@contract/paper'
import type { Failure, Result } from '../bridge'
import { useJobsStore, type Selection } from '../stores/jobs'

/** What goes onto paper, and what its file is to be called. */
export type Paper = { readonly selection: Selection; readonly kind: PaperKind; readonly name: string }

/**
 * The way from "Print" to paper, a PDF or an e-mail file: dialog, system's dialog, long work. How far it is, and what came of it, is shown by the shell.
 * @param paper read when the person has chosen
 */
export const usePaper = (paper: () => Paper) => {
  const jobs = useJobsStore()
  const open = ref(false)
  const busy = ref(false)
  const returnAddress = ref('')
  const failed = ref<Failure | null>(null)

  const act = async (begin: () => Promise<Result<unknown> | null>): Promise<void> => {
    if (busy.value) return
    busy.value = true
    failed.value = null
    const result = await begin()
    busy.value = false
    // Nothing was chosen in the system's dialog: back to ours.
    if (result === null) return
    open.value = false
    if (!result.ok) failed.value = result
  }
  const wish = (choice: PaperChoice) => {
    const { selection, kind } = paper()
    return { selection, kind, ...choice }
  }

  return {
    open,
    busy,
    returnAddress,
    failed,
    show: async (): Promise<void> => {
      const options = await jobs.returnAddress()
      returnAddress.value = options.ok ? options.value.returnAddress : ''
      failed.value = null
      open.value = true
    },
    close: (): void => {
      open.value = false
    },
    print: (choice: PaperChoice) => act(() => jobs.print(wish(choice))),
    pdf: (choice: PaperChoice) => act(() => jobs.savePdf(safeFileName(paper().name), wish(choice))),
    email: () => act(() => jobs.saveLetters('eml', safeFileName(paper().name), paper().selection))
  }
}
