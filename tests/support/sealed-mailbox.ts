/** A hand on a sealed mailbox while nobody has it open: for tests of what is found when somebody changed it. */
import { hashRaw } from '@node-rs/argon2'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { diskFiles } from '../../src-main/storage/files'
import { useKey } from '../../src-main/storage/open'
import { openVaults } from '../../src-main/storage/vault'

/** The one account of a profile, and its mailbox's own key, as its password opens it. */
export const keyOfMailbox = async (profileDir: string, password = 'Lantern7oak'): Promise<{ readonly file: string; readonly accountId: string; readonly key: Uint8Array }> => {
  const folder = join(profileDir, 'mailboxes')
  const accountId = readdirSync(folder).find((name) => name.endsWith('.vault'))?.replace('.vault', '') ?? ''
  const vaults = openVaults({
    folder,
    derive: (secret, salt, cost) => hashRaw(secret, { algorithm: 2, memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: cost.lanes, salt, outputLen: 32 }),
    cost: { memoryKiB: 8, passes: 1, lanes: 1 },
    random: (count) => new Uint8Array(count),
    now: () => 0
  })
  const unlocked = await vaults.unlock(accountId, password)
  if (unlocked === null) throw new Error('the mailbox did not open')
  return { file: join(folder, `${accountId}.db`), accountId, key: unlocked.key }
}

/**
 * Changes the sealed file by hand, with the triggers that would refuse it taken off and put back.
 * @param leaveOff the triggers stay off
 */
export const tamper = async (profileDir: string, sql: string, { leaveOff = false, password }: { readonly leaveOff?: boolean; readonly password?: string } = {}): Promise<void> => {
  const { file, key } = await keyOfMailbox(profileDir, password)
  const database = diskFiles.openDatabase(file)
  useKey(database, key)
  const triggers = database.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as { name: string; sql: string }[]
  database.pragma('foreign_keys = OFF')
  database.pragma('ignore_check_constraints = ON')
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`)
  database.exec(sql)
  if (!leaveOff) for (const trigger of triggers) database.exec(trigger.sql)
  database.close()
}
