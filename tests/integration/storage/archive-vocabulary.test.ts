import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foldWords, indexPart, parseSearch } from '../../../src-main/rules/search-query'
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

  it('are asked for as the index has them, whatever letter they are of', () => {
    const ranges = [[0x21, 0x2ff], [0x370, 0x52f], [0x5d0, 0x64a], [0x900, 0x97f], [0x1e00, 0x1fff], [0x3041, 0x30ff], [0xac00, 0xac40], [0xf900, 0xf910], [0xfb00, 0xfb06]] as const
    const letters = ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)))
    connection.transaction(() => letters.forEach((letter, at) => write(at + 1, letter)))()
    connection.exec(`CREATE VIRTUAL TABLE temp.all_words USING fts5vocab('main', 'archive_text', 'instance')`)
    const terms = new Map(connection.prepare('SELECT doc, term FROM all_words').raw().all() as [number, string][])
    const vocabulary = archiveVocabulary(connection)
    const apart: string[] = []
    let asked = 0
    letters.forEach((letter, at) => {
      const [one] = indexPart(parseSearch(`${letter} `)).all
      if (one === undefined) return
      asked += 1
      if (!vocabulary.spellings(one.word).includes(terms.get(at + 1) ?? '')) apart.push(`${letter} ${letter.codePointAt(0)?.toString(16)} ${one.word} ${terms.get(at + 1)}`)
    })
    // Four letters of dictionaries are not found: every a and o of a word would cost a look more.
    expect(apart.map(([letter]) => letter).join('')).toBe('ǠǡǢǣǼǽǾǿ')
    expect(asked).toBeGreaterThan(700)
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
