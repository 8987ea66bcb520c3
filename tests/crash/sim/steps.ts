/** What can happen at the desk, one step at a time. A step draws from a chance of its own, so that leaving others out (shrinking) changes nothing in it. */
import type { Draft } from '../../../src-main/contract/views'
import { seededNumbers, type SeededNumbers } from '../support/seeded-numbers'
import { code, type Desk } from './desk'
import type { Step } from './draw-steps'
import { networkFaults } from './network'
import { buyStamps, mailboxOf, signIn } from './people'
import { addPhoto, anyShade, photo } from './photo-steps'

const hour = 3_600_000
const day = 24 * hour

/** Sees to it that the right person sits at an open desk. @returns whether so */
export const ready = async (desk: Desk): Promise<boolean> => {
  const { world, people, oracles, who } = desk
  const person = people[who]
  if (person === undefined) return false
  for (let tries = 0; tries < 3; tries += 1) {
    if (!world.isAlive() && !(await world.start())) continue
    const state = await world.call('app.state', {})
    if (state === null) continue
    const session = state.ok ? state.value.session : null
    if (session === null || session.accountId !== person.accountId) {
      const answer = await signIn(world, person)
      if (answer === null) continue
      if (!answer.ok) return false
    } else if (session.locked) {
      const answer = await world.call('desk.unlock', { passcode: '4827' })
      if (answer === null) continue
      if (!answer.ok) return false
    }
    const mailbox = world.disk().connection(mailboxOf(person))
    if (mailbox !== null) oracles[who]?.settleReturn(mailbox)
    return true
  }
  return false
}

const type = async (desk: Desk, random: SeededNumbers): Promise<string> => {
  const { world, who, people } = desk
  const person = people[who]
  if (person === undefined) return 'nobody'
  const drafts = await world.call('drafts.list', {})
  if (drafts === null || !drafts.ok) return code(drafts)
  const open = drafts.value
  const anew = open.length === 0 || (open.length < 4 && random.below(3) === 0)
  const opened = anew ? await world.call('drafts.create', { contactId: person.contactId }) : await world.call('drafts.open', { draftId: random.pick(open).draftId })
  if (opened === null || !opened.ok) return code(opened)
  const draft = opened.value
  const body = `${person.mark} ${random.letters(4 + random.below(30))} ${random.below(40) === 0 ? random.letters(6_000) : random.letters(8)}`
  const subject = `On ${random.letters(5)}`
  const stale = random.below(12) === 0 && draft.revision > 0
  return saveText(desk, stale ? { ...draft, subject, revision: draft.revision - 1 } : { ...draft, subject }, body)
}

/** Saves a text over a revision; one that is called saved is a promise. */
const saveText = async ({ world, oracles, who }: Desk, { draftId, revision, subject }: Pick<Draft, 'draftId' | 'revision' | 'subject'>, body: string): Promise<string> => {
  const saved = await world.call('drafts.save', { draftId, baseRevision: revision, patch: { subject, body } })
  if (saved === null || !saved.ok) return code(saved)
  if (saved.value.outcome === 'saved') oracles[who]?.told().saved.set(draftId, { revision: saved.value.draft.revision, body })
  return saved.value.outcome
}

const confirm = async (desk: Desk, random: SeededNumbers): Promise<string> => {
  const { world, oracles, who } = desk
  const told = oracles[who]?.told()
  if (told === undefined) return 'nobody'
  const drafts = await world.call('drafts.list', {})
  if (drafts === null || !drafts.ok) return code(drafts)
  const written = drafts.value.filter((draft) => draft.excerpt !== '')
  if (written.length === 0) return 'nothing written'
  const chosen = random.pick(written)
  const draft = await world.call('drafts.open', { draftId: chosen.draftId })
  if (draft === null || !draft.ok) return code(draft)
  const quote = await world.call('letters.quote', { draftId: chosen.draftId, revision: draft.value.revision })
  if (quote === null || !quote.ok) return `quote ${code(quote)}`
  if (random.below(30) === 0) await world.advance(6 * 60_000)
  // Another window writes on meanwhile: what was shown is not what would go, nor for that price.
  if (random.below(12) === 0) await saveText(desk, draft.value, `${draft.value.body} ${random.letters(3_000)}`)
  if (random.below(12) === 0) await addPhoto(desk, chosen.draftId, anyShade(random))
  told.sends += 1
  const sent = await world.call('letters.send', { ticket: quote.value.ticket })
  if (sent === null || !sent.ok) return code(sent)
  told.confirmed.set(sent.value.letterId, { subject: draft.value.subject, body: draft.value.body, photos: draft.value.photos.map(({ photoId }) => photoId), stamps: quote.value.stamps })
  if (random.below(4) === 0) {
    const again = await world.call('letters.send', { ticket: quote.value.ticket })
    if (again !== null && again.ok) throw new Error('one ticket sent two letters')
  }
  return `ok ${sent.value.state}`
}

