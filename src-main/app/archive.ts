import { archiveFilters, type CommandInput } from '../contract/commands'
import { failure, invalid, success, type Result } from '../contract/result'
import { limits } from '../contract/limits'
import type { ArchiveFilters, ArchiveFound, ArchiveMonthCount, ArchivePage, ArchiveRow, LetterSummary, PersonFound, SavedSearch } from '../contract/views'
import { fullName } from '../rules/contact'
import { findWords, indexPart, parseSearch, searchTest, snippetOf, withApostrophe, type SearchQuery } from '../rules/search-query'
import { checkLine, collectProblems } from '../rules/problems'
import { oneLine } from '../rules/text'
import type { Mailbox } from '../storage/mailbox'
import type { ArchiveBox, ArchiveEntry, ArchivePerson } from '../storage/mailbox/archive'
import { shortestNumber, type ArchiveFilter, type ArchiveWords, type SearchWords } from '../storage/mailbox/archive-search'
import type { DeskSession } from './desk-session'
import { addressesOf } from './addresses'
import { summariseImported } from './imported'
import { summariseMessage } from './inbox'
import { summariseLetters } from './letters'

/** How long one answer may look for entries, in ms: the first comes within the frame in which a key was typed, and a save waits no longer than for a further one. */
const searchBudget = { first: 6, further: 12 }
const countedTo = 1_000

/** Rows for entries, in their order. @param shown what of a letter to show; null: its first words */
const rowsOf = (session: DeskSession, entries: readonly ArchiveEntry[], query: SearchQuery | null): readonly ArchiveRow[] => {
  const { mailbox } = session
  const seqsOf = (kind: ArchiveEntry['kind']): readonly number[] => entries.filter((entry) => entry.kind === kind).map(({ source }) => source)
  const letters = new Map(letterRows(session, seqsOf('letter')))
  const replies = new Map(mailbox.replies.several(seqsOf('reply')).map((reply) => [reply.seq, summariseMessage(reply)]))
  const imported = new Map(mailbox.imports.several(seqsOf('imported')).map((message) => [message.seq, summariseImported(message)]))
  return entries.flatMap(({ id, kind, source, flagged }): readonly ArchiveRow[] => {
    const place = query === null ? null : placeIn(mailbox.archiveSearch.words(id), query)
    const line = { entryId: id, flagged: flagged === 1, inNote: place?.inNote ?? false }
    const withPlace = <T extends { readonly excerpt: string }>(found: T | undefined): T | null => (found === undefined || place === null ? (found ?? null) : { ...found, excerpt: place.excerpt })
    if (kind === 'letter') {
      const letter = withPlace(letters.get(source))
      return letter === null ? [] : [{ ...line, kind, letter }]
    }
    if (kind === 'reply') {
      const message = withPlace(replies.get(source))
      return message === null ? [] : [{ ...line, kind, message }]
    }
    const message = withPlace(imported.get(source))
    return message === null ? [] : [{ ...line, kind, imported: message }]
  })
}

/** Where a letter answers the query: in its text, else in the private note beside it. */
const placeIn = (words: ArchiveWords | null, query: SearchQuery): { readonly excerpt: string; readonly inNote: boolean } => {
  if (words === null) return { excerpt: '', inNote: false }
  const inNote = words.note !== '' && findWords(words.body, query).length === 0 && findWords(words.note, query).length > 0
  return { excerpt: snippetOf(inNote ? words.note : words.body, query), inNote }
}

const letterRows = (session: DeskSession, seqs: readonly number[]): readonly (readonly [number, LetterSummary])[] => {
  const records = session.mailbox.letters.several(seqs)
  return summariseLetters(session, records).map((letter, index) => [records[index]?.seq ?? 0, letter])
}

const byName = new Intl.Collator('en', { sensitivity: 'base', numeric: true })
const inOrderOfNames = (people: readonly ArchivePerson[]): readonly ArchivePerson[] =>
  [...people].sort((a, b) => byName.compare(a.lastName, b.lastName) || byName.compare(a.firstName, b.firstName) || a.person - b.person)

/** One person after the other by name, each newest first. */
const entriesByPerson = (mailbox: Mailbox, box: ArchiveBox, offset: number, limit: number): readonly ArchiveEntry[] => {
  const found: ArchiveEntry[] = []
  let skip = offset
  for (const { person, entries } of inOrderOfNames(mailbox.archive.people(box))) {
    if (skip >= entries) {
      skip -= entries
      continue
    }
    found.push(...mailbox.archive.ofPerson(box, person, skip, Math.min(limit - found.length, entries - skip)))
    skip = 0
    if (found.length >= limit) break
  }
  return found
}

