import { defineStore } from 'pinia'
import type { ArchiveFilters } from '@contract/views'
import { bridge } from '../bridge'
import { archiveBox, filtersToSend } from './archive-box'
import { mirror } from './mirror'

/** The lists of the desk, and the searches kept by name. */
export const useArchiveStore = defineStore('archive', () => {
  const saved = mirror(['searches'], () => bridge.archive.saved({}))
  const months = { sent: mirror(['sent', 'imported'], () => bridge.archive.months({ box: 'sent' })), inbox: mirror(['inbox', 'imported'], () => bridge.archive.months({ box: 'inbox' })) }
  const boxes = { sent: archiveBox('sent'), inbox: archiveBox('inbox') }
  return {
    box: (name: 'sent' | 'inbox') => boxes[name],
    months: (name: 'sent' | 'inbox') => months[name].data.value ?? [],
    loadMonths: (name: 'sent' | 'inbox') => months[name].load(),
    saved: saved.data,
    savedFailed: saved.failed,
    loadSaved: saved.load,
    save: (name: string, query: string, filters: ArchiveFilters) => bridge.archive.saveSearch({ name, query, filters: filtersToSend(filters) }),
    rename: (searchId: string, name: string) => bridge.archive.renameSearch({ searchId, name }),
    remove: (searchId: string) => bridge.archive.deleteSearch({ searchId })
  }
})