const cancel = async ({ world, oracles, who }: Desk, random: SeededNumbers): Promise<string> => {
  const told = oracles[who]?.told()
  const waiting = await world.call('letters.outbox', {})
  if (told === undefined || waiting === null || !waiting.ok) return code(waiting)
  if (waiting.value.length === 0) return 'nothing waits'
  const letter = random.pick(waiting.value)
  const answer = await world.call('letters.cancel', { letterId: letter.letterId })
  if (answer === null || !answer.ok) return code(answer)
  if (letter.state !== 'refused') told.takenBack.add(letter.letterId)
  return 'ok'
}

/** The person looks at what was sent: from now on its receipt is a promise. */
const look = async ({ world, oracles, who }: Desk): Promise<void> => {
  const sent = await world.call('letters.sent', { page: 0, pageSize: 3 })
  if (sent === null || !sent.ok) return
  for (const { letterId } of sent.value.items) {
    const letter = await world.call('letters.open', { letterId })
    if (letter !== null && letter.ok && letter.value.receiptNumber !== null) oracles[who]?.told().receipts.set(letterId, letter.value.receiptNumber)
  }
}

const buy = async ({ world, oracles, who, people }: Desk): Promise<string> => {
  const told = oracles[who]?.told()
  const person = people[who]
  if (told === undefined || person === undefined) return 'nobody'
  told.buys += 1
  const bought = await buyStamps(world, person.contactId, 20)
  if (bought !== null && bought.ok && 'receiptNumber' in bought.value && bought.value.receiptNumber !== null) told.added.add(bought.value.receiptNumber)
  return code(bought)
}

const weather = ({ world }: Desk, random: SeededNumbers): string => {
  const good = random.below(4) === 0
  world.sky.weather = {
    chance: good ? 0 : random.pick([0.1, 0.3, 0.6, 1]),
    faults: random.below(3) === 0 ? [random.pick(networkFaults)] : networkFaults
  }
  return good ? 'good' : 'bad'
}

/** The machine stops in the middle of what comes next, or just now. */
const stopSoon = ({ world }: Desk, kind: 'crash' | 'cut', random: SeededNumbers): string => {
  if (random.below(3) === 0) {
    world.stopNow(kind)
    return 'now'
  }
  world.arm({ kind, left: 1 + random.below(12) })
  return 'soon'
}

const snapshot = async ({ world, oracles, who, copies }: Desk): Promise<string> => {
  const memory = oracles[who]?.remember()
  const made = await world.call('backups.make', {})
  if (made === null || !made.ok) return code(made)
  const view = await world.call('restore.view', {})
  if (view === null || !view.ok) return code(view)
  const newest = view.value.copies[0]
  if (!made.value.made || memory === undefined || newest === undefined) return `not made: ${made.value.trouble ?? ''}`
  copies.push({ who, copyId: newest.copyId, memory })
  return 'ok'
}

/** A letter confirmed with a crash behind it is in the mailbox now, and may be gone from it in a moment: the judge has to have seen it. */
const lookBeforeGoingBack = ({ world, people, oracles, who }: Desk): void => {
  const person = people[who]
  const mailbox = person === undefined ? null : world.disk().connection(mailboxOf(person))
  const service = world.disk().connection('service.db')
  const found = mailbox === null || service === null ? null : (oracles[who]?.judge(mailbox, service) ?? null)
  if (found !== null) throw new Error(found)
}

