/** Statements are prepared late: a mistake in one must still be found here, and not by the first person who needs it. */
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { tablesOf } from '../../../src-main/storage/mailbox'
import { inTransaction } from '../../../src-main/storage/open'
import { lateStatements } from '../../../src-main/storage/statements'
import { openRawMailbox } from '../../support/mailbox-rows'

/** A source that counts what it was asked to prepare. */
const counted = (database: Database.Database) => {
  const texts: string[] = []
  return {
    texts,
    prepare: (sql: string) => {
      texts.push(sql)
      return database.prepare(sql)
    }
  }
}

describe('late statements', () => {
  it('are prepared at the first use, once', () => {
    const source = counted(new Database(':memory:'))
    const { prepare } = lateStatements(source)
    const sum = prepare('SELECT ? + 1 AS sum')
    const bare = prepare('SELECT ? + 1').pluck()
    expect(source.texts).toEqual([])
    expect([sum.get(1), sum.all(2), [...sum.iterate(3)]]).toEqual([{ sum: 2 }, [{ sum: 3 }], [{ sum: 4 }]])
    expect([bare.get(4), bare.get(5)]).toEqual([5, 6])
    expect(source.texts).toEqual(['SELECT ? + 1 AS sum', 'SELECT ? + 1'])
  })

  it('that are wrong say so when they are used', () => {
    const wrong = lateStatements(new Database(':memory:')).prepare('SELECT word FROM nowhere')
    expect(() => wrong.get()).toThrow('no such table: nowhere')
  })

  it('of a mailbox all fit its schema', () => {
    const mailbox = openRawMailbox()
    const source = counted(mailbox)
    tablesOf(source, mailbox, (work) => inTransaction(mailbox, work))
    expect(source.texts.length).toBeGreaterThan(200)
    mailbox.close()
  })
})
