import type { LateLetter, LateLetters, LateStep } from '../contract/correspondence'
import { lateStep, workingDaysLate } from '../rules/expected-date'
import type { DeskSession } from './desk-session'
import { expectedFor } from './expected'
import { rulesFrom } from './facility-rules'
import { beside, summariseLetter } from './letters'
import { serviceNow } from './service-time'

/** More are not on their way at once in any parish; the oldest come first, so nothing late is missed. */
const most = 500
/** No letter is late on the day it was last heard of. */
const dayMs = 24 * 60 * 60 * 1000

type Late = { readonly letterId: string; readonly expectedBy: number; readonly workingDaysLate: number; readonly step: LateStep }

/** Which letters are past the day they were expected by. Their words are not read: Home asks only how many there are. */
const findLate = (session: DeskSession): readonly Late[] => {
  const { mailbox } = session
  const now = serviceNow(session)
  const rulesOf = rulesFrom(mailbox)
  return mailbox.followups.onTheirWay(now - dayMs, most).flatMap(({ letterId, facilityId, state, since, takenAt, photoCount }) => {
    const expected = expectedFor(rulesOf(facilityId), { state, since, takenAt, photos: photoCount > 0, body: () => mailbox.letters.get(letterId)?.body ?? '' })
    const days = expected === null ? 0 : workingDaysLate(expected.by, now)
    const step = lateStep(days)
    return expected === null || step === null ? [] : [{ letterId, expectedBy: expected.by, workingDaysLate: days, step }]
  })
}

/** Letters past the day they were expected by, latest first, each with the next step. */
export const lateLetters = (session: DeskSession): readonly LateLetter[] => {
  const { mailbox } = session
  const around = beside(session)
  return findLate(session)
    .flatMap(({ letterId, ...late }) => {
      const record = mailbox.letters.get(letterId)
      if (record === null) return []
      return [{ ...summariseLetter(record, around), facilityName: record.facilityName, ...late, appealWrittenAt: mailbox.appeals.get(letterId)?.writtenAt ?? null }]
    })
    .sort((a, b) => b.workingDaysLate - a.workingDaysLate || a.confirmedAt - b.confirmedAt)
}

export const listLate = (session: DeskSession): LateLetters => ({
  letters: lateLetters(session),
  lastAskedAt: session.mailbox.meta.number('lastSyncAt') || null
})

export const countLate = (session: DeskSession): number => findLate(session).length