/** Back to a copy, now and then with the machine stopping in the middle: then it is the one mailbox or the other. */
const restore = async (desk: Desk, random: SeededNumbers): Promise<string> => {
  const { world, oracles, who } = desk
  const view = await world.call('restore.view', {})
  if (view === null || !view.ok) return code(view)
  // Of a day only the newest is kept.
  const mine = desk.copies.filter((copy) => copy.who === who && view.value.copies.some(({ copyId }) => copyId === copy.copyId))
  if (mine.length === 0) return `no copy, now one: ${await snapshot(desk)}`
  const copy = random.pick(mine)
  lookBeforeGoingBack(desk)
  oracles[who]?.mayGoBackTo(copy.memory)
  if (random.below(3) === 0) world.arm({ kind: random.pick(['crash', 'cut']), left: 1 + random.below(30) })
  const answer = await world.call('restore.from', { copyId: copy.copyId })
  // Whatever came of it is settled before anything else happens.
  return (await ready(desk)) ? code(answer) : `${code(answer)}, not in`
}

const jumps = [1_000, 60_000, hour, day, 30 * day]

const clockJump = ({ world }: Desk, random: SeededNumbers): string => {
  const ms = random.below(25) === 0 ? 3_650 * day : random.pick(jumps)
  world.time.jump(random.below(2) === 0 ? ms : -ms)
  return 'ok'
}

/** Does one step. @returns in a word what became of it, for the trace */
export const doStep = async (desk: Desk, step: Step): Promise<string> => {
  const random = seededNumbers(step.seed)
  const { world } = desk
  switch (step.kind) {
    case 'tick':
      await world.advance(random.below(12) === 0 ? random.pick([200_000, 900_000]) : random.pick([1_000, 3_000, 10_000, 31_000]))
      return 'ok'
    case 'switch user':
      if (await ready(desk)) await world.call('accounts.signOut', {})
      desk.who = (desk.who + 1) % desk.people.length
      return (await ready(desk)) ? 'ok' : 'not in'
    case 'clock jump':
      return clockJump(desk, random)
    case 'weather':
      return weather(desk, random)
    case 'disk full': {
      const on = world.isAlive() && !world.disk().isFull()
      if (world.isAlive()) world.disk().setFull(on)
      return on ? 'full' : 'room again'
    }
    case 'crash':
      return stopSoon(desk, 'crash', random)
    case 'power cut':
      return stopSoon(desk, 'cut', random)
  }
  if (!(await ready(desk))) return 'not in'
  switch (step.kind) {
    case 'snapshot':
      return snapshot(desk)
    case 'restore':
      return restore(desk, random)
    case 'type':
      return type(desk, random)
    case 'photo':
      return photo(desk, random)
    case 'confirm':
      return confirm(desk, random)
    case 'cancel':
      return cancel(desk, random)
    case 'lock':
      return code(await world.call('desk.lock', {}))
    case 'buy':
      return buy(desk)
    case 'reply arrives':
      await world.call('practice.fastForward', { hours: random.pick([1, 24, 72]) })
      await look(desk)
      return 'ok'
  }
}

/** Faults off, everybody comes in once, an hour passes: nothing may be left over (I18). */
export const drain = async (desk: Desk, judgeEnd: () => string | null): Promise<string | null> => {
  const { world } = desk
  world.arm(null)
  world.sky.weather = { chance: 0, faults: networkFaults }
  if (!world.isAlive()) await world.start()
  world.disk().setFull(false)
  for (let who = 0; who < desk.people.length; who += 1) {
    desk.who = who
    if (!(await ready(desk))) return 'I18: nobody gets in with everything in order'
    for (let minute = 0; minute < 60; minute += 1) {
      if (judgeEnd() === null && minute > 0) break
      await world.call('desk.stay', {})
      await world.advance(60_000)
    }
    const left = judgeEnd()
    if (left !== null) return left
    await world.call('accounts.signOut', {})
  }
  return null
}
