/** The key of a mailbox, by way of the product's own locks: without it nobody opens the file, judges included. */
import { join } from 'node:path'
import { hashRaw } from '@node-rs/argon2'
import Database from 'better-sqlite3'
import { openVaults } from '../../support/core'
import type { Rows } from './rows'

/** @param profileDir a profile, or a copy of one. @returns the key, or null when none of the passwords opens the mailbox */
export const keyOf = async (profileDir: string, accountId: string, passwords: readonly string[]): Promise<Uint8Array | null> => {
  const vaults = openVaults({
    folder: join(profileDir, 'mailboxes'),
    derive: (secret, salt, cost) => hashRaw(secret, { algorithm: 2, memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1, salt, outputLen: 32 }),
    cost: { memoryKiB: 8, passes: 1, lanes: 1 },
    random: (count) => new Uint8Array(count),
    now: () => 0
  })
  for (const password of passwords) {
    const found = await vaults.unlock(accountId, password)
    if (found !== null) return found.key
  }
  return null
}

/** Opens a file without any of the product's settings. */
export const openRows = (file: string, key?: Uint8Array): Rows => {
  const database = new Database(file, { fileMustExist: true })
  if (key !== undefined) {
    database.pragma(`cipher = 'chacha20'`)
    database.pragma(`key = "raw:${Buffer.from(key).toString('hex')}"`)
  }
  return database
}
