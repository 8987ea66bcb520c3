import { activityEvents, type ActivityEvent } from '../contract/activity'
import type { CommandInput } from '../contract/commands'
import type { ActivityEntry, Page } from '../contract/views'
import type { Mailbox } from '../storage/mailbox'
import type { StoredActivity } from '../storage/mailbox/activity'
import type { Clock, Ids, Notice } from './ports'

type Details = Readonly<Record<string, string | number>>

/** Writes one line of the activity log. Inside a transaction it stands or falls with the act it tells of. */
export const note = (
  desk: { readonly mailbox: Mailbox; readonly clock: Clock; readonly ids: Ids },
  event: ActivityEvent,
  details: Details = {},
  at = desk.clock.now()
): void => {
  desk.mailbox.transaction(() => desk.mailbox.activity.append({ entryId: desk.ids.next(), at, kind: activityEvents[event], event, details }))
}

const isEvent = (text: string): text is ActivityEvent => Object.hasOwn(activityEvents, text)

/** Takes over what happened while the mailbox was closed: failed tries here, and what the service tells. Unknown kinds are left out. */
export const noteAll = (desk: Parameters<typeof note>[0], notices: readonly Notice[]): void => {
  for (const { event, details, at } of notices) if (isEvent(event)) note(desk, event, details, at)
}

/** What a person may answer with "This was not me". */
const reportable: readonly string[] = ['signedIn', 'signedInOffline', 'signInFailed', 'secondStepPassed', 'passwordChanged', 'passwordReset', 'letterConfirmed', 'stampsBought']

const view = (record: StoredActivity): ActivityEntry => ({ ...record, canReport: reportable.includes(record.event) })

export const listActivity = (mailbox: Mailbox, input: CommandInput<'account.activity'>): Page<ActivityEntry> => ({
  items: mailbox.activity.page(input.kind, input.pageSize, input.page * input.pageSize).map(view),
  total: mailbox.activity.count(input.kind),
  page: input.page,
  pageSize: input.pageSize
})

/** The whole log as tab-separated text, oldest first. */
export const activityText = (mailbox: Mailbox): string =>
  [
    ['number', 'time (UTC)', 'kind', 'event', 'details'].join('\t'),
    ...mailbox.activity
      .all()
      .map((entry) => [entry.seq, new Date(entry.at).toISOString(), entry.kind, entry.event, JSON.stringify(entry.details)].join('\t'))
  ].join('\n')
