import type { CommandInput } from '../contract/commands'
import type { ImportedDocument } from '../contract/documents'
import { failure, success, type Result } from '../contract/result'
import type { DocumentRead } from '../documents'
import type { OutsideContext } from './export'
import type { Visit } from './visit'

/** A document that takes longer, or more memory for its objects (MiB), is one that was made to (reliability.md §1, Hostile .docx). */
export const mostOfADocument = { silenceMs: 5_000, heapMiB: 192 } as const

/**
 * Reads the chosen document in a worker that is ended when it takes too much. Nothing is written; the window shows what would come in.
 * Fails with CHOOSE_AGAIN, DOCUMENT_NOT_READ {name, why}.
 */
export const readDocument = async (context: OutsideContext, visit: Visit, input: CommandInput<'documents.read'>): Promise<Result<ImportedDocument>> => {
  const path = context.places.redeem(visit, input.placeId, 'open')
  if (path === null) return failure('CHOOSE_AGAIN')
  const name = context.outside.files.nameOf(path)
  const end = await context.outside.runWorker('readDocument', path, mostOfADocument).ended
  // Whatever ended the worker early was in the file.
  const read: DocumentRead = end.outcome === 'answered' ? (end.answer as DocumentRead) : { ok: false, why: 'unsafe' }
  if (!read.ok) return failure('DOCUMENT_NOT_READ', { params: { name, why: read.why } })
  const { text, leftOut, paragraphsTouch, subject = '' } = read.document
  return success({ fileName: name, subject, text, leftOut, paragraphsTouch })
}
