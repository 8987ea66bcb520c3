import { basename, dirname, join } from 'node:path'
import { checkedText, readChecked } from '../checked-file'
import { writeDurably } from '../durable-files'
import type { Files } from '../files'

/** Where a mailbox that will take the place of another is laid out. */
export const laidOut = (file: string): string => `${file}.restoring`

/** Says, once it is on the disk, that the swap goes on to its end whatever happens. */
const intentOf = (file: string): string => `${file}.restore`

const format = 'epistle-restore'
const version = 1

type Intent = {
  /** Ending of the names under which what was there is kept. */
  readonly mark: string
  /** The small file beside the mailbox, when that is replaced too. */
  readonly header: string | null
}

/**
 * Puts the mailbox that lies ready (`laidOut`, closed and flushed) in the place of the one that is there, which is kept under a name
 * that says when. A crash at any point leaves the old mailbox or the new one: before the intent is on the disk the old, afterwards
 * the new, for `finishSwap` goes on where it stopped.
 * @param file the mailbox; closed @param header its small file @param mark for example `damaged-2026-11-23T15-04-05`
 */
export const swapIn = (files: Files, file: string, header: string, how: Intent): void => {
  writeDurably(files, intentOf(file), checkedText(format, version, how))
  finishSwap(files, file, header)
}

/** Takes up a swap that a crash interrupted, and clears away what was laid out for one that never began. Call before the mailbox is looked at. */
export const finishSwap = (files: Files, file: string, header: string): void => {
  const folder = dirname(file)
  const ready = laidOut(file)
  const intent = readIntent(files, file)
  if (intent === null) {
    for (const rest of ['', '-wal', '-shm', '-journal']) files.remove(`${ready}${rest}`)
    removeAside(files, ready)
    files.remove(intentOf(file))
    return
  }
  const { mark, header: newHeader } = intent
  if (files.exists(ready)) {
    // The write-ahead log goes with its mailbox: beside another one SQLite would play it into that.
    for (const rest of ['', '-wal']) if (files.exists(`${file}${rest}`)) files.rename(`${file}${rest}`, `${file}.${mark}${rest}`)
    files.remove(`${file}-shm`)
    files.flushFolder(folder)
    files.rename(ready, file)
    files.flushFolder(folder)
  }
  if (newHeader !== null) {
    for (const old of [header, `${header}.before`]) {
      if (files.exists(old) && !files.exists(`${old}.${mark}`)) files.rename(old, `${old}.${mark}`)
    }
    writeDurably(files, header, newHeader)
  }
  removeAside(files, ready)
  files.remove(intentOf(file))
  files.flushFolder(folder)
}

/** A copy of an older version was brought up to date where it lay ready; its older form is still in the copy itself. */
const removeAside = (files: Files, ready: string): void => {
  const folder = dirname(ready)
  for (const name of files.list(folder)) if (name.startsWith(`${basename(ready)}.version-`)) files.remove(join(folder, name))
}

const readIntent = (files: Files, file: string): Intent | null => {
  if (!files.exists(intentOf(file))) return null
  const read = readChecked<Intent>(format, version, files.read(intentOf(file)))
  return read.state === 'ok' ? read.value : null
}
