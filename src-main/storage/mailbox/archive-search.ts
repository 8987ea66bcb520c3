import type { Statement, StatementSource } from '../statements'
import type { ArchiveBox, ArchiveEntry } from './archive'
import { archiveVocabulary } from './archive-vocabulary'
import { stays } from './imports'

/** What an entry must be, apart from its words. Ids of the archive are seconds, so a range of time is a range of ids. */
export type ArchiveFilter = {
  readonly boxes: readonly (ArchiveBox | `${ArchiveBox}Away`)[]
  /** Any of these people; null: anybody. */
  readonly people: readonly number[] | null
  readonly states: readonly string[] | null
  readonly unread: boolean
  readonly flagged: boolean
  readonly stamps: { readonly least: number; readonly most: number } | null
  readonly photos: boolean
  readonly from: number
  readonly until: number
}

/** Folded; `open`: it may go on. */
type Word = { readonly word: string; readonly open: boolean }
export type SearchWords = { readonly all: readonly Word[]; readonly none: readonly string[] }
/** A contact as the search reads it: name and private note. */
export type PersonWords = { readonly contactId: string; readonly firstName: string; readonly lastName: string; readonly facilityId: string; readonly note: string }
export type ArchiveWords = { readonly id: number; readonly subject: string; readonly body: string; readonly name: string; readonly note: string; /** The person's, at the facility. */ readonly number: string }

/** Walking up to so many entries of a rare state is quicker than asking the index of words about each. */
const fewEntries = 2_000
/** Entries walked between two looks at the clock; finding the place to go on from costs as much, so fewer would get nowhere on a busy PC. */
const lookAtClock = 32
/** From so many signs on, digits are looked for as somebody's number, too. */
export const shortestNumber = 3
/** A number that could be that of more people is still too short to look for. */
const mostNumbers = 50
const tagSign = '\ue000'

