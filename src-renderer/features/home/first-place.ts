import type { HomeSummary } from '@contract/views'

/** Where eMessaging opens: the Inbox, or Contacts while there is nobody to write to. */
export const firstPlace = (summary: Pick<HomeSummary, 'contacts'> | null): string => (summary?.contacts === 0 ? '/e/contacts' : '/e/inbox')
