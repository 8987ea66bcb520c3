import type { CommandInput } from '../contract/commands'
import type { ImportPreview, ImportProblem, ImportRecord } from '../contract/exchange'
import type { JobView } from '../contract/jobs'
import { failure, success, type Failure, type Result } from '../contract/result'
import type { ArchiveAnswer, ArchiveInput, FoundBatch } from '../exchange/found'
import { archiveLimits as limits } from '../exchange/limits'
import { storageCode } from '../storage/open'
import { note } from './activity'
import type { DeskSession } from './desk-session'
import type { OutsideContext } from './export'
import { Cancelled, type Job } from './jobs'
import { matchPeople } from './match-people'
import type { Visit } from './visit'

/** A file that was looked through and waits for a yes. */
type Pending = { readonly preview: ImportPreview; readonly path: string; readonly hash: string; readonly contactId: string | null }

/** What each visit looked at last; goes with it. */
const pendingOf = new WeakMap<DeskSession, Pending>()

/** Messages taken into the lists in one transaction: a few milliseconds. */
const listedAtOnce = 40
const mostProblems = 100
const mostSamples = 5

const nothing = { messages: 0, alreadyHere: 0, notReadable: 0, withContacts: 0, photos: 0, withAttachments: 0, oldest: null, newest: null } as const

type Counted = Exclude<keyof typeof nothing, 'oldest' | 'newest'>
type Counts = { [K in Counted]: number } & { oldest: number | null; newest: number | null }

type Refusal = Extract<ArchiveAnswer, { ok: false }>
const refusals: { readonly [W in Refusal['why']]: (name: string, refusal: Refusal) => Failure } = {
  gone: (name) => failure('FILE_NOT_READ', { params: { name, reason: 'gone' } }),
  readOnly: (name) => failure('FILE_NOT_READ', { params: { name, reason: 'readOnly' } }),
  notLetters: (name) => failure('IMPORT_NOT_LETTERS', { params: { name } }),
  tooComplex: () => failure('IMPORT_TOO_COMPLEX'),
  noColumn: (name, { column = '' }) => failure('IMPORT_NO_COLUMN', { params: { name, column } }),
  endlessCell: (name, { row = 0 }) => failure('IMPORT_ENDLESS_CELL', { params: { name, row } })
}

/** Reads the file in a worker, batch by batch. @throws Cancelled */
const read = async (context: OutsideContext, input: ArchiveInput, name: string, job: Job, take: (batch: FoundBatch) => void): Promise<Result<Extract<ArchiveAnswer, { ok: true }>>> => {
  await job.breathe()
  let trouble: unknown = null
  const run = context.outside.runWorker('readArchive', input, { silenceMs: limits.silenceMs, heapMiB: limits.heapMiB }, async (batch) => {
    try {
      take(batch as FoundBatch)
      await job.breathe()
    } catch (error) {
      trouble = error
      throw error
    }
  })
  job.onCancel(run.stop)
  const end = await run.ended
  if (trouble !== null) throw trouble
  switch (end.outcome) {
    case 'answered': {
      const answer = end.answer as ArchiveAnswer
      return answer.ok ? success(answer) : refusals[answer.why](name, answer)
    }
    case 'tooMuch':
      return failure('IMPORT_TOO_COMPLEX')
    case 'stopped':
      throw new Cancelled()
    case 'broken':
      throw new Error(`the worker broke: ${end.message}`)
  }
}

/** Takes out what an import that was cut off (or failed) has left, a slice at a time; from here on the clearing that began with the visit is not needed. */
const clear = async (session: DeskSession, job: Pick<Job, 'breathe'>, removed: (count: number) => void = () => undefined): Promise<void> => {
  session.stopClearing()
  for (const seq of session.mailbox.imports.unfinished()) {
    for (;;) {
      const count = session.mailbox.transaction(() => session.mailbox.imports.removeSome(seq))
      if (count === 0) break
      removed(count)
      await job.breathe()
    }
  }
}

/** Takes what is done into the lists. Somebody who stops this, or a disk that is full by now, stops only the waiting: the import is there, and the rest is listed in the background. */
const listAll = async (session: DeskSession, job: Pick<Job, 'breathe'>): Promise<void> => {
  try {
    while (session.mailbox.archiveIndex.listImported(listedAtOnce) > 0) await job.breathe()
  } catch (error) {
    if (!(error instanceof Cancelled) && storageCode(error) === null) throw error
  }
}

/** On a full disk there is no text to copy here, but a file to bring in again. */
const orNoRoom = (name: string, work: (job: Job) => Promise<Result<unknown>>) => async (job: Job): Promise<Result<unknown>> => {
  try {
    return await work(job)
  } catch (error) {
    if (storageCode(error) !== 'DISK_FULL') throw error
    return failure('IMPORT_NO_ROOM', { params: { name } })
  }
}

/**
 * Looks through an older archive; nothing is saved. When the job is done, `imports.preview` tells what was found.
 * Fails with CHOOSE_AGAIN, JOB_RUNNING; later, as the job's failure, with FILE_NOT_READ {name, reason}, IMPORT_NOT_LETTERS {name}, IMPORT_NO_COLUMN {name, column},
 * IMPORT_ENDLESS_CELL {name, row}, IMPORT_TOO_COMPLEX, IMPORT_NO_ROOM {name}.
 */
