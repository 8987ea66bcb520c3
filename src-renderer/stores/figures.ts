import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { FigureTable } from '@contract/figures'
import { failure } from '@contract/result'
import { bridge, onEvent } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

/** Figures of one's own letters for the months that are looked at, and one of their tables as a file. */
export const useFiguresStore = defineStore('figures', () => {
  const from = ref(0)
  const to = ref(0)
  const figures = mirror(['sent', 'inbox', 'contacts'], () => bridge.figures.show({ from: from.value, to: to.value }))

  /** Answers when the file is on the disk, or when it is not; null when the person changed their mind. */
  const save = async (name: string, table: FigureTable): Promise<Result<{ readonly fileName: string } | null>> => {
    const chosen = await bridge.files.chooseSave({ kind: 'csv', name })
    if (!chosen.ok) return chosen
    const place = chosen.value
    if (place === null) return { ok: true, value: null }
    return new Promise((resolve) => {
      let jobId: string | null = null
      const stop = onEvent((event) => {
        if (event.type !== 'jobChanged' || event.job.jobId !== jobId || event.job.state === 'running') return
        stop()
        resolve(event.job.state === 'done' ? { ok: true, value: { fileName: place.fileName } } : (event.job.failure ?? failure('INTERNAL')))
      })
      void bridge.figures.save({ placeId: place.placeId, from: from.value, to: to.value, table }).then(async (started) => {
        if (!started.ok) {
          stop()
          resolve(started)
          return
        }
        jobId = started.value.jobId
        // A short file may be done before its number is known here.
        const now = await bridge.jobs.current({})
        if (!now.ok || now.value?.jobId !== jobId || now.value.state === 'running') return
        stop()
        resolve(now.value.state === 'done' ? { ok: true, value: { fileName: place.fileName } } : (now.value.failure ?? failure('INTERNAL')))
      })
    })
  }

  return {
    view: figures.data,
    failed: figures.failed,
    loading: figures.loading,
    show: (fromMonth: number, toMonth: number): Promise<void> => {
      from.value = fromMonth
      to.value = toMonth
      return figures.load()
    },
    load: figures.load,
    save
  }
})
