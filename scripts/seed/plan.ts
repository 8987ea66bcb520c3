/** Who writes when: the same seed and number give the same correspondence, in the order of time. */
import type { LetterState } from '../../src-main/contract/views'
import { createDice } from './random'

export type SeedPerson = { readonly contactId: string; readonly facilityId: string; readonly facilityName: string; readonly number: string; readonly firstName: string; readonly lastName: string; readonly spanish: boolean; readonly answersHere: boolean }

export type SeedEvent =
  | { readonly kind: 'letter'; readonly index: number; readonly person: number; readonly at: number; readonly ends: LetterState; readonly answeredAt: number | null; readonly psalm: boolean }
  | { readonly kind: 'reply'; readonly index: number; readonly person: number; readonly at: number; 
      /** When the letter it answers was confirmed; null: before the archive begins. */
      readonly letterAt: number | null }

const dayMs = 86_400_000
/** Of a hundred letters. */
const shareAnswered = 42
/** A letter older than this has come to its end. */
const settledAfter = 12 * dayMs

/** How many years so many letters take: a busy desk writes some thousand a year. */
export const yearsFor = (letters: number): number => Math.min(12, Math.max(2, Math.round(letters / 2_500)))

const endOf = (chance: number, age: number): LetterState => {
  if (age < 2 * dayMs) return chance < 0.5 ? 'submitted' : 'screening'
  if (age < settledAfter) return chance < 0.2 ? 'held' : 'approved'
  if (chance < 0.025) return 'rejected'
  return chance < 0.04 ? 'undeliverable' : 'delivered'
}

/**
 * @param entries letters and answers together; @param people the first one is Daniel
 * @param now the last moment anything may have happened, ms UTC
 * @returns everything that happened, by time
 */
export const planCorrespondence = (seed: string, entries: number, people: readonly Pick<SeedPerson, 'answersHere'>[], now: number): readonly SeedEvent[] => {
  const dice = createDice(`plan ${seed}`)
  const span = yearsFor(entries) * 365 * dayMs
  const events: SeedEvent[] = []
  // One in three entries is an answer; letters fill up whatever answers leave.
  const letters = Math.ceil(entries / (1 + (shareAnswered / 100) * 0.75))
  const psalmAt = Math.floor(letters * 0.4)
  for (let index = 0; index < letters; index += 1) {
    // Afternoons: letters of one day lie within four hours, days are spread evenly.
    const day = Math.floor((now - span + (span * index) / letters) / dayMs)
    const within = ((index * 997) % 240) * 60_000 + dice.upTo(60_000)
    const at = Math.min(now - 3_600_000, day * dayMs + 14 * 3_600_000 + within)
    const person = index === psalmAt ? 0 : Math.min(people.length - 1, Math.floor(dice.number() ** 1.6 * people.length))
    const answeredAt = at + (4 + dice.upTo(20)) * dayMs + dice.upTo(dayMs)
    const isAnswered = dice.number() * 100 < shareAnswered && answeredAt < now && people[person]?.answersHere === true
    events.push({ kind: 'letter', index, person, at, ends: isAnswered ? 'replied' : endOf(dice.number(), now - at), answeredAt: isAnswered ? answeredAt : null, psalm: index === psalmAt })
    if (isAnswered) events.push({ kind: 'reply', index, person, at: answeredAt, letterAt: at })
  }
  const kept = events.sort((a, b) => a.at - b.at || a.index - b.index).slice(-entries)
  const there = new Set(kept.filter(({ kind }) => kind === 'letter').map(({ index }) => index))
  // An answer to a letter from before the archive begins.
  return kept.map((event) => (event.kind === 'reply' && !there.has(event.index) ? { ...event, letterAt: null } : event))
}
