/** A disk in a mood, and every byte of a folder, to see that none of them changed. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { diskFiles, type Files } from '../../src-main/storage/files'
import { openDatabaseOnDisk } from './full-disk'

/** A disk that refuses small files with `code`, and transactions as a full one does while `full`. */
export const moody = () => {
  const mood: { code: string | null; full: boolean } = { code: null, full: false }
  const refuse = (): void => {
    const code = mood.full ? 'ENOSPC' : mood.code
    if (code !== null) throw Object.assign(new Error(code), { code, syscall: 'write' })
  }
  const files: Files = {
    ...diskFiles,
    openDatabase: openDatabaseOnDisk(() => mood.full),
    write: (file, text) => {
      refuse()
      diskFiles.write(file, text)
    },
    makeFolder: (name) => {
      if (!existsSync(name)) refuse()
      diskFiles.makeFolder(name)
    }
  }
  return { mood, files }
}

/** Name and content of every file in a folder. */
export const snapshot = (folder: string): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {}
  const look = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      const file = join(path, name)
      if (statSync(file).isDirectory()) look(file)
      else found[file.slice(folder.length)] = readFileSync(file).toString('base64')
    }
  }
  look(folder)
  return found
}
