import type { CommandInput } from '../contract/commands'
import type { Figures, FiguresView } from '../contract/figures'
import type { JobView } from '../contract/jobs'
import { failure, success, type Result } from '../contract/result'
import { figuresCsv } from '../exchange/figures-csv'
import { fullName } from '../rules/contact'
import { medianDays } from '../rules/figures'
import type { FigureRow } from '../storage/mailbox/figures'
import type { DeskSession } from './desk-session'
import { saveToFile, type OutsideContext } from './export'
import type { Visit } from './visit'

type Days = { readonly days: number; readonly letters: number }
type Group = { letters: number; stamps: number; credits: number; answered: number; delivered: number; replies: number; days: Days[] }

const empty = (): Group => ({ letters: 0, stamps: 0, credits: 0, answered: 0, delivered: 0, replies: 0, days: [] })
const toFigures = ({ days, ...sums }: Group): Figures => ({ ...sums, medianDays: medianDays(days) })

/** A heap of named groups that are made when something falls into them. */
const grouped = <K extends string | number>() => {
  const groups = new Map<K, Group>()
  return {
    groups,
    at: (key: K): Group => {
      const found = groups.get(key) ?? empty()
      groups.set(key, found)
      return found
    }
  }
}

const add = (group: Group, row: FigureRow, unit: 'stamp' | 'credit'): void => {
  group.letters += row.letters
  group.answered += row.answered
  group.delivered += row.delivered
  group.replies += row.replies
  if (unit === 'credit') group.credits += row.stamps
  else group.stamps += row.stamps
}

/** The figures of one's own letters between two months, both included: by month, by facility, by person. */
export const showFigures = ({ mailbox }: DeskSession, input: CommandInput<'figures.show'>): Result<FiguresView> => {
  if (input.from > input.to) return failure('BAD_REQUEST')
  const facilities = new Map(mailbox.facilities.all().map((facility) => [facility.id, facility]))
  const total = empty()
  const months = grouped<number>()
  const places = grouped<string>()
  const people = grouped<string>()
  const known = new Map<string, string>()
  const contactOf = new Map<string, string>()
  const names = new Map<string, string>()
  /** Who has this number there: a person, at whatever address, or only a number. */
  const personOf = (facilityId: string, number: string): string => {
    const address = `${facilityId}/${number}`
    const before = known.get(address)
    if (before !== undefined) return before
    const contact = mailbox.contacts.byNumber(facilityId, number)
    const personId = contact === null ? address : (mailbox.people.personOf(contact.contactId) ?? contact.contactId)
    known.set(address, personId)
    names.set(personId, contact === null ? number : fullName(contact))
    if (contact !== null) contactOf.set(personId, contact.contactId)
    return personId
  }

  for (let month = Math.max(input.from, mailbox.figures.firstMonth() ?? input.to); month <= input.to; month += 1) months.at(month)
  for (const row of mailbox.figures.rows(input.from, input.to)) {
    const unit = facilities.get(row.facilityId)?.unitWord ?? 'stamp'
    for (const group of [total, months.at(row.month), places.at(row.facilityId), people.at(personOf(row.facilityId, row.number))]) add(group, row, unit)
  }
  for (const row of mailbox.figures.days(input.from, input.to)) {
    for (const group of [total, months.at(row.month), places.at(row.facilityId), people.at(personOf(row.facilityId, row.number))]) group.days.push(row)
  }
  const most = (a: Figures & { readonly name: string }, b: Figures & { readonly name: string }): number => b.letters - a.letters || b.replies - a.replies || a.name.localeCompare(b.name)
  return success({
    ...input,
    firstMonth: mailbox.figures.firstMonth(),
    total: toFigures(total),
    months: [...months.groups].map(([month, group]) => ({ month, ...toFigures(group) })).sort((a, b) => a.month - b.month),
    facilities: [...places.groups].map(([facilityId, group]) => ({ facilityId, name: facilities.get(facilityId)?.name ?? facilityId, ...toFigures(group) })).sort(most),
    people: [...people.groups]
      .map(([personId, group]) => ({ personId, contactId: contactOf.get(personId) ?? null, name: names.get(personId) ?? personId, ...toFigures(group) }))
      .sort(most)
  })
}

/** Saves one of the tables for a spreadsheet, whole or not at all. Fails as `exports.start` does. */
export const saveFigures = (context: OutsideContext, visit: Visit, session: DeskSession, input: CommandInput<'figures.save'>): Result<JobView> => {
  const view = showFigures(session, { from: input.from, to: input.to })
  if (!view.ok) return view
  return saveToFile(context, visit, session, { placeId: input.placeId, kind: 'export' }, async (file) => {
    await file.write(Buffer.from(figuresCsv(view.value, input.table), 'utf8'))
    return success(null)
  })
}
