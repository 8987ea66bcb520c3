import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Puts what a file holds on the disk itself, not in the system's memory. */
export const flushFile = (file: string): void => {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A rename or removal is on disk only when its folder is; Windows does that by itself and refuses to open a folder. */
export const flushFolderOf = (file: string): void => {
  if (process.platform === 'win32') return
  const handle = openSync(dirname(file), 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Writes a small file so that a power cut leaves the old one or the new one, never half. Only this user may read it. */
export const writeDurably = (file: string, text: string): void => {
  const fresh = `${file}.new`
  const handle = openSync(fresh, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(fresh, file)
  flushFolderOf(file)
}
