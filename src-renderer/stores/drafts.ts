import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { Draft, Letter } from '@contract/views'
import { bridge, onEvent } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

export type Discarded = { readonly draftId: string; readonly name: string | null }

/** Letters begun and not sent, and the one that was thrown away last, so that it can be had back. */
export const useDraftsStore = defineStore('drafts', () => {
  const drafts = mirror(['drafts', 'contacts'], () => bridge.drafts.list({}))
  const discarded = ref<Discarded | null>(null)

  onEvent((event) => {
    if (event.type === 'sessionChanged' && event.session === null) discarded.value = null
  })

  return {
    list: drafts.data,
    failed: drafts.failed,
    loading: drafts.loading,
    load: drafts.load,
    discarded,
    create: (contactId: string | null) => bridge.drafts.create({ contactId }),
    open: (draftId: string) => bridge.drafts.open({ draftId }),
    save: (call: CommandCall<'drafts.save'>) => bridge.drafts.save(call),
    /** Why it was begun, with what it answers or mends; null for a letter of its own. */
    origin: (draftId: string) => bridge.drafts.origin({ draftId }),
    /** The draft that answers this reply: the one already begun, or a new one. */
    answer: (messageId: string) => bridge.inbox.answer({ messageId }),
    versions: (draftId: string) => bridge.drafts.versions({ draftId }),
    version: (draftId: string, versionId: string) => bridge.drafts.version({ draftId, versionId }),
    putDown: (draftId: string) => bridge.drafts.putDown({ draftId }),
    unexpectedEnd: () => bridge.drafts.unexpectedEnd({}),
    endSeen: () => bridge.drafts.endSeen({}),
    /** A new draft with the words of a letter that has gone. */
    writeAgain: async ({ contactId, subject, body }: Pick<Letter, 'contactId' | 'subject' | 'body'>): Promise<Result<Draft>> => {
      const made = await bridge.drafts.create({ contactId })
      if (!made.ok) return made
      const { draftId, revision } = made.value
      const saved = await bridge.drafts.save({ draftId, baseRevision: revision, patch: { subject, body } })
      if (!saved.ok) return saved
      return saved.value.outcome === 'saved' ? { ok: true, value: saved.value.draft } : made
    },
    discard: async (draftId: string, name: string | null): Promise<Result<null>> => {
      const result = await bridge.drafts.discard({ draftId })
      if (result.ok) discarded.value = { draftId, name }
      return result
    },
    undoDiscard: async (): Promise<Result<Draft> | null> => {
      const last = discarded.value
      if (!last) return null
      const result = await bridge.drafts.undoDiscard({ draftId: last.draftId })
      if (result.ok) discarded.value = null
      return result
    }
  }
})
