/**
 * The judge of what a crash left. It opens copies of the files by itself (only the key comes from the product: without it
 * nothing opens) and asks its own questions in its own SQL, so that no bug of the product can hide behind a check of the product.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { firstPassword } from '../volunteer/template'
import type { Fact } from '../volunteer/facts'
import { folderInMemory } from './folders'
import { judgeBooks } from './judge-books'
import { judgeLetters } from './judge-letters'
import { keyOf, openRows } from './keys'
import { createMemory, type Memory } from './memory'
import { all, type Rows } from './rows'

export type Judge = {
  readonly memory: Memory
  readonly learn: (facts: readonly Fact[]) => void
  /** @returns what is wrong with the files in the folder, in words; empty when nothing is. @param drained the outbox has emptied: both books must be equal */
  readonly judge: (profileDir: string, drained?: boolean) => Promise<readonly string[]>
  /** A judge who knows what this one knows now, and goes on by itself. */
  readonly fork: () => Judge
}

let scratch: string | null = null
/** Made when something is judged: a process that is killed on purpose judges nothing, and would leave it behind. */
const scratchFolder = (): string => {
  if (scratch !== null) return scratch
  const made = folderInMemory('judge')
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  return (scratch = made)
}

export const createJudge = (accountId: string, memory: Memory = createMemory(firstPassword)): Judge => ({
  memory,
  learn: memory.learn,
  judge: async (profileDir, drained = false) => {
    const copy = mkdtempSync(join(scratchFolder(), 'p-'))
    try {
      cpSync(profileDir, copy, { recursive: true })
      return await judgeCopy(copy, accountId, memory, drained)
    } catch (error) {
      return [`the files cannot be judged: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  },
  fork: () => createJudge(accountId, memory.copy())
})

const judgeCopy = async (folder: string, accountId: string, memory: Memory, drained: boolean): Promise<readonly string[]> => {
  const mailboxFile = join(folder, 'mailboxes', `${accountId}.db`)
  const left = readdirSync(join(folder, 'mailboxes')).join(', ')
  if (!existsSync(mailboxFile)) return [`the mailbox is gone; there is ${left}`]
  // The password in force, or, in the middle of a change, the one before or after it.
  const key = await keyOf(folder, accountId, memory.passwords())
  if (key === null) return [`no password that can be in force opens the mailbox; there is ${left}`]
  const mailbox = openRows(mailboxFile, key)
  const service = openRows(join(folder, 'service.db'))
  const desk = openRows(join(folder, 'desk.db'))
  try {
    const files: readonly (readonly [string, Rows])[] = [['mailbox', mailbox], ['service.db', service], ['desk.db', desk]]
    const whole = files.flatMap(([name, file]) => judgeFile(name, file))
    if (whole.length > 0) return whole
    return [...judgeLetters(mailbox, service, accountId, memory, drained), ...judgeBooks(mailbox, service, accountId, memory, drained)]
  } finally {
    for (const file of [mailbox, service, desk]) file.close()
  }
}

const judgeFile = (name: string, file: Rows): readonly string[] => {
  const integrity: unknown = file.pragma('integrity_check', { simple: true })
  const orphans = all<{ table: string }>(file, 'PRAGMA foreign_key_check')
  return [...(integrity === 'ok' ? [] : [`${name}: integrity_check says ${String(integrity)}`]), ...orphans.map((row) => `${name}: a row of ${row.table} points to nothing`)]
}
