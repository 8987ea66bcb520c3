import type { Saving, TroubleReport } from '@contract/surroundings'
import type { DefinitionItem } from '@/ui/DefinitionList.vue'
import { fullDate } from '@/words/dates'
import { counted } from '@/words/plural'
import { placeWords } from '@/words/surroundings'

const savingWords: { readonly [S in Saving]: string } = {
  ok: 'Yes',
  full: 'No, the disk is full',
  unwritable: 'No, the folder cannot be written now',
  readOnly: 'No, Epistle may only read its folder',
  noRoom: 'No, the disk was full at the start'
}

/** "1.4 GB", "240 MB", "0 MB" */
export const sizeWords = (bytes: number): string => (bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.floor(bytes / 1e6)} MB`)

/** The state of this PC, line by line. */
export const describePc = (report: TroubleReport): readonly DefinitionItem[] => {
  const { folder, queue, surroundings, versions } = report
  const line = (key: string, term: string, detail: string): DefinitionItem => ({ key, term, detail })
  return [
    line('saving', 'Letters can be saved', savingWords[surroundings.saving]),
    line('folder', 'Epistle’s folder', folder.path),
    line('place', 'Where it lies', placeWords(folder.place)),
    line('free', 'Free on that disk', folder.freeBytes === null ? 'This PC does not say' : sizeWords(folder.freeBytes)),
    line('check', 'Epistle’s own file', report.deskCheck === 'ok' ? 'Looked through, in order' : 'Damaged'),
    line('mailboxes', 'Mailboxes on this PC', String(report.mailboxes)),
    ...(queue === null
      ? []
      : [
          line('queue', 'Your letters', `${counted(queue.drafts, 'draft')}, ${queue.waiting} waiting to be sent`),
          line('copy', 'Last copy of your letters', queue.lastCopyAt === null ? 'None yet' : fullDate(queue.lastCopyAt)),
          ...(queue.purchasesPending === 0 ? [] : [line('purchases', 'Purchases not settled yet', String(queue.purchasesPending))])
        ]),
    line('clock', 'This PC’s clock', surroundings.clock === null ? fullDate(report.madeAt) : `${fullDate(report.madeAt)} (looks wrong)`),
    line('version', 'Version', `Epistle ${versions.app}`),
    line('parts', 'Parts', `Node ${versions.node}, SQLite ${versions.sqlite}, ${versions.system}`)
  ]
}