/** Rows from any place of a list; the last page costs what the first one does. */
export const archivePage = (session: DeskSession, { box, order, offset, limit }: CommandInput<'archive.page'>): ArchivePage => {
  const { mailbox } = session
  const entries = order === 'time' ? mailbox.archive.byTime(box, offset, limit) : entriesByPerson(mailbox, box, offset, limit)
  return { items: rowsOf(session, entries, null), total: mailbox.archive.total(box), offset }
}

export const archiveMonths = ({ mailbox }: DeskSession, { box }: CommandInput<'archive.months'>): readonly ArchiveMonthCount[] => mailbox.archive.months(box)

const secondOf = (ms: number): number => Math.floor(ms / 1000)
const stampsWanted = { any: null, free: { least: 0, most: 0 }, one: { least: 1, most: 1 }, more: { least: 2, most: 1_000_000 } } as const

/** Facilities of the wanted places that are also among the wanted facilities; null: any. */
const facilitiesWanted = (mailbox: Mailbox, filters: ArchiveFilters): readonly string[] | null => {
  if (filters.places.length === 0 && filters.facilityIds.length === 0) return null
  const inPlaces = mailbox.facilities.all().filter(({ state }) => filters.places.length === 0 || filters.places.includes(state))
  return inPlaces.map(({ id }) => id).filter((id) => filters.facilityIds.length === 0 || filters.facilityIds.includes(id))
}

const peopleWanted = (mailbox: Mailbox, filters: ArchiveFilters): readonly number[] | null => {
  const facilities = facilitiesWanted(mailbox, filters)
  const there = facilities === null ? null : new Set(facilities.flatMap((id) => mailbox.archive.peopleAt(id)))
  if (filters.contactIds.length === 0 && !filters.strangers) return there === null ? null : [...there]
  const addresses = filters.contactIds.flatMap((id) => addressesOf(mailbox, id))
  const chosen = [...addresses.flatMap(({ contactId }) => mailbox.archive.personOf(contactId) ?? []), ...(filters.strangers ? mailbox.archive.strangers() : [])]
  return there === null ? chosen : chosen.filter((person) => there.has(person))
}

/** What one wrote is in the one list, what others wrote in the other; who wrote it may be asked for in either. */
const boxesOf = (box: CommandInput<'archive.search'>['box'], writtenBy: ArchiveFilters['writtenBy']): readonly ArchiveBox[] => {
  if (writtenBy === 'me') return ['sent']
  if (writtenBy === 'them') return ['inbox']
  return box === 'both' || writtenBy === 'either' ? ['sent', 'inbox'] : [box]
}

const filterOf = (mailbox: Mailbox, box: CommandInput<'archive.search'>['box'], filters: ArchiveFilters): ArchiveFilter => ({
  boxes: boxesOf(box, filters.writtenBy).map((name) => (filters.putAway ? (`${name}Away` as const) : name)),
  people: peopleWanted(mailbox, filters),
  states: filters.states.length === 0 ? null : filters.states,
  unread: filters.unread,
  flagged: filters.flagged,
  stamps: stampsWanted[filters.stamps],
  photos: filters.photos,
  from: filters.from === null ? -limits.time : secondOf(filters.from),
  until: filters.until === null ? limits.time : secondOf(filters.until - 1) + 1
})

/** How a query is answered: by the index of words, or by reading the few entries that the filters leave. */
const planOf = (mailbox: Mailbox, query: SearchQuery, filter: ArchiveFilter): { readonly words: SearchWords | null; readonly read: boolean } => {
  if (query.length === 0) return { words: null, read: false }
  if (mailbox.archiveSearch.isNarrow(filter)) return { words: null, read: true }
  const { all, none, read } = indexPart(query)
  const nothingToAsk = all.length === 0 && none.length === 0
  return { words: nothingToAsk ? null : { all, none }, read: read || nothingToAsk }
}

/** People shown with a search; so few that they never push the letters out of sight. */
const mostPeople = 4
/** People read where the index of words alone cannot decide. */
const peopleRead = 400