export const readImport = (context: OutsideContext, visit: Visit, session: DeskSession, input: CommandInput<'imports.read'>): Result<JobView> => {
  if (session.jobs.current()?.state === 'running') return failure('JOB_RUNNING')
  if (input.contactId !== null && session.mailbox.contacts.get(input.contactId) === null) return failure('NOT_FOUND')
  const path = context.places.redeem(visit, input.placeId, 'open')
  if (path === null) return failure('CHOOSE_AGAIN')
  const fileName = context.outside.files.nameOf(path)
  pendingOf.delete(session)
  return session.jobs.start('readImport', fileName, orNoRoom(fileName, async (job) => {
    await clear(session, job)
    const match = matchPeople(session.mailbox, input.contactId)
    const seen = new Set<number>()
    const counts: Counts = { ...nothing }
    const problems: ImportProblem[] = []
    const samples: ImportPreview['samples'][number][] = []
    const archive = { path, ownAddress: visit.profile.email, personGiven: input.contactId !== null }
    const answer = await read(context, archive, fileName, job, (batch) => {
      counts.notReadable += batch.problems.length
      problems.push(...batch.problems.slice(0, mostProblems - problems.length))
      for (const found of batch.found) {
        const message = match(found)
        // The first 52 bits tell messages of one file apart, and a million of them stay small.
        const mark = Number.parseInt(message.fingerprint.slice(0, 13), 16)
        if (seen.has(mark) || session.mailbox.imports.isKnown(message)) {
          counts.alreadyHere += 1
          continue
        }
        seen.add(mark)
        counts.messages += 1
        if (message.contactId !== null) counts.withContacts += 1
        counts.photos += found.photos.length
        if (found.leftOut) counts.withAttachments += 1
        counts.oldest = Math.min(counts.oldest ?? message.at, message.at)
        counts.newest = Math.max(counts.newest ?? message.at, message.at)
        if (samples.length < mostSamples) samples.push({ direction: message.direction, personName: message.personName, subject: message.subject, at: message.at })
      }
      job.moved(counts.messages + counts.alreadyHere + counts.notReadable)
    })
    if (!answer.ok) return answer
    if (counts.messages + counts.alreadyHere + counts.notReadable === 0) return failure('IMPORT_NOT_LETTERS', { params: { name: fileName } })
    const preview: ImportPreview = { previewId: session.ids.next(), fileName, format: answer.value.format, ...counts, problems, samples }
    pendingOf.set(session, { preview, path, hash: answer.value.hash, contactId: input.contactId })
    return success(null)
  }))
}

export const importPreview = (session: DeskSession): Result<ImportPreview> => {
  const pending = pendingOf.get(session)
  return pending === undefined ? failure('NOT_FOUND') : success(pending.preview)
}

/**
 * Saves what the preview showed. The file is read again; if it is another one by now, or anything stops it, everything is taken out again.
 * Fails with NOT_FOUND, JOB_RUNNING; later with FILE_CHANGED {name} and what reading can fail with.
 */
export const startImport = (context: OutsideContext, visit: Visit, session: DeskSession, input: CommandInput<'imports.start'>): Result<JobView> => {
  const pending = pendingOf.get(session)
  if (pending === undefined || pending.preview.previewId !== input.previewId) return failure('NOT_FOUND')
  if (session.jobs.current()?.state === 'running') return failure('JOB_RUNNING')
  pendingOf.delete(session)
  const { mailbox, ids, clock } = session
  const { fileName, format, messages } = pending.preview
  return session.jobs.start('import', fileName, orNoRoom(fileName, async (job) => {
    await clear(session, job)
    job.moved(0, messages)
    const match = matchPeople(mailbox, pending.contactId)
    const seq = mailbox.transaction(() => mailbox.imports.begin(ids.next(), fileName, format, clock.now()))
    let added = 0
    const undo = (): Promise<void> => clear(session, { breathe: context.outside.turn })
    try {
      const archive = { path: pending.path, ownAddress: visit.profile.email, personGiven: pending.contactId !== null }
      const answer = await read(context, archive, fileName, job, (batch) => {
        mailbox.transaction(() => {
          for (const found of batch.found) {
            const message = mailbox.imports.insert(seq, { id: ids.next(), ...match(found) })
            if (message === null) continue
            for (const { name, ...photo } of found.photos) mailbox.photos.addToImported(message, name, photo)
            added += 1
          }
        })
        job.moved(added)
      })
      const changed = answer.ok && answer.value.hash !== pending.hash
      if (!answer.ok || changed) {
        await undo()
        return changed ? failure('FILE_CHANGED', { params: { name: fileName } }) : answer
      }
      await job.breathe()
      mailbox.transaction(() => {
        mailbox.imports.finish(seq, clock.now())
        note(session, 'lettersImported', { count: added })
      })
    } catch (error) {
      await undo()
      throw error
    }
    job.moved(added, added)
    session.announce('imported')
    await listAll(session, job)
    session.announce('imported')
    return success(null)
  }))
}

export const listImports = ({ mailbox }: DeskSession): readonly ImportRecord[] => mailbox.imports.list()

/** Takes an import out again. From the first moment none of it is seen anywhere; its rows go slice by slice, and what is left when the app ends meanwhile goes after the next sign-in. */
export const removeImport = (session: DeskSession, input: CommandInput<'imports.remove'>): Result<JobView> => {
  if (session.jobs.current()?.state === 'running') return failure('JOB_RUNNING')
  const { mailbox } = session
  const record = mailbox.imports.get(input.importId)
  if (record === null) return failure('NOT_FOUND')
  return session.jobs.start('undoImport', record.fileName, async (job) => {
    mailbox.transaction(() => {
      mailbox.imports.beginUndo(input.importId)
      note(session, 'importRemoved', { count: record.messages })
    })
    session.announce('imported')
    let removed = 0
    await clear(session, job, (count) => job.moved((removed += count), record.messages))
    session.announce('imported')
    return success(null)
  })
}
