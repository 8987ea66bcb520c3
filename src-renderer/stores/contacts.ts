import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { Contact, Facility } from '@contract/views'
import { bridge } from '../bridge'
import { mirror } from './mirror'

/** The people this volunteer writes to, and the rules of every facility. */
export const useContactsStore = defineStore('contacts', () => {
  const contacts = mirror(['contacts'], () => bridge.contacts.list({}))
  const facilities = mirror(['contacts'], () => bridge.facilities.list({}))
  const byId = computed(() => new Map((contacts.data.value ?? []).map((contact) => [contact.contactId, contact])))
  const rulesById = computed(() => new Map((facilities.data.value ?? []).map((facility) => [facility.id, facility])))

  return {
    list: contacts.data,
    failed: contacts.failed,
    loading: contacts.loading,
    facilities: facilities.data,
    facilitiesFailed: facilities.failed,
    load: async (): Promise<void> => {
      await Promise.all([contacts.load(), facilities.load()])
    },
    contact: (contactId: string | null): Contact | null => (contactId === null ? null : (byId.value.get(contactId) ?? null)),
    facility: (facilityId: string | null | undefined): Facility | null => (facilityId ? (rulesById.value.get(facilityId) ?? null) : null),
    search: (call: CommandCall<'directory.search'>) => bridge.directory.search(call),
    add: (facilityId: string, number: string) => bridge.contacts.add({ facilityId, number }),
    moved: (contactId: string, facilityId: string, number: string) => bridge.contacts.moved({ contactId, facilityId, number }),
    enterCode: (contactId: string, code: string) => bridge.contacts.enterInvitationCode({ contactId, code }),
    remove: (contactId: string) => bridge.contacts.remove({ contactId })
  }
})
