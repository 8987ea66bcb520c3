import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foldWords } from '../../../src-main/rules/search-query'
import { archiveVocabulary, writtenOtherwise } from '../../../src-main/storage/mailbox/archive-vocabulary'
import { migrate } from '../../../src-main/storage/migrate'
import { mailboxMigrations } from '../../../src-main/storage/migrations/mailbox'
import { openConnection, type Connection } from '../../../src-main/storage/open'

let connection: Connection
beforeEach(() => {
  connection = openConnection(':memory:')
  migrate(connection, mailboxMigrations, 1, () => undefined)
})
afterEach(() => connection.close())

const write = (id: number, words: string): void => void connection.prepare('INSERT INTO archive_text (rowid, words) VALUES (?, ?)').run(id, words)

describe('the words of letters', () => {
  it('are named by their beginning, each once, however often they stand there', () => {
    for (let id = 1; id <= 50; id += 1) write(id, 'thank thanks thankful thanking than that THANKS')
    expect(archiveVocabulary(connection).beginningWith('thank')).toEqual(['thank', 'thankful', 'thanking', 'thanks'])
  })

  it('are those of now, without letters that went', () => {
    write(1, 'psalms')
    const vocabulary = archiveVocabulary(connection)
    expect(vocabulary.beginningWith('psal')).toEqual(['psalms'])
    write(2, 'psalter')
    expect(vocabulary.beginningWith('psal')).toEqual(['psalms', 'psalter'])
  })

  it('are left to the index where none, too many or all of a short beginning would be named', () => {
    write(1, Array.from({ length: 201 }, (_, at) => `lantern${at}`).join(' '))
    const vocabulary = archiveVocabulary(connection)
    expect(vocabulary.beginningWith('lantern')).toBeNull()
    expect(vocabulary.beginningWith('lantern20')).toEqual(['lantern20', 'lantern200'])
    expect(vocabulary.beginningWith('xylo')).toBeNull()
    expect(vocabulary.beginningWith('lan')).toBeNull()
  })

  it('have letters that the index keeps apart and a search does not', () => {
    writtenOtherwise.forEach(([, written], at) => write(at + 1, written))
    for (const [folded, written] of writtenOtherwise) {
      expect(foldWords(written), written).toBe(folded)
      expect(archiveVocabulary(connection).spellings(folded), written).toContain(written)
    }
  })

  it('are written in more than one way, of which only those are asked for that stand there', () => {
    write(1, 'Wojtyła Wojtyla Strauß ofﬁce Мой ещё')
    const vocabulary = archiveVocabulary(connection)
    expect(vocabulary.spellings('wojtyla')).toEqual(['wojtyla', 'wojtyła'])
    expect(vocabulary.spellings('strauss')).toEqual(['strauss', 'strauß'])
    expect(vocabulary.spellings('office')).toEqual(['office', 'ofﬁce'])
    expect(vocabulary.spellings('еще')).toEqual(['еще', 'ещё'])
    expect(vocabulary.spellings('lollipop')).toEqual(['lollipop'])
    write(2, Array.from({ length: 64 }, (_, n) => [...'oooooo'].map((letter, at) => ((n >> at) % 2 === 0 ? letter : 'ø')).join('')).join(' '))
    expect(vocabulary.spellings('oooooo')).toHaveLength(16)
  })

  it('end with the last word there is', () => {
    write(1, 'zebra zzzz')
    expect(archiveVocabulary(connection).beginningWith('zzzz')).toEqual(['zzzz'])
  })
})
