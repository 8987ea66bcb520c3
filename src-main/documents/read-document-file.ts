import { basename } from 'node:path'
import { Refused, type DocumentRead } from './outcome'
import { readDocument } from './read-document'
import { readOrdinaryFile } from './read-file'

/** The text of the document at a path, or one reason why there is none. */
export const readDocumentFile = async (path: string): Promise<DocumentRead> => {
  try {
    return await readDocument(await readOrdinaryFile(path), basename(path))
  } catch (error) {
    if (error instanceof Refused) return { ok: false, why: error.why }
    throw error
  }
}