type Walked = ArchiveEntry & { readonly fits: 0 | 1 }

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`
const anyOf = (words: readonly string[]): string => `(${words.map(quoted).join(' OR ')})`

/** A question in the index's own language. Every word is quoted, so nothing a person typed is ever syntax. */
const matchOf = (words: SearchWords, people: readonly number[] | null, vocabulary: ReturnType<typeof archiveVocabulary>, withNumber: (word: Word) => readonly number[] = () => []): string => {
  const wanted = words.all.map(({ word, open }) => {
    const ways = vocabulary.spellings(word).map((spelling) => {
      const known = open ? vocabulary.beginningWith(spelling) : null
      return known === null ? `${quoted(spelling)}${open ? '*' : ''}` : anyOf(known)
    })
    return `(${[...ways, ...withNumber({ word, open }).map((person) => quoted(`${tagSign}p${person}`))].join(' OR ')})`
  })
  if (people !== null) wanted.push(anyOf(people.map((person) => `${tagSign}p${person}`)))
  if (wanted.length === 0) wanted.push(quoted(`${tagSign}all`))
  const all = wanted.join(' AND ')
  return words.none.length === 0 ? all : `(${all}) NOT ${anyOf(words.none.flatMap(vocabulary.spellings))}`
}

/** Finds entries newest first and stops as soon as there are enough. */
export const archiveSearch = (connection: StatementSource) => {
  const vocabulary = archiveVocabulary(connection)
  const peopleVocabulary = archiveVocabulary(connection, 'person_text')
  const prepared = new Map<string, Statement>()
  const prepare = (text: string): Statement => {
    const known = prepared.get(text)
    if (known !== undefined) return known
    const made = connection.prepare(text)
    prepared.set(text, made)
    return made
  }
  const texts = connection.prepare(`SELECT w.id, w.subject, w.body, w.name, w.note, p.number FROM archive_words w JOIN archive a ON a.id = w.id JOIN archive_person p ON p.id = a.person WHERE w.id = ?`)
  const personColumns = `c.id AS contactId, c.first_name AS firstName, c.last_name AS lastName, c.facility_id AS facilityId, coalesce(n.text, '') AS note`
  const peopleNumbered = connection.prepare(`SELECT ${personColumns} FROM contact c LEFT JOIN note n ON n.kind = 'contact' AND n.item_id = c.id
    WHERE replace(replace(c.number, '-', ''), ' ', '') LIKE ? ORDER BY c.removed_at IS NOT NULL, c.last_name, c.first_name, c.number LIMIT ?`)
  const people = connection.prepare(`SELECT ${personColumns}
    FROM person_text t JOIN person_entry e ON e.id = t.rowid JOIN contact c ON c.id = e.contact_id LEFT JOIN note n ON n.kind = 'contact' AND n.item_id = c.id
    WHERE person_text MATCH ? ORDER BY c.removed_at IS NOT NULL, c.last_name, c.first_name, c.number LIMIT ?`)
  const numbers = connection.prepare(`SELECT id, number FROM archive_person WHERE facility_id <> '' AND number LIKE '%' || ? || '%' LIMIT ${mostNumbers + 1}`)
  /** People whose number this is, or begins so; nobody while it could be too many. */
  const withNumber = ({ word, open }: Word): readonly number[] => {
    if (word.length < shortestNumber || !/\d/u.test(word)) return []
    // A word is letters and digits alone, so none of it is a sign of the expression's own.
    const isIt = new RegExp(`(?<![\\p{L}\\p{N}])${word}${open ? '' : '(?![\\p{L}\\p{N}])'}`, 'iu')
    const people = numbers.all(word) as { readonly id: number; readonly number: string }[]
    return people.length > mostNumbers ? [] : people.filter(({ number }) => isIt.test(number)).map(({ id }) => id)
  }
  const due = connection.prepare('SELECT count(*) FROM archive_due').pluck()
  const rare = connection.prepare('SELECT count(*) FROM (SELECT 1 FROM archive WHERE state <> \'\' AND state IN (SELECT value FROM json_each(?)) LIMIT ?)').pluck()
  const fewAway = connection.prepare('SELECT count(*) FROM (SELECT 1 FROM archive WHERE box IN (SELECT value FROM json_each(?)) LIMIT ?)').pluck()
  const fewFlagged = connection.prepare('SELECT count(*) FROM (SELECT 1 FROM archive WHERE flagged = 1 LIMIT ?)').pluck()
  const fewWithPhotos = connection.prepare('SELECT count(*) FROM (SELECT 1 FROM archive WHERE photos = 1 LIMIT ?)').pluck()
  const fewUnread = connection.prepare('SELECT count(*) FROM (SELECT 1 FROM archive WHERE unread = 1 LIMIT ?)').pluck()

  const conditions = (filter: ArchiveFilter): readonly string[] => [
    stays('a'),
    ...(filter.boxes.length === 1 ? ['a.box = @box'] : ['a.box IN (SELECT value FROM json_each(@boxes))']),
    ...(filter.states === null ? [] : [`a.state <> '' AND a.state IN (SELECT value FROM json_each(@states))`]),
    ...(filter.unread ? ['a.unread = 1'] : []),
    ...(filter.flagged ? ['a.flagged = 1'] : []),
    ...(filter.photos ? ['a.photos = 1'] : []),
    ...(filter.stamps === null ? [] : [`a.state <> '' AND a.stamps BETWEEN @least AND @most`])
  ]
  const bind = (filter: ArchiveFilter) => ({
    box: filter.boxes[0] ?? '',
    boxes: JSON.stringify(filter.boxes),
    states: JSON.stringify(filter.states ?? []),
    state: filter.states?.[0] ?? '',
    people: JSON.stringify(filter.people ?? []),
    person: filter.people?.[0] ?? 0,
    least: filter.stamps?.least ?? 0,
    most: filter.stamps?.most ?? 0,
    from: filter.from
  })
  const fits = (filter: ArchiveFilter, more: readonly string[] = []): string => `SELECT a.id, a.kind, a.source, a.flagged, ${[...conditions(filter), ...more].join(' AND ')} AS fits`
  const peopleWanted = (filter: ArchiveFilter): readonly string[] => (filter.people === null ? [] : ['a.person IN (SELECT value FROM json_each(@people))'])
  // The index begins at a rowid only when it is given as a whole number, and every number comes from JavaScript as a float.
  const byWords = (filter: ArchiveFilter): string =>
    `${fits(filter)} FROM archive_text t CROSS JOIN archive a ON a.id = t.rowid
    WHERE archive_text MATCH @match AND t.rowid >= CAST(@from AS INTEGER) AND t.rowid < CAST(@before AS INTEGER) ORDER BY t.rowid DESC`
  /** The index in whose order the fewest entries are walked. */
  const alongOf = (filter: ArchiveFilter): string => {
    if (filter.unread) return 'INDEXED BY archive_unread WHERE a.unread = 1 AND'
    if (filter.flagged) return 'INDEXED BY archive_flagged WHERE a.flagged = 1 AND'
    if (filter.photos) return 'INDEXED BY archive_with_photos WHERE a.photos = 1 AND'
    if (filter.states?.length === 1) return `INDEXED BY archive_by_state WHERE a.state <> '' AND a.state = @state AND`
    if (filter.boxes.length > 1) return 'WHERE'
    return filter.people?.length === 1 ? 'INDEXED BY archive_by_person WHERE a.person = @person AND a.box = @box AND' : 'INDEXED BY archive_by_box WHERE a.box = @box AND'
  }
  const byRow = (filter: ArchiveFilter): string => {
    const along = alongOf(filter)
    return `${fits(filter, peopleWanted(filter))} FROM archive a ${along} a.id >= @from AND a.id < @before ORDER BY a.id DESC`
  }
  const byReceipt = (filter: ArchiveFilter): string =>
    `${fits(filter, peopleWanted(filter))} FROM delivery d JOIN letter l ON l.id = d.letter_id CROSS JOIN archive a ON a.kind = 'letter' AND a.source = l.seq
    WHERE d.receipt = @receipt AND a.id >= @from AND a.id < @before`
  const walk = (words: SearchWords | null, filter: ArchiveFilter, before: number): IterableIterator<Walked> => {
    const given = { ...bind(filter), before: Math.min(before, filter.until) }
    const rows = words === null ? prepare(byRow(filter)).iterate(given) : prepare(byWords(filter)).iterate({ ...given, match: matchOf(words, filter.people, vocabulary, withNumber) })
    return rows as IterableIterator<Walked>
  }
  return {
    /**
     * Whether these filters alone leave so few entries that reading each of them is the quickest way to look for words.
     */
    isNarrow: (filter: ArchiveFilter): boolean =>
      (filter.boxes.every((box) => box.endsWith('Away')) && (fewAway.get(JSON.stringify(filter.boxes), fewEntries + 1) as number) <= fewEntries) ||
      (filter.flagged && (fewFlagged.get(fewEntries + 1) as number) <= fewEntries) ||
      (filter.photos && (fewWithPhotos.get(fewEntries + 1) as number) <= fewEntries) ||
      (filter.unread && (fewUnread.get(fewEntries + 1) as number) <= fewEntries) ||
      (filter.states !== null && (rare.get(JSON.stringify(filter.states), fewEntries + 1) as number) <= fewEntries),
    /**
     * Walks what the index proposes, newest first, until so many are found, nothing is left or the moment is over.
     * @param question `words` null: the filters alone decide; `before`: only entries with a smaller id
     * @param answers decides about each of them; may read, but must not write
     * @returns `next`: nothing above it is still to be looked at; null: nothing at all
     */
    look: (
      { words, filter, before }: { readonly words: SearchWords | null; readonly filter: ArchiveFilter; readonly before: number },
      limit: number,
      answers: (entry: ArchiveEntry) => boolean = () => true,
      isOver: () => boolean = () => false
    ): { readonly found: readonly ArchiveEntry[]; readonly next: number | null } => {
      const found: ArchiveEntry[] = []
      let walked = 0
      for (const { fits: isOne, ...entry } of walk(words, filter, before)) {
        if (isOne === 1 && answers(entry)) found.push(entry)
        walked += 1
        if (found.length === limit || (walked % lookAtClock === 0 && isOver())) return { found, next: entry.id }
      }
      return { found, next: null }
    },
    /** The letter a receipt is of, where it is one that the filter leaves. */
    withReceipt: (receipt: string, filter: ArchiveFilter): ArchiveEntry | null => {
      const found = prepare(byReceipt(filter)).get({ ...bind(filter), before: filter.until, receipt }) as Walked | undefined
      if (found?.fits !== 1) return null
      const { fits: _isOne, ...entry } = found
      return entry
    },
    words: (id: number): ArchiveWords | null => (texts.get(id) as ArchiveWords | undefined) ?? null,
    /** Contacts whose name or private note has these words; null: everybody. Those on the list first, by name. */
    people: (words: SearchWords | null, limit: number): readonly PersonWords[] => people.all(matchOf(words ?? { all: [], none: [] }, null, peopleVocabulary), limit) as PersonWords[],
    /** Contacts whose number begins so, letters and digits alone. Those on the list first, by name. */
    peopleNumbered: (number: string, limit: number): readonly PersonWords[] => peopleNumbered.all(`${number}%`, limit) as PersonWords[],
    /** Entries that cannot be found by their words yet. */
    countDue: (): number => due.get() as number
  }
}
