/** A desk for one case of a program: a world on the template, its people, its judges, and the few acts that every case is made of. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Draft, Letter, Session } from '../../../src-main/contract/views'
import { networkFaults } from './network'
import { createOracle } from './oracle'
import { mailboxOf, signIn, type makeTemplate, type Person } from './people'
import type { Desk } from './desk'
import { drain, ready } from './steps'
import { createWorld, type World } from './world'

export type Template = Awaited<ReturnType<typeof makeTemplate>>

let benches = 0

export const openBench = (template: Template, root: string, seed: number, hold?: () => Promise<void>) => {
  const place = join(root, `bench-${benches++}`)
  const world: World = createWorld({ root: place, template: template.folder, seed, ...(hold === undefined ? {} : { hold }) })
  const oracles = template.people.map((person) => createOracle(person))
  oracles.forEach((oracle) => {
    oracle.told().buys = 1
  })
  const desk: Desk = { world, people: template.people, oracles, who: 0, copies: [] }
  const me = template.people[0] as Person
  const told = () => {
    const oracle = oracles[0]
    if (oracle === undefined) throw new Error('nobody at the desk')
    return oracle.told()
  }
  const mailbox = () => world.disk().connection(mailboxOf(me))
  const service = () => world.disk().connection('service.db')
  const count = (sql: string): number => {
    const open = mailbox()
    if (open === null) throw new Error('the mailbox is closed')
    return open.prepare(sql).pluck().get() as number
  }
  const must = async <T>(answer: Promise<{ readonly ok: boolean; readonly value?: T } | null>): Promise<T> => {
    const result = await answer
    if (result === null || !result.ok) throw new Error(`not expected: ${JSON.stringify(result)}`)
    return result.value as T
  }
  const judge = (): string | null => {
    const open = service()
    if (world.bugs.length > 0) return `a bug: ${world.bugs[0] ?? ''}`
    if (open === null) return null
    for (const [index, oracle] of oracles.entries()) {
      const person = template.people[index]
      const found = oracle.judge(person === undefined ? null : world.disk().connection(mailboxOf(person)), open)
      if (found !== null) return found
    }
    return null
  }
  return {
    world,
    desk,
    me,
    told,
    mailbox,
    service,
    count,
    must,
    judge,
    begin: async (): Promise<void> => {
      await world.start()
      await must(signIn(world, me))
      await world.advance(100)
    },
    ready: (): Promise<boolean> => ready(desk),
    /** Comes back. @returns the session; null where the password was refused */
    comeBack: async (secret?: string): Promise<Session | null> => {
      const answer = await signIn(world, me, secret)
      return answer !== null && answer.ok && answer.value.outcome === 'signedIn' ? answer.value.session : null
    },
    write: async (body: string): Promise<Draft> => {
      const draft = await must(world.call('drafts.create', { contactId: me.contactId }))
      const saved = await must(world.call('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { subject: 'A letter', body: `${me.mark} ${body}` } }))
      if (saved.outcome !== 'saved') throw new Error(saved.outcome)
      told().saved.set(draft.draftId, { revision: saved.draft.revision, body: saved.draft.body })
      return saved.draft
    },
    quote: async (draft: Draft): Promise<string> => (await must(world.call('letters.quote', { draftId: draft.draftId, revision: draft.revision }))).ticket,
    /** Confirms; null when the machine stopped or the answer was no. */
    send: async (ticket: string): Promise<Letter | null> => {
      told().sends += 1
      const sent = await world.call('letters.send', { ticket })
      if (sent === null || !sent.ok) return null
      told().confirmed.set(sent.value.letterId, { subject: sent.value.subject, body: sent.value.body, photos: sent.value.photos.map(({ photoId }) => photoId), stamps: sent.value.stamps })
      return sent.value
    },
    goodWeather: (): void => {
      world.sky.weather = { chance: 0, faults: networkFaults }
    },
    /** Everything in order again, everything gone, both books equal. @returns what is wrong, or null */
    drain: async (): Promise<string | null> => {
      const end = (): string | null => {
        const person = template.people[desk.who]
        const open = person === undefined ? null : world.disk().connection(mailboxOf(person))
        const there = service()
        return open === null || there === null ? 'no mailbox is open' : (judge() ?? desk.oracles[desk.who]?.judgeEnd(open, there) ?? null)
      }
      return (await drain({ ...desk, people: [me], who: 0 }, end)) ?? judge()
    },
    close: (): void => {
      world.stopNow('crash')
      world.destroy()
      rmSync(place, { recursive: true, force: true })
    }
  }
}

export type Bench = ReturnType<typeof openBench>
