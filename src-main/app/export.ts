import type { CommandInput } from '../contract/commands'
import type { JobView } from '../contract/jobs'
import { failure, success, type Result } from '../contract/result'
import { passesOf, writeLetters } from '../exchange/write-letters'
import { storageCode } from '../storage/open'
import type { NewFile } from '../storage/outside-files'
import { note } from './activity'
import { displayName, type DeskSession } from './desk-session'
import type { Job } from './jobs'
import { letterSource } from './letter-source'
import type { Outside } from './outside'
import type { Places } from './places'
import { forgetUnfinished, rememberUnfinished } from './unfinished-files'
import type { Visit } from './visit'

export type OutsideContext = { readonly outside: Outside; readonly places: Places<Visit> }

/** Letters between two breaths: a few milliseconds of work. */
const sliceLetters = 8

/**
 * Writes a file of the person's own as long work: under another name beside its place, in its place only when it is whole.
 * Whatever stops it (Cancel, a full disk, a stick pulled out, signing out), nothing of it is left and what was there before is as it was;
 * what a crash leaves is taken away at the next sign-in (`unfinished-files.ts`).
 * @param place from `files.chooseSave`
 * @param write gets the file and the job; what it returns is the job's result
 * @returns CHOOSE_AGAIN for a place that was used or is not this person's, JOB_RUNNING
 */
export const saveToFile = (
  context: OutsideContext,
  visit: Visit,
  session: DeskSession,
  place: { readonly placeId: string; readonly kind: JobView['kind'] },
  write: (file: Pick<NewFile, 'write'>, job: Job) => Promise<Result<unknown>>
): Result<JobView> => {
  if (session.jobs.current()?.state === 'running') return failure('JOB_RUNNING')
  const path = context.places.redeem(visit, place.placeId, 'save')
  if (path === null) return failure('CHOOSE_AGAIN')
  const { files } = context.outside
  return session.jobs.start(place.kind, files.nameOf(path), async (job) => {
    let part: string | null = null
    try {
      const file = await files.create(path, (name) => {
        part = name
        rememberUnfinished(session.mailbox, name)
      })
      try {
        const result = await write(file, job)
        if (!result.ok) return result
        await job.breathe()
        await file.finish()
        return result
      } finally {
        await file.discard()
      }
    } finally {
      if (part !== null) await letGo(files, session.mailbox, part)
    }
  })
}

/** A stick that was pulled out keeps its half file, and this PC the note of it, for the next sweep; so does a disk too full to forget on. */
const letGo = async (files: Outside['files'], mailbox: DeskSession['mailbox'], part: string): Promise<void> => {
  try {
    if (await files.sweep(part)) forgetUnfinished(mailbox, part)
  } catch (error) {
    if (storageCode(error) === null) throw error
  }
}

/** Saves letters as a file. Fails with NO_LETTERS_CHOSEN, CHOOSE_AGAIN, JOB_RUNNING; later, as the job's failure, with FILE_NOT_WRITTEN. */
export const startExport = (context: OutsideContext, visit: Visit, session: DeskSession, input: CommandInput<'exports.start'>): Result<JobView> => {
  const source = letterSource(session.mailbox, input.selection)
  if (source.count === 0) return failure('NO_LETTERS_CHOSEN')
  if (input.format === 'eml' && source.count > 1) return failure('BAD_REQUEST')
  return saveToFile(context, visit, session, { placeId: input.placeId, kind: 'export' }, async (file, job) => {
    let done = 0
    job.moved(0, source.count)
    await writeLetters(input.format, {
      author: { name: displayName(visit.profile), email: visit.profile.email },
      messages: source.messages,
      photo: (photoId) => session.mailbox.photos.read(photoId)?.bytes ?? null,
      take: file.write,
      next: async ({ photos }) => {
        done += 1
        // Some kinds of file go over the letters more than once; people count letters.
        job.moved(Math.floor(done / passesOf[input.format]))
        if (photos.length > 0 || done % sliceLetters === 0) await job.breathe()
      }
    })
    note(session, 'lettersExported', { count: source.count, format: input.format })
    return success(null)
  })
}
