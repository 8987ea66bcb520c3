import type { CommandInput } from '../contract/commands'
import type { JobView } from '../contract/jobs'
import type { Message } from '../contract/exchange'
import type { PaperOutcome, SheetPhoto } from '../contract/paper'
import { failure, success, type Result } from '../contract/result'
import { letterSheet, photoAddress, yearBookSheet, type Page, type PaperWish } from '../exchange/paper'
import { countForPaper, paperLimits, type TooMuch } from '../exchange/paper-limits'
import { pagesOfPlaces } from '../exchange/pdf-pages'
import { fullName } from '../rules/contact'
import { normaliseText } from '../rules/text'
import { note } from './activity'
import { displayName, type DeskSession } from './desk-session'
import { saveToFile, type OutsideContext } from './export'
import { Cancelled, type Job } from './jobs'
import { letterSource } from './letter-source'
import type { Visit } from './visit'

type Input = CommandInput<'prints.start'>

const tooLong = (count: number, what: TooMuch): Result<never> => failure('PRINT_TOO_LONG', { params: { count, most: paperLimits.letters, what } })

/** Letters on their way onto paper, and the work they are part of. */
type Printing = { readonly context: OutsideContext; readonly session: DeskSession; readonly letters: readonly Message[]; readonly job: Job }

/** The letters themselves, in memory. Fails with PRINT_TOO_LONG. */
const gather = async (messages: Iterable<Message>, total: number, job: Job): Promise<Result<readonly Message[]>> => {
  const gathered: Message[] = []
  const count = countForPaper()
  for (const message of messages) {
    gathered.push(message)
    const tooMuch = count(message)
    if (tooMuch !== null) return tooLong(total, tooMuch)
    job.moved(gathered.length, total)
    if (gathered.length % 40 === 0) await job.breathe()
  }
  return success(gathered)
}

/** What the photos of these letters show, read once for each printing: whoever prints gets them for good. @throws Cancelled */
const photosOf = async ({ mailbox }: DeskSession, letters: readonly Message[], job: Job): Promise<ReadonlyMap<string, SheetPhoto>> => {
  const photos = new Map<string, SheetPhoto>()
  for (const { photoId } of letters.flatMap((letter) => letter.photos)) {
    const address = photoAddress(photoId)
    const photo = photos.has(address) ? null : mailbox.photos.read(photoId)
    if (photo === null) continue
    photos.set(address, { type: photo.type, bytes: new Uint8Array(photo.bytes) })
    await job.breathe()
  }
  return photos
}

/** One page to its end. @throws Cancelled */
const print = async ({ context, session, letters, job }: Printing, page: Page): Promise<PaperOutcome> => {
  await job.breathe()
  const run = context.outside.paper({ ...page, photos: await photosOf(session, letters, job) })
  job.onCancel(run.stop)
  const outcome = await run.ended
  if (outcome.outcome === 'cancelled') throw new Cancelled()
  return outcome
}

const notPrinted = (outcome: PaperOutcome): Result<never> => failure('PRINT_FAILED', { params: { reason: outcome.outcome === 'failed' ? outcome.reason : 'other' } })

/** Lays the letters out. A year book is printed once to learn on which page each letter begins, and then with those numbers in its contents. */
const layOut = async (printing: Printing, kind: Input['kind'], names: { readonly title: string; readonly about: string }, wish: PaperWish): Promise<Result<PaperOutcome>> => {
  const { letters } = printing
  let page = letterSheet(letters, names.title, wish)
  if (kind === 'yearBook') {
    const measured = await print(printing, { ...yearBookSheet(letters, names.title, names.about, wish, new Map()), to: 'pdf' })
    if (measured.outcome !== 'pdf') return notPrinted(measured)
    page = yearBookSheet(letters, names.title, names.about, wish, pagesOfPlaces(measured.bytes))
  }
  const outcome = await print(printing, page)
  return outcome.outcome === 'failed' ? notPrinted(outcome) : success(outcome)
}

/** What stands at the top of it. */
const namesFor = (session: DeskSession, input: Input): { readonly title: string; readonly about: string } => {
  const contact = input.selection.contactId === null ? null : session.mailbox.contacts.get(input.selection.contactId)
  const about = contact === null ? '' : fullName(contact)
  if (input.kind === 'yearBook') return { title: input.selection.year === null ? 'Letters' : `Letters ${input.selection.year}`, about }
  return { title: about === '' ? 'Letters' : `Letters with ${about}`, about }
}

/**
 * Prints letters, a thread or a year book, on paper (no place) or as a PDF. Fails with NO_LETTERS_CHOSEN, PRINT_TOO_LONG {count, most, what}, CHOOSE_AGAIN,
 * JOB_RUNNING; later, as the job's failure, with PRINT_TOO_LONG, PRINT_FAILED {reason}, FILE_NOT_WRITTEN.
 */
export const startPrint = (context: OutsideContext, visit: Visit, session: DeskSession, input: Input): Result<JobView> => {
  const source = letterSource(session.mailbox, input.selection)
  if (source.count === 0) return failure('NO_LETTERS_CHOSEN')
  if (source.count > paperLimits.letters) return tooLong(source.count, 'letters')
  const { title, about } = namesFor(session, input)
  const wish: PaperWish = {
    textSize: input.textSize,
    author: { name: displayName(visit.profile), email: visit.profile.email },
    returnAddress: input.withAddress ? (session.mailbox.meta.get('returnAddress') ?? '') : '',
    to: input.placeId === null ? 'printer' : 'pdf'
  }
  const work = async (job: Job): Promise<Result<PaperOutcome>> => {
    const gathered = await gather(source.messages(), source.count, job)
    if (!gathered.ok) return gathered
    const letters = gathered.value
    const [only] = letters
    const single = letters.length === 1 && only !== undefined && input.kind === 'letters' ? `${only.direction === 'sent' ? 'Letter to' : 'Letter from'} ${only.personName}` : title
    const laidOut = await layOut({ context, session, letters, job }, input.kind, { title: single, about }, wish)
    if (laidOut.ok) note(session, 'lettersPrinted', { count: letters.length, to: wish.to })
    return laidOut
  }
  if (input.placeId === null) return session.jobs.start('print', null, work)
  return saveToFile(context, visit, session, { placeId: input.placeId, kind: 'pdf' }, async (file, job) => {
    const result = await work(job)
    if (!result.ok) return result
    if (result.value.outcome === 'pdf') await file.write(result.value.bytes)
    return result
  })
}

export const printOptions = ({ mailbox }: DeskSession): { readonly returnAddress: string } => ({ returnAddress: mailbox.meta.get('returnAddress') ?? '' })

export const setReturnAddress = (session: DeskSession, input: CommandInput<'prints.setReturnAddress'>): { readonly returnAddress: string } => {
  session.mailbox.transaction(() => session.mailbox.meta.set('returnAddress', normaliseText(input.returnAddress).trim()))
  return printOptions(session)
}
