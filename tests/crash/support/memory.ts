/** What is known of a profile for ever: what the core has answered, and what earlier judgements have seen in the files. */
import type { Fact } from '../volunteer/facts'

export type SeenLetter = { readonly key: string; readonly hash: string; readonly sha: string; readonly state: string; readonly attempts: number }

export type Memory = {
  readonly learn: (facts: readonly Fact[]) => void
  readonly copy: () => Memory
  readonly passwords: () => readonly string[]
  /** The last revision that was said to be saved, by draft. */
  readonly saved: Map<string, { readonly revision: number; readonly sha: string }>
  /** Everything that was ever handed over to be saved: `draft revision sha`. */
  readonly attempted: Set<string>
  /** By draft: photos that were said to be in it. */
  readonly photos: Map<string, readonly string[]>
  readonly confirmed: Map<string, { readonly sha: string; readonly photos: readonly string[]; readonly stamps: number }>
  /** A letter's last state that somebody saw. */
  readonly settled: Map<string, 'cancelled' | 'sent' | 'refused'>
  readonly added: Map<string, { readonly receiptNumber: string; readonly stamps: number }>
  readonly letters: Map<string, SeenLetter>
  /** Ledger lines, by their number, of both sides. */
  readonly ledgerLines: Map<string, string>
  /** Of the settings file: the last choice that was begun, and the last that was said to be kept. */
  readonly choices: { begun: number | null; kept: number | null }
  readonly counts: Map<string, number>
  readonly bugs: string[]
}

const copyOf = <K, V>(map: ReadonlyMap<K, V>): Map<K, V> => new Map(map)

export const createMemory = (firstPassword: string, from: Memory | null = null): Memory => {
  let inForce = from?.passwords() ?? [firstPassword]
  const memory: Memory = {
    saved: copyOf(from?.saved ?? new Map()),
    attempted: new Set(from?.attempted),
    photos: copyOf(from?.photos ?? new Map()),
    confirmed: copyOf(from?.confirmed ?? new Map()),
    settled: copyOf(from?.settled ?? new Map()),
    added: copyOf(from?.added ?? new Map()),
    letters: copyOf(from?.letters ?? new Map()),
    ledgerLines: copyOf(from?.ledgerLines ?? new Map()),
    choices: { ...(from?.choices ?? { begun: null, kept: null }) },
    counts: copyOf(from?.counts ?? new Map()),
    bugs: [...(from?.bugs ?? [])],
    passwords: () => inForce,
    copy: () => createMemory(firstPassword, memory),
    learn: (facts) => {
      for (const fact of facts) {
        if (fact.t === 'changingPassword') inForce = [...inForce, fact.password]
        else if (fact.t === 'changedPassword') inForce = [fact.password]
        else note(memory, fact)
      }
    }
  }
  return memory
}

const note = (memory: Memory, fact: Fact): void => {
  switch (fact.t) {
    case 'saving':
    case 'saved':
      memory.attempted.add(`${fact.draftId} ${fact.revision} ${fact.sha}`)
      if (fact.t === 'saved') memory.saved.set(fact.draftId, fact)
      return
    case 'photos':
      memory.photos.set(fact.draftId, fact.photos)
      return
    case 'confirmed':
      memory.confirmed.set(fact.letterId, fact)
      return
    case 'cancelled':
    case 'sent':
    case 'refused':
      memory.settled.set(fact.letterId, fact.t)
      return
    case 'added':
      memory.added.set(fact.purchaseId, fact)
      return
    case 'choosing':
      memory.choices.begun = fact.width
      return
    case 'chosen':
      memory.choices.kept = fact.width
      return
    case 'count':
      memory.counts.set(fact.what, (memory.counts.get(fact.what) ?? 0) + 1)
      return
    case 'bug':
      memory.bugs.push(fact.text)
  }
}
