/**
 * Bugs to plant (reliability.md §5), each with the program that has to find it. Where the schema or a check would turn a bug into
 * a loud failure, there is a second one with that guard taken away: both the guard and the judge have to be worth something.
 */
import type { Change } from '../support/planted'
import {
  addedAgain,
  cancelledFromSending,
  deliveries,
  keyAfterMail,
  ledgerWithoutUnique,
  letters,
  mailboxSchema,
  newKeysOnRestore,
  outbox,
  pruned,
  servicePurchase,
  serviceWithoutUnique,
  stamps,
  steps
} from './pieces'
import { photoBugs } from './photo-bugs'

export type Bug = {
  readonly name: string
  /** What goes wrong, in words. */
  readonly says: string
  readonly changes: readonly Change[]
  readonly foundBy: 'kill' | 'powercut' | 'points' | 'pragma' | 'sim'
  /** The flow of `points` it is looked for in. */
  readonly flow?: 'send' | 'buy' | 'restore'
  /** Only the judge's word counts: that something else broke on the way is no finding. */
  readonly byTheJudge?: true
  /** Found within a few kills: part of the short cut. */
  readonly quick?: true
}

export const bugs: readonly Bug[] = [
  {
    name: 'new-key-on-retry',
    says: 'a letter whose answer got lost goes again under a new key',
    foundBy: 'kill',
    quick: true,
    changes: [{ file: outbox, find: `key: delivery.key,`, replace: `key: delivery.attempts > 1 ? ids.next() : delivery.key,` }]
  },
  {
    name: 'answer-before-commit',
    says: 'the core answers, and the transaction is committed a moment later with others',
    foundBy: 'kill',
    quick: true,
    byTheJudge: true,
    changes: [
      // Whoever needs the file itself waits for the commit, so that nothing is lost without a crash.
      { file: 'src-main/storage/mailbox/index.ts', find: `      connection.close()\n`, replace: `      if (connection.inTransaction) connection.exec('COMMIT')\n      connection.close()\n` },
      { file: 'src-main/storage/backups/source.ts', find: `      const [folded]`, replace: `      if (connection.inTransaction) connection.exec('COMMIT')\n      const [folded]` },
      {
        file: 'src-main/storage/mailbox/index.ts',
        find: `const transaction = <T>(work: () => T): T => inTransaction(connection, work)`,
        replace: `const transaction = <T>(work: () => T): T => {
      if (connection.inTransaction) return work()
      connection.exec('BEGIN IMMEDIATE')
      const later = (): void => void (connection.open && connection.inTransaction && connection.exec('COMMIT'))
      globalThis.setTimeout(later, 25)
      void inTransaction
      return work()
    }`
      }
    ]
  },
  {
    name: 'reserve-in-second-transaction',
    says: 'the letter is queued in one transaction, its stamps are reserved in the next',
    foundBy: 'points',
    flow: 'send',
    changes: [
      {
        file: letters,
        find: `mailbox.ledger.append({ walletId: wallet.walletId, reason: 'reserve', reference: key, amount: read.stamps, at })`,
        replace: `queueMicrotask(() => mailbox.transaction(() => mailbox.ledger.append({ walletId: wallet.walletId, reason: 'reserve', reference: key, amount: read.stamps, at })))`
      }
    ]
  },
  {
    name: 'synchronous-normal',
    says: 'commits are not flushed (the default of the driver)',
    foundBy: 'powercut',
    changes: [
      { file: 'src-main/storage/open.ts', find: `synchronous: 2,`, replace: `synchronous: 1,` },
      { file: 'src-main/storage/open.ts', find: `'synchronous = FULL'`, replace: `'synchronous = NORMAL'` },
      { file: 'src-main/service/database/open.ts', find: `'synchronous = FULL'`, replace: `'synchronous = NORMAL'` }
    ]
  },
  {
    name: 'synchronous-normal-at-the-service',
    says: 'the service answers before its own commit is flushed',
    foundBy: 'powercut',
    changes: [{ file: 'src-main/service/database/open.ts', find: `'synchronous = FULL'`, replace: `'synchronous = NORMAL'` }]
  },
  {
    name: 'header-not-flushed',
    says: 'the small file beside the mailbox takes its name before its text is on the disk',
    foundBy: 'powercut',
    changes: [{ file: 'src-main/storage/durable-files.ts', find: `  files.flush(fresh)\n`, replace: '' }]
  },
  {
    name: 'rename-not-flushed',
    says: 'a new password is told before the new name of the small file is on the disk',
    foundBy: 'powercut',
    changes: [{ file: 'src-main/storage/durable-files.ts', find: `  files.rename(fresh, file)\n  flushFolderOf(files, file)`, replace: `  files.rename(fresh, file)` }]
  },
  {
    name: 'settings-name-not-flushed',
    says: 'a choice is called kept before the new name of the settings file is on the disk',
    foundBy: 'powercut',
    changes: [{ file: 'src-main/settings/patient-writer.ts', find: `    await flushFolderOf(files, file)\n  } catch`, replace: `    void flushFolderOf\n  } catch` }]
  },
  {
    name: 'service-trusts-schemas',
    says: 'one setting of one connection is left out',
    foundBy: 'pragma',
    quick: true,
    changes: [{ file: 'src-main/service/database/open.ts', find: `      'trusted_schema = OFF',\n`, replace: '' }]
  },
  {
    name: 'purchase-added-again',
    says: 'the statement adds a purchase that is in the book already',
    foundBy: 'kill',
    quick: true,
    changes: [addedAgain]
  },
  {
    name: 'settle-without-unique',
    says: 'the same, and nothing in the schema keeps a line from standing twice',
    foundBy: 'kill',
    changes: [addedAgain, ...ledgerWithoutUnique]
  },
  {
    name: 'key-after-the-mail',
    says: 'the service takes the letter in one transaction and keeps its key in the next',
    foundBy: 'points',
    flow: 'send',
    changes: [keyAfterMail]
  },
  {
    name: 'key-after-the-mail-unguarded',
    says: 'the same, and a letter may come twice under one key',
    foundBy: 'kill',
    changes: [keyAfterMail, ...serviceWithoutUnique]
  },
  { name: 'key-pruned', says: 'the service forgets a key after 24 hours', foundBy: 'kill', changes: [pruned] },
  { name: 'key-pruned-unguarded', says: 'the same, and a letter may come twice under one key', foundBy: 'kill', changes: [pruned, ...serviceWithoutUnique] },
  {
    name: 'void-on-timeout',
    says: 'a letter without an answer counts as refused, and its stamps come back',
    foundBy: 'kill',
    quick: true,
    changes: [{ file: outbox, find: `case 'unusable':\n          tryLater(departure)\n          return 'again'`, replace: `case 'unusable':\n          recordRefused(mailbox, departure, 'TIMEOUT', clock, ids)\n          return 'refused'` }]
  },
  {
    name: 'sent-without-receipt',
    says: 'an answer nobody can read counts as a yes',
    foundBy: 'kill',
    changes: [
      {
        file: outbox,
        find: `case 'unusable':\n          tryLater(departure)\n          return 'again'`,
        replace: `case 'unusable':\n          recordAccepted(mailbox, departure, { receiptNumber: ids.next(), stamps: delivery.stamps }, clock.now())\n          return 'sent'`
      }
    ]
  },
  { name: 'cancelled-from-sending', says: 'a letter that is on its way is taken back', foundBy: 'sim', quick: true, changes: [cancelledFromSending] },
  {
    name: 'cancelled-from-sending-unguarded',
    says: 'the same, and the schema lets it',
    foundBy: 'sim',
    changes: [cancelledFromSending, { file: mailboxSchema, find: `OR (OLD.state = 'QUEUED' AND NEW.state = 'CANCELLED' AND OLD.attempts = 0 AND NEW.attempts = 0)`, replace: `OR NEW.state = 'CANCELLED'` }]
  },
  {
    name: 'cancel-keeps-the-stamps',
    says: 'a letter is taken back and its stamps stay reserved',
    foundBy: 'sim',
    changes: [{ file: letters, find: `mailbox.ledger.append({ walletId: delivery.walletId, reason: 'cancel', reference: delivery.key, amount: delivery.stamps, at })`, replace: `void at` }]
  },
  {
    name: 'stamps-back-on-no-answer',
    says: 'the stamps of a letter without an answer are free again, while it still goes',
    foundBy: 'kill',
    changes: [
      {
        file: steps,
        find: `mailbox.transaction(() => mailbox.deliveries.tryAgainAt(departure.delivery.deliveryId, nextTryAt))`,
        replace: `mailbox.transaction(() => {
    const { delivery } = departure
    if (!mailbox.ledger.has('void', delivery.key)) mailbox.ledger.append({ walletId: delivery.walletId, reason: 'void', reference: delivery.key, amount: delivery.stamps, at: nextTryAt })
    mailbox.deliveries.tryAgainAt(delivery.deliveryId, nextTryAt)
  })`
      },
      ...ledgerWithoutUnique
    ]
  },
  {
    name: 'hash-without-text',
    says: 'the hash that both sides compare says nothing about the text',
    foundBy: 'kill',
    quick: true,
    changes: [{ file: 'src-main/wire/canonical.ts', find: `    payload.body.normalize('NFC'),\n`, replace: '' }]
  },
  {
    name: 'hash-without-extras',
    says: 'the hash says nothing about what goes with the text (a prepaid reply)',
    foundBy: 'sim',
    changes: [{ file: 'src-main/wire/canonical.ts', find: `    payload.prepaidReply,\n`, replace: '' }]
  },
  ...photoBugs,
  {
    name: 'price-at-sending',
    says: 'text and price are read again when the letter is sent; what was consented to is not compared',
    foundBy: 'sim',
    byTheJudge: true,
    changes: [
      { file: letters, find: `    if (draft.revision !== consent.revision) return failure('LETTER_CHANGED')\n`, replace: '' },
      {
        file: letters,
        find: `    if (read.stamps !== consent.stamps) return failure('PRICE_CHANGED')\n    if (read.payloadHash !== consent.payloadHash) return failure('LETTER_CHANGED')\n`,
        replace: ''
      }
    ]
  },
  {
    name: 'clock-orders-letters',
    says: 'the clock on the wall says which letter goes first',
    foundBy: 'sim',
    byTheJudge: true,
    changes: [{ file: deliveries, find: `WHERE d.state IN ('QUEUED', 'SENDING') ORDER BY l.seq`, replace: `WHERE d.state IN ('QUEUED', 'SENDING') ORDER BY l.confirmed_at` }]
  },
  { name: 'restore-makes-new-keys', says: 'letters that wait in a copy get new keys when it is put back', foundBy: 'sim', changes: newKeysOnRestore },
  {
    name: 'restore-makes-new-keys-unguarded',
    says: 'the same, and the schema lets a key change',
    foundBy: 'sim',
    changes: [
      ...newKeysOnRestore,
      {
        file: mailboxSchema,
        find: `CREATE TRIGGER delivery_fixed BEFORE UPDATE OF id, letter_id, key, payload_hash, wallet_id, unit, stamps ON delivery`,
        replace: `CREATE TRIGGER delivery_fixed BEFORE UPDATE OF id, letter_id, payload_hash, wallet_id, unit, stamps ON delivery`
      }
    ]
  },
  {
    name: 'restore-sends-what-was-taken-back',
    says: 'a letter that was taken back since the copy was made leaves after all',
    foundBy: 'points',
    flow: 'restore',
    changes: [{ file: 'src-main/app/restore.ts', find: `      for (const letterId of today.takenBack) takeBack(desk, letterId)\n`, replace: `      void takeBack\n` }]
  },
  {
    name: 'restore-forgets-what-may-have-left',
    says: 'what waits in a copy can be taken back, though it may have left since',
    foundBy: 'sim',
    byTheJudge: true,
    changes: [{ file: 'src-main/app/restore.ts', find: `      countAsTried(mailbox, clock.now())\n`, replace: `      void countAsTried\n` }]
  },
  {
    name: 'two-outbox-workers',
    says: 'whoever asks for the line starts another loop beside the first',
    foundBy: 'kill',
    changes: [{ file: 'src-main/sync/line.ts', find: `    if (running !== null) {\n      wantedAgain = true\n      return running\n    }\n`, replace: '' }]
  },
  {
    name: 'recovery-skips-sending',
    says: 'what was on its way when the app ended is never tried again',
    foundBy: 'kill',
    quick: true,
    changes: [{ file: deliveries, find: `WHERE d.state IN ('QUEUED', 'SENDING') ORDER BY l.seq`, replace: `WHERE d.state IN ('QUEUED', 'SENDING') AND d.state = 'QUEUED' ORDER BY l.seq` }]
  },
  {
    name: 'card-before-the-purchase',
    says: 'the card is charged before the purchase and its key are on disk',
    foundBy: 'points',
    flow: 'buy',
    changes: [
      { file: stamps, find: `  mailbox.transaction(() =>\n    mailbox.purchases.insert({`, replace: `  const begin = (): void => mailbox.transaction(() =>\n    mailbox.purchases.insert({` },
      { file: stamps, find: `  if (charge.outcome === 'charged') {`, replace: `  begin()\n  if (charge.outcome === 'charged') {` }
    ]
  },
  {
    name: 'charged-each-time',
    says: 'the service charges a card again when it is asked again',
    foundBy: 'kill',
    changes: [{ file: servicePurchase, find: `    if (use.state === 'answered') return use.outcome\n`, replace: '' }, ...serviceWithoutUnique]
  },
  {
    name: 'service-without-transaction',
    says: 'the service writes a letter, its debit and its answer one by one',
    foundBy: 'points',
    flow: 'send',
    changes: [{ file: 'src-main/service/context.ts', find: `await db.transaction().execute((transaction) =>`, replace: `await (async (run: (transaction: Tx['db']) => Promise<T>) => run(db as unknown as Tx['db']))((transaction) =>` }]
  }
]
