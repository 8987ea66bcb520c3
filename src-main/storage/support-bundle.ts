import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
// The build for pages: the one for Node declares a `require` of its own, and the bundle of the core has one already.
import { strToU8, zipSync } from 'fflate/browser'
import type { TroubleReport } from '../contract/surroundings'
import type { Files } from './files'
import { scrubLog } from './scrub-log'

/** The diary is cut to its end where it is longer. */
const mostLog = 512 * 1024

const date = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

const asText = (report: TroubleReport): string => {
  const { versions, folder, surroundings, queue } = report
  return [
    `Epistle: what went wrong. Made ${date(report.madeAt)} UTC.`,
    'This file holds no letter, no name, no address and no password.',
    '',
    `Epistle ${versions.app}, Node ${versions.node}, SQLite ${versions.sqlite}, ${versions.system}`,
    `Data folder: ${folder.place.kind === 'local' ? 'on this PC' : `${folder.place.kind} (${folder.place.product})`}; free: ${folder.freeBytes === null ? 'unknown' : `${Math.floor(folder.freeBytes / 1_048_576)} MB`}`,
    `Saving: ${surroundings.saving}${surroundings.clock === null ? '' : `; the clock is behind: ${date(surroundings.clock.now)}, last seen ${date(surroundings.clock.lastSeen)}`}`,
    `This PC's own file: ${report.deskCheck}; mailboxes here: ${report.mailboxes}`,
    queue === null ? 'Nobody is signed in.' : `Drafts: ${queue.drafts}, waiting: ${queue.waiting}, purchases not settled: ${queue.purchasesPending}, last copy: ${queue.lastCopyAt === null ? 'none' : date(queue.lastCopyAt)}`,
    '',
    report.troubles.length === 0 ? 'Nothing went wrong lately.' : 'Lately (newest first):',
    ...report.troubles.map((one) => `${date(one.lastAt)}  ${one.kind}  ${one.code}  ${one.where}  ${one.count === 1 ? 'once' : `${one.count} times since ${date(one.firstAt)}`}`),
    ''
  ].join('\n')
}

/** Everything for the eyes of whoever helps. The folder's path stays out: people name folders after people. */
const asData = ({ folder, ...report }: TroubleReport): string => JSON.stringify({ ...report, folder: { place: folder.place, freeBytes: folder.freeBytes } }, null, 2)

const diaries = (files: Files, profileDir: string): readonly (readonly [string, string])[] => {
  const folder = join(profileDir, 'logs')
  try {
    return files
      .list(folder)
      .filter((name) => /^[a-z.-]+\.log$/u.test(name))
      .map((name) => [`logs/${name}`, scrubLog(files.read(join(folder, name)).slice(-mostLog))] as const)
  } catch {
    return []
  }
}

const zipped = (entries: readonly (readonly [string, string])[], at: number): Uint8Array =>
  zipSync(Object.fromEntries(entries.map(([name, text]) => [name, [strToU8(text), { mtime: at }]])))

/**
 * Writes the support bundle where the person wants it. It is whole and on the disk when this returns; a file of the same name
 * is replaced only then.
 * @throws what the system throws when the place cannot be written
 */
export const writeSupportBundle = async (files: Files, profileDir: string, report: TroubleReport, target: string): Promise<void> => {
  const bytes = zipped([['what-went-wrong.txt', asText(report)], ['what-went-wrong.json', asData(report)], ...diaries(files, profileDir)], report.madeAt)
  const fresh = `${target}.part`
  try {
    const handle = await open(fresh, 'w', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, target)
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined)
    throw error
  }
}
