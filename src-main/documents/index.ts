export { readDocumentFile } from './read-document-file'
export type { DocumentRead, DocumentText } from './outcome'
