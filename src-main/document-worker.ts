/** Reads one document on a thread of its own, says what came of it, and is gone (documents/index.ts). */
import { parentPort, workerData } from 'node:worker_threads'
import { readDocumentFile } from './documents/read-document-file'

const { path } = workerData as { readonly path: string }
void readDocumentFile(path).then((read) => parentPort?.postMessage(read))
