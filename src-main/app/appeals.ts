import type { CommandInput } from '../contract/commands'
import type { Appeal } from '../contract/correspondence'
import { failure, success, type Result } from '../contract/result'
import { isBlank, normaliseText } from '../rules/text'
import type { AppealRecord } from '../storage/mailbox/appeals'
import type { DeskSession } from './desk-session'

export const viewAppeal = (letterId: string, record: AppealRecord): Appeal => ({ letterId, ...record })

/** The letter of appeal about a letter; null when none was begun. */
export const openAppeal = ({ mailbox }: DeskSession, input: CommandInput<'appeals.open'>): Result<Appeal | null> => {
  if (mailbox.letters.get(input.letterId) === null) return failure('NOT_FOUND')
  const record = mailbox.appeals.get(input.letterId)
  return success(record === null ? null : viewAppeal(input.letterId, record))
}

/** Keeps the text as it is typed. A save on an older text, and an empty one over a written one, are refused with LETTER_CHANGED. */
export const saveAppeal = (session: DeskSession, input: CommandInput<'appeals.save'>): Result<Appeal> => {
  const { mailbox, clock } = session
  if (mailbox.letters.get(input.letterId) === null) return failure('NOT_FOUND')
  const stored = mailbox.appeals.get(input.letterId)
  const text = normaliseText(input.text)
  if (stored !== null && stored.text === text) return success(viewAppeal(input.letterId, stored))
  if ((stored?.revision ?? 0) !== input.baseRevision || (stored !== null && isBlank(text))) return failure('LETTER_CHANGED')
  const next = { revision: input.baseRevision + 1, text, savedAt: clock.now() }
  mailbox.transaction(() => mailbox.appeals.put(input.letterId, next))
  session.announce('marks')
  return success(viewAppeal(input.letterId, { ...next, writtenAt: stored?.writtenAt ?? null }))
}

/** "Appeal written on 3 May": the day it was finished, kept once. */
export const markAppealWritten = (session: DeskSession, input: CommandInput<'appeals.written'>): Result<Appeal> => {
  const { mailbox, clock } = session
  const stored = mailbox.appeals.get(input.letterId)
  if (stored === null) return failure('NOT_FOUND')
  const writtenAt = stored.writtenAt ?? clock.now()
  mailbox.transaction(() => mailbox.appeals.setWritten(input.letterId, writtenAt))
  session.announce('marks', 'sent')
  return success(viewAppeal(input.letterId, { ...stored, writtenAt }))
}