/** The query as somebody's number, or its beginning; null where it is none. */
const numberIn = (query: SearchQuery): string | null => {
  const [term, ...more] = query
  const number = term === undefined || term.exclude || more.length > 0 ? '' : term.words.join('')
  return number.length >= shortestNumber && /^[a-z0-9]*\d[a-z0-9]*$/u.test(number) ? number : null
}

/** Contacts whose number, name or private note answers the query. */
const findPeople = ({ mailbox }: DeskSession, query: SearchQuery, contactIds: readonly string[]): readonly PersonFound[] => {
  if (query.length === 0) return []
  const { all, none, read } = indexPart(query)
  const nothingToAsk = all.length === 0 && none.length === 0
  const answers = searchTest(query)
  const number = numberIn(query)
  const numbered = number === null ? [] : mailbox.archiveSearch.peopleNumbered(number, mostPeople)
  const named = mailbox.archiveSearch
    .people(nothingToAsk ? null : { all, none }, peopleRead)
    .filter((person) => (!read && !nothingToAsk) || answers(`${fullName(person)}\n${person.note}`))
    .filter(({ contactId }) => !numbered.some((person) => person.contactId === contactId))
  return [...numbered, ...named]
    .filter(({ contactId }) => contactIds.length === 0 || contactIds.includes(contactId))
    .slice(0, mostPeople)
    .map(({ contactId, firstName, lastName, facilityId, note }) => ({
      contactId,
      firstName,
      name: fullName({ firstName, lastName }),
      facilityName: mailbox.facilities.get(facilityId)?.name ?? facilityId,
      noteExcerpt: findWords(note, query).length > 0 ? snippetOf(note, query) : null
    }))
}

/** People by the way a name is written that finds somebody: as it was typed, else with an apostrophe. */
const findPeopleAnyWay = (session: DeskSession, typed: SearchQuery, contactIds: readonly string[]): readonly PersonFound[] => {
  for (const way of [typed, ...withApostrophe(typed)]) {
    const found = findPeople(session, way, contactIds)
    if (found.length > 0) return found
  }
  return []
}

const nowhere = (filter: ArchiveFilter): boolean => filter.people?.length === 0

/**
 * Newest entries that answer a query, as many as were asked for or as can be found in a moment; `next` says where to go on. So nobody
 * waits for a question that was typed over, and a save never waits for a search.
 */
export const searchArchive = (session: DeskSession, input: CommandInput<'archive.search'>): ArchiveFound => {
  const { mailbox, clock } = session
  const typed = parseSearch(input.query)
  const filter = filterOf(mailbox, input.box, input.filters)
  const left = mailbox.archiveSearch.countDue()
  const indexing = left === 0 ? null : { left, total: mailbox.archive.total('sent') + mailbox.archive.total('inbox') }
  const people = input.after === null ? findPeopleAnyWay(session, typed, input.filters.contactIds) : []
  if (nowhere(filter)) return { people, items: [], next: null, count: { entries: 0, more: false }, indexing }
  // A moment begins with the first entry: how long finding that one takes is nothing a shorter moment would change.
  const moment = (ms: number): (() => boolean) => {
    let until: number | null = null
    return () => clock.now() > (until ??= clock.now() + ms)
  }
  const look = (query: SearchQuery, isOver: () => boolean, after: number | null, limit: number): Found => {
    const { words, read } = planOf(mailbox, query, filter)
    return read ? readThrough(mailbox, isOver, searchTest(query), { words, filter, after, limit }) : firstOf(mailbox, isOver, { words, filter, after, limit })
  }
  const budget = input.after === null ? searchBudget.first : searchBudget.further
  const asTyped = look(typed, moment(budget), input.after, input.limit)
  const query = isSomething(asTyped) ? typed : otherWay(typed, input.after, (way, isOver) => look(way, isOver, null, 1), moment)
  const { found, next, count } = query === typed ? asTyped : look(query, moment(budget), input.after, input.limit)
  // A receipt stands in no letter, but it is one letter's own: that stands first.
  const own = input.after === null ? mailbox.archiveSearch.withReceipt(input.query.trim().toUpperCase(), filter) : null
  const entries = own === null ? found : [own, ...found.filter(({ id }) => id !== own.id)]
  const counted = count === null ? null : { ...count, entries: count.entries + entries.length - found.length }
  return { people, items: rowsOf(session, entries, query.length === 0 ? null : query), next, count: input.after === null ? counted : null, indexing }
}

