/** What making a key out of a password costs. */
import { hashRaw } from '@node-rs/argon2'

/** As the app's own thread has it, unless a test wants it quick; a mailbox remembers what it was locked with. */
export const costs = { full: { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 }, quick: { memoryCost: 8, timeCost: 1, parallelism: 1 } } as const
export type Cost = keyof typeof costs

export const derive = (secret: string, salt: Uint8Array, cost: { readonly memoryKiB: number; readonly passes: number; readonly lanes: number }): Promise<Buffer> =>
  hashRaw(secret, { algorithm: 2, memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: cost.lanes, outputLen: 32, salt })
export const vaultCost = (cost: Cost) => ({ memoryKiB: costs[cost].memoryCost, passes: costs[cost].timeCost, lanes: costs[cost].parallelism })
