/** The watched half of rel:import: reads one hostile file after the other in the app's own worker and tells what came of each. */
import { mostOfADocument } from '../../../src-main/app/documents'
import type { DocumentRead } from '../../../src-main/documents'
import type { ArchiveAnswer, ArchiveInput, FoundBatch } from '../../../src-main/exchange/found'
import { archiveLimits } from '../../../src-main/exchange/limits'
import { createWorkerHost } from '../../../src-main/worker-host'

export type Kind = 'document' | 'archive'

/** What was read of one file. `why`: the reason for the whole file; null when something came of it. */
type Read = { readonly why: string | null; readonly text: string; readonly letters: number; readonly problems: readonly string[]; readonly photos: number; readonly leftOut: number; readonly names: readonly string[] }

/** What became of one file. */
export type Seen = Read & {
  readonly ms: number
  /** The longest the worker gave no sign, in ms. */
  readonly silence: number
  readonly memory: number
  readonly prototypeChanged: boolean
}

const builtIn = Object.getOwnPropertyNames(Object.prototype).length

/** @param worker the built file that is a worker when it is started as one */
export const createSight = (worker: URL) => {
  const runWorker = createWorkerHost(worker)

  /** As app/documents.ts does it. */
  const readDocument = async (path: string): Promise<Read> => {
    const end = await runWorker('readDocument', path, mostOfADocument).ended
    const read: DocumentRead = end.outcome === 'answered' ? (end.answer as DocumentRead) : { ok: false, why: 'unsafe' }
    return { why: read.ok ? null : read.why, text: read.ok ? read.document.text.slice(0, 100_000) : '', letters: 0, problems: [], photos: 0, leftOut: 0, names: [] }
  }

  /** As app/import.ts does it. */
  const readArchive = async (path: string, heard: () => void): Promise<Read> => {
    const input: ArchiveInput = { path, ownAddress: 'maria@parish.org', personGiven: false }
    let text = ''
    let letters = 0
    const problems: string[] = []
    let photos = 0
    let leftOut = 0
    const names: string[] = []
    const end = await runWorker('readArchive', input, { silenceMs: archiveLimits.silenceMs, heapMiB: archiveLimits.heapMiB }, async (batch) => {
      heard()
      const { found, problems: more } = batch as FoundBatch
      letters += found.length
      leftOut += found.filter((one) => one.leftOut).length
      photos += found.reduce((sum, one) => sum + one.photos.length, 0)
      for (const one of found) names.push(...one.photos.map(({ name }) => name).slice(0, 50 - names.length))
      problems.push(...more.slice(0, 10 - problems.length).map(({ code }) => code))
      // The first words, and the last.
      for (const { body } of [found[0], found.at(-1)].flatMap((one) => one ?? [])) text = `${text.slice(0, 50_000)}\n${body.slice(0, 50_000)}`
    }).ended
    const answer = end.outcome === 'answered' ? (end.answer as ArchiveAnswer) : null
    return { why: answer === null ? (end.outcome === 'broken' ? `broken: ${end.message}` : end.outcome) : answer.ok ? null : answer.why, text, letters, problems, photos, leftOut, names }
  }

  return async (kind: Kind, path: string): Promise<Seen> => {
    const before = process.memoryUsage.rss()
    let highest = before
    const started = performance.now()
    let heardAt = started
    let silence = 0
    const heard = (): void => {
      silence = Math.max(silence, performance.now() - heardAt)
      heardAt = performance.now()
    }
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 20)
    const read = kind === 'document' ? await readDocument(path) : await readArchive(path, heard)
    heard()
    clearInterval(watch)
    return { ...read, ms: performance.now() - started, silence, memory: highest - before, prototypeChanged: Object.getOwnPropertyNames(Object.prototype).length !== builtIn }
  }
}
