import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { copiesIn, readCopy, type StoredCopy } from './copy-folder'

/** From the stick's top to a copy: "Epistle copies", the account, the copy. A whole profile folder has as many. */
const deepest = 3
/** A folder with more in it is not looked through: people point at their whole disk. */
const mostFolders = 500

const foldersIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => join(folder, entry.name))
  } catch {
    return []
  }
}

/**
 * Looks for copies of one account in a folder and a few levels below.
 * @returns newest first
 */
export const copyIn = (pointedAt: string, accountId: string): readonly StoredCopy[] => {
  let left = mostFolders
  const look = (folder: string, depth: number): readonly StoredCopy[] => {
    if (left-- <= 0) return []
    const itself = readCopy(folder)
    if (itself !== null) return [itself]
    const found = copiesIn(folder)
    if (found.length > 0 || depth === deepest) return found
    return foldersIn(folder).flatMap((inner) => look(inner, depth + 1))
  }
  return look(pointedAt, 0)
    .filter((copy) => copy.accountId === accountId)
    .sort((a, b) => b.sequence - a.sequence)
}