const isSomething = ({ found, next }: Found): boolean => found.length > 0 || next !== null

/** How to go on when nothing (more) answers what was typed: with an apostrophe in it, if that finds something at once, all ways together in one moment. */
const otherWay = (typed: SearchQuery, after: number | null, firstOne: (query: SearchQuery, isOver: () => boolean) => Found, moment: (ms: number) => () => boolean): SearchQuery => {
  // The end of what answers what was typed is no reason to look for something else.
  if (after !== null && isSomething(firstOne(typed, moment(searchBudget.first)))) return typed
  const isOver = moment(searchBudget.first)
  return withApostrophe(typed).find((way) => firstOne(way, isOver).found.length > 0) ?? typed
}

type Search = { readonly words: SearchWords | null; readonly filter: ArchiveFilter; readonly after: number | null; readonly limit: number }
type Found = { readonly found: readonly ArchiveEntry[]; readonly next: number | null; readonly count: ArchiveFound['count'] }

/** The first page and the count come from one walk: beginning it is what costs, not the rows. */
const firstOf = (mailbox: Mailbox, isOver: () => boolean, { words, filter, after, limit }: Search): Found => {
  const { found, next } = mailbox.archiveSearch.look({ words, filter, before: after ?? limits.time }, after === null ? countedTo + 1 : limit + 1, undefined, isOver)
  if (found.length <= limit) return { found, next, count: next === null ? { entries: found.length, more: false } : null }
  return {
    found: found.slice(0, limit),
    next: found[limit - 1]?.id ?? null,
    count: { entries: Math.min(found.length, countedTo), more: found.length > countedTo || next !== null }
  }
}

/** Reads what the index of words proposes, newest first, until there is enough or the moment is over. */
const readThrough = (mailbox: Mailbox, isOver: () => boolean, answers: (text: string) => boolean, { words, filter, after, limit }: Search): Found => {
  const holds = ({ id }: ArchiveEntry): boolean => {
    const text = mailbox.archiveSearch.words(id)
    return text !== null && answers(`${text.subject}\n${text.body}\n${text.name}\n${text.note}\n${text.number}`)
  }
  const { found, next } = mailbox.archiveSearch.look({ words, filter, before: after ?? limits.time }, limit, holds, isOver)
  return { found, next, count: next === null ? { entries: found.length, more: false } : null }
}

export const listSavedSearches = ({ mailbox }: DeskSession): readonly SavedSearch[] =>
  // One kept before a filter was there lacks it.
  mailbox.savedSearches.all().map(({ searchId, name, query, filters }) => ({ searchId, name, query, filters: archiveFilters.parse(JSON.parse(filters)) }))

const longestName = 60
const checkName = (name: string) => collectProblems({ name: checkLine(name, longestName) })

/** Keeps a search by name. Fails with INVALID {name}, TOO_MANY_SEARCHES {most}. */
export const saveSearch = (session: DeskSession, input: CommandInput<'archive.saveSearch'>): Result<readonly SavedSearch[]> => {
  const { mailbox, ids, clock } = session
  const problems = checkName(input.name)
  if (Object.keys(problems).length > 0) return invalid(problems)
  if (mailbox.savedSearches.all().length >= limits.savedSearches) return failure('TOO_MANY_SEARCHES', { params: { most: limits.savedSearches } })
  mailbox.transaction(() =>
    mailbox.savedSearches.insert({
      searchId: ids.next(),
      name: oneLine(input.name),
      query: input.query,
      filters: JSON.stringify(input.filters),
      madeAt: clock.now()
    })
  )
  session.announce('searches')
  return success(listSavedSearches(session))
}

export const renameSearch = (session: DeskSession, input: CommandInput<'archive.renameSearch'>): Result<readonly SavedSearch[]> => {
  const problems = checkName(input.name)
  if (Object.keys(problems).length > 0) return invalid(problems)
  if (!session.mailbox.transaction(() => session.mailbox.savedSearches.rename(input.searchId, oneLine(input.name)))) return failure('NOT_FOUND')
  session.announce('searches')
  return success(listSavedSearches(session))
}

export const deleteSearch = (session: DeskSession, input: CommandInput<'archive.deleteSearch'>): Result<readonly SavedSearch[]> => {
  if (!session.mailbox.transaction(() => session.mailbox.savedSearches.remove(input.searchId))) return failure('NOT_FOUND')
  session.announce('searches')
  return success(listSavedSearches(session))
}
