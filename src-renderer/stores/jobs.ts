import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { JobView, SaveKind } from '@contract/jobs'
import type { ExportFormat } from '@contract/exchange'
import { bridge, onEvent } from '../bridge'
import type { Result } from '../bridge'

export type Selection = CommandCall<'exports.start'>['selection']
type PrintWish = Omit<CommandCall<'prints.start'>, 'placeId'>

/** Long work (saving, printing, reading files), one at a time: where it stands, and how to begin and to stop it. */
export const useJobsStore = defineStore('jobs', () => {
  const current = shallowRef<JobView | null>(null)
  const running = computed(() => current.value?.state === 'running')

  onEvent((event) => {
    if (event.type === 'jobChanged') current.value = event.job
    if (event.type === 'sessionChanged' && event.session === null) current.value = null
  })
  /** A job answers at once; what it came to since then has been heard already and is newer. */
  const begun = (result: Result<JobView>): Result<JobView> => {
    if (result.ok && current.value?.jobId !== result.value.jobId) current.value = result.value
    return result
  }
  /** Asks where to save, then begins. null: the person closed the dialog. */
  const saving = async (kind: SaveKind, name: string, begin: (placeId: string) => Promise<Result<JobView>>): Promise<Result<JobView> | null> => {
    const chosen = await bridge.files.chooseSave({ kind, name })
    if (!chosen.ok) return chosen
    return chosen.value === null ? null : begun(await begin(chosen.value.placeId))
  }

  return {
    current,
    running,
    /** The window opened (or came back) while something is under way. */
    load: async (): Promise<void> => {
      const result = await bridge.jobs.current({})
      if (result.ok && current.value === null && result.value?.state === 'running') current.value = result.value
    },
    cancel: async (): Promise<void> => {
      if (current.value !== null) await bridge.jobs.cancel({ jobId: current.value.jobId })
    },
    /** What it came to was read; it need not be said again. */
    dismiss: (): void => {
      if (!running.value) current.value = null
    },
    saveLetters: (format: ExportFormat, name: string, selection: Selection) => saving(format, name, (placeId) => bridge.exports.start({ placeId, format, selection })),
    savePdf: (name: string, wish: PrintWish) => saving('pdf', name, (placeId) => bridge.prints.start({ ...wish, placeId })),
    print: async (wish: PrintWish): Promise<Result<JobView>> => begun(await bridge.prints.start({ ...wish, placeId: null })),
    readArchive: async (contactId: string | null): Promise<Result<JobView> | null> => {
      const chosen = await bridge.files.chooseOpen({ kind: 'archive' })
      if (!chosen.ok) return chosen
      return chosen.value === null ? null : begun(await bridge.imports.read({ placeId: chosen.value.placeId, contactId }))
    },
    preview: () => bridge.imports.preview({}),
    bringIn: async (previewId: string) => begun(await bridge.imports.start({ previewId })),
    takeOut: async (importId: string) => begun(await bridge.imports.remove({ importId })),
    imports: () => bridge.imports.list({}),
    returnAddress: () => bridge.prints.options({}),
    keepReturnAddress: (returnAddress: string) => bridge.prints.setReturnAddress({ returnAddress }),
    ownAddress: () => bridge.account.details({})
  }
})
