import type { LateLetter, LateLetters } from '../contract/correspondence'
import { lateStep, workingDaysLate } from '../rules/expected-date'
import type { DeskSession } from './desk-session'
import { expectedFor } from './expected'
import { summariseLetter } from './letters'
import { serviceNow } from './service-time'

/** More are not on their way at once in any parish; the oldest come first, so nothing late is missed. */
const most = 500
/** No letter is late on the day it was last heard of. */
const dayMs = 24 * 60 * 60 * 1000

/** Letters past the day they were expected by, latest first, each with the next step. */
export const lateLetters = (session: DeskSession): readonly LateLetter[] => {
  const { mailbox } = session
  const now = serviceNow(session)
  return mailbox.followups
    .onTheirWay(now - dayMs, most)
    .flatMap((letterId) => {
      const record = mailbox.letters.get(letterId)
      if (record === null) return []
      const expected = expectedFor(mailbox, { ...record, state: record.status, history: mailbox.letters.events(letterId) })
      const days = expected === null ? 0 : workingDaysLate(expected.by, now)
      const step = lateStep(days)
      if (expected === null || step === null) return []
      return [
        {
          ...summariseLetter(session, record),
          facilityName: record.facilityName,
          expectedBy: expected.by,
          workingDaysLate: days,
          step,
          appealWrittenAt: mailbox.appeals.get(letterId)?.writtenAt ?? null
        }
      ]
    })
    .sort((a, b) => b.workingDaysLate - a.workingDaysLate || a.confirmedAt - b.confirmedAt)
}

export const listLate = (session: DeskSession): LateLetters => ({
  letters: lateLetters(session),
  lastAskedAt: session.mailbox.meta.number('lastSyncAt') || null
})

export const countLate = (session: DeskSession): number => lateLetters(session).length
