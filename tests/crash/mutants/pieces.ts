/** Where bugs are planted, and the changes that several of them share: mostly guards of the schemas taken away. */
import type { Change } from '../support/planted'

export const outbox = 'src-main/sync/outbox.ts'
export const letters = 'src-main/app/letters.ts'
export const steps = 'src-main/app/delivery-steps.ts'
export const stamps = 'src-main/app/stamps.ts'
export const mailboxSchema = 'src-main/storage/migrations/mailbox/001-begin.ts'
export const deliveries = 'src-main/storage/mailbox/deliveries.ts'
const serviceSchema = 'src-main/service/database/migrations.ts'
const submit = 'src-main/service/messaging/submit.ts'
const keys = 'src-main/service/keys.ts'
export const servicePurchase = 'src-main/service/stamps/purchase.ts'

export const serviceWithoutUnique: readonly Change[] = [
  { file: serviceSchema, find: `UNIQUE (account_id, key), FOREIGN KEY (facility_id, number)`, replace: `FOREIGN KEY (facility_id, number)` },
  { file: serviceSchema, find: `\n    UNIQUE (account_id, reason, reference)`, replace: `\n    CHECK (seq > 0)` },
  { file: serviceSchema, find: `PRIMARY KEY (account_id, key), CHECK ((outcome = 'void')`, replace: `CHECK ((outcome = 'void')` },
  { file: serviceSchema, find: `at INTEGER NOT NULL, UNIQUE (account_id, key)\n  ) STRICT\`,\n  ...appendOnly('purchase')`, replace: `at INTEGER NOT NULL\n  ) STRICT\`,\n  ...appendOnly('purchase')` }
]
export const ledgerWithoutUnique: readonly Change[] = [
  { file: mailboxSchema, find: `,\n        UNIQUE (reason, reference)`, replace: '' },
  { file: mailboxSchema, find: `CREATE UNIQUE INDEX ledger_settled_once`, replace: `CREATE INDEX ledger_settled_once` }
]
export const pruned: Change = { file: keys, find: `if (row === undefined) return { state: 'new' }`, replace: `if (row === undefined || row.at < tx.now - 86_400_000) return { state: 'new' }` }
export const cancelledFromSending: Change = { file: letters, find: `delivery.state === 'QUEUED' && delivery.attempts === 0`, replace: `(delivery.state === 'QUEUED' || delivery.state === 'SENDING')` }
export const addedAgain: Change = { file: 'src-main/app/statement.ts', find: `  if (mailbox.ledger.has(reason, line.reference)) return false\n`, replace: '' }
export const keyAfterMail: Change = {
  file: submit,
  find: `return keepAnswer(tx, call.account.id, input.key, 'letter', hash, await decide(tx, call, input, hash))\n  })`,
  replace: `const outcome = await decide(tx, call, input, hash)
    void Promise.resolve().then(() => transact(call, (later) => keepAnswer(later, call.account.id, input.key, 'letter', hash, outcome))).catch(() => undefined)
    return outcome
  })`
}

export const newKeysOnRestore: readonly Change[] = [
  {
    file: deliveries,
    find: `    /** Those whose answer is not known. */\n`,
    replace: `    renew: (deliveryId: string): void => void connection.prepare('UPDATE delivery SET key = lower(hex(randomblob(16))) WHERE id = ?').run(deliveryId),\n`
  },
  { file: steps, find: `if (delivery?.state !== 'QUEUED') continue\n`, replace: `if (delivery?.state !== 'QUEUED') continue\n      mailbox.deliveries.renew(delivery.deliveryId)\n` }
]
