/** Writes a planned correspondence into a mailbox through the functions the app itself uses, some thousand entries to a transaction. */
import { createHash } from 'node:crypto'
import type { LetterState } from '../../src-main/contract/views'
import { letterCost } from '../../src-main/rules/letter-cost'
import { walletIdOf, stateName } from '../../src-main/rules/wallet'
import type { Mailbox } from '../../src-main/storage/mailbox'
import { photoIdOf } from '../../src-main/storage/mailbox/photos'
import { canonicalLetter } from '../../src-main/wire/canonical'
import { drawPicture } from './picture'
import type { SeedEvent, SeedPerson } from './plan'
import { createDice, type Dice } from './random'
import { thePsalmForDaniel, writeAnswer, writeLetter, type Words } from './words'

const batch = 5_000
const hourMs = 3_600_000
/** The states a letter passes on its way to its end. */
const ways: { readonly [S in LetterState]?: readonly LetterState[] } = {
  submitted: [],
  screening: ['screening'],
  held: ['screening', 'held'],
  approved: ['screening', 'approved'],
  delivered: ['screening', 'approved', 'delivered'],
  replied: ['screening', 'approved', 'delivered'],
  rejected: ['screening', 'held', 'rejected'],
  undeliverable: ['screening', 'undeliverable']
}
const rejections = ['coded', 'third_party_contact', 'lyrics', 'other'] as const

/** Of the letters to a facility that takes photos, one in so many has one. */
const photoOf = 40
const photoNames = ['the hills behind the chapel', 'evening', 'from my window', 'where we walked', 'the garden'] as const

/** The photo of a letter, or null: by a chance of its own, so that what is written stays what it was. */
const photoFor = (seed: string, index: number, taken: number) => {
  const dice = createDice(`${seed} photo ${index}`)
  return taken > 0 && dice.upTo(photoOf) === 0 ? { name: dice.pick(photoNames), ...drawPicture(dice) } : null
}

/** A mailbox, and how much is written into it: in one transaction. */
export type Into = { readonly mailbox: Mailbox; readonly fill: (write: () => void) => void }

export type Filling = {
  readonly seed: string
  readonly people: readonly SeedPerson[]
  readonly words: Words
  /** Answers of the last days are unread; ms UTC. */
  readonly now: number
}

/** An id as the app makes them (UUID v7: its time first, so that newer rows stand together), the same for the same letter. */
const idOf = (kind: string, seed: string, index: number, at: number): string => {
  const time = at.toString(16).padStart(12, '0')
  const hex = createHash('sha256').update(`${kind} ${seed} ${index}`).digest('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-a${hex.slice(3, 6)}-${hex.slice(6, 18)}`
}

const isThere = (mailbox: Mailbox, seed: string, event: SeedEvent): boolean =>
  event.kind === 'letter' ? mailbox.letters.get(idOf('letter', seed, event.index, event.at)) !== null : mailbox.replies.get(idOf('reply', seed, event.index, event.at)) !== null

/** How many of the events an earlier run wrote: they are written in their order, so this is where to go on. */
export const writtenBefore = (mailbox: Mailbox, seed: string, events: readonly SeedEvent[]): number => {
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const event = events[middle]
    if (event !== undefined && isThere(mailbox, seed, event)) low = middle + 1
    else high = middle
  }
  return low
}

/** Stamps that waiting letters will need are bought when they run out, a hundred at a time. */
const buyWhenShort = (mailbox: Mailbox, dice: Dice, facilityId: string, need: number, at: number): void => {
  const facility = mailbox.facilities.get(facilityId)
  if (facility === null || need === 0) return
  const walletId = walletIdOf(facility)
  if (mailbox.ledger.balance(walletId).available >= need) return
  const pack = facility.packages.at(-1)
  if (pack === undefined) throw new Error(`${facilityId} sells no stamps`)
  const id = dice.hex(24)
  mailbox.purchases.insert({
    purchaseId: id, key: `seed-${id}`, walletId, walletName: facility.walletScope === 'state' ? stateName(facility.state) : facility.name, facilityId, packageId: pack.id,
    packageLabel: pack.label, stamps: pack.stamps, cents: pack.cents, cardBrand: 'Visa', cardLast4: '4242', madeAt: at
  })
  mailbox.purchases.settle(`seed-${id}`, 'added', `R-SEED-${id.toUpperCase()}`, at)
  mailbox.ledger.append({ walletId, reason: 'purchase', reference: `seed-${id}`, amount: pack.stamps, at })
}

const writeOne = (mailbox: Mailbox, { seed, people, words, now }: Filling, event: SeedEvent, place: number): void => {
  const person = people[event.person]
  if (person === undefined) throw new Error('a letter to nobody')
  const dice = createDice(`${seed} ${event.kind} ${event.index}`)
  if (event.kind === 'reply') {
    const letterId = event.letterAt === null ? null : idOf('letter', seed, event.index, event.letterAt)
    const messageId = idOf('reply', seed, event.index, event.at)
    mailbox.replies.insert({
      messageId, serviceSeq: -1 - place, letterId, contactId: person.contactId, senderName: `${person.firstName} ${person.lastName}`,
      facilityId: person.facilityId, number: person.number, ...writeAnswer(dice, words, person.firstName, person.spanish), receivedAt: event.at
    })
    if (letterId !== null) mailbox.letters.moveTo(letterId, 'replied', event.at, null)
    if (now - event.at > 9 * 24 * hourMs || dice.number() < 0.6) mailbox.replies.markRead(messageId, event.at + hourMs)
    return
  }
  const { at } = event
  const letterId = idOf('letter', seed, event.index, at)
  const facility = mailbox.facilities.get(person.facilityId)
  if (facility === null) throw new Error(`no rules for ${person.facilityId}`)
  const text = event.psalm ? thePsalmForDaniel : writeLetter(dice, words, person.firstName, person.spanish)
  const photo = photoFor(seed, event.index, facility.media.photos)
  const photos = photo === null ? [] : [photoIdOf(photo.bytes)]
  const payload = { facilityId: facility.id, number: person.number, ...text, prepaidReply: false, photos }
  const { stamps } = letterCost(facility, { body: text.body, prepaidReply: false, photos: photos.length, video: false })
  const payloadHash = createHash('sha256').update(canonicalLetter(payload, stamps)).digest('hex')
  const draftId = idOf('draft', seed, event.index, at)
  const delivery = { deliveryId: idOf('delivery', seed, event.index, at), key: idOf('key', seed, event.index, at) }
  const walletId = walletIdOf(facility)
  buyWhenShort(mailbox, dice, facility.id, stamps, at - hourMs)
  mailbox.drafts.create(draftId, { contactId: person.contactId, ...text, prepaidReply: false }, null, at - hourMs / 2)
  if (photo !== null) mailbox.photos.addToDraft(draftId, photo.name, photo)
  mailbox.letters.insert(
    { letterId, draftId, contactId: person.contactId, contactName: `${person.firstName} ${person.lastName}`, facilityId: facility.id, facilityName: facility.name, number: person.number, ...text, prepaidReply: false, confirmedAt: at },
    { payloadHash, stamps }
  )
  mailbox.photos.freeze(letterId, draftId)
  mailbox.deliveries.insert({ ...delivery, letterId, payloadHash, walletId, unit: facility.unitWord, stamps, at })
  mailbox.ledger.append({ walletId, reason: 'reserve', reference: delivery.key, amount: stamps, at })
  mailbox.letters.moveTo(letterId, 'queued', at, null)
  mailbox.drafts.close(draftId, 'sent', at)
  mailbox.activity.append({
    entryId: idOf('activity', seed, event.index, at),
    at,
    kind: 'letters',
    event: 'letterConfirmed',
    details: { name: `${person.firstName} ${person.lastName}`, stamps }
  })
  mailbox.deliveries.markSending(delivery.deliveryId)
  mailbox.letters.moveTo(letterId, 'sending', at + 1_000, null)
  mailbox.deliveries.markSent(delivery.deliveryId, `R-SEED-${event.index}`)
  mailbox.ledger.append({ walletId, reason: 'post', reference: delivery.key, amount: stamps, at: at + 2_000 })
  mailbox.letters.moveTo(letterId, 'submitted', at + 2_000, null)
  const way = ways[event.ends] ?? []
  way.forEach((state, step) => mailbox.letters.moveTo(letterId, state, Math.min(now, at + (step + 1) * 5 * hourMs), state === 'rejected' ? dice.pick(rejections) : state === 'undeliverable' ? 'released' : null))
}

/**
 * Goes on where an earlier run ended; each transaction is whole or not there.
 * @param told after every transaction: how many entries are written; answers whether to go on
 */
export const fillMailbox = async ({ mailbox, fill }: Into, filling: Filling, events: readonly SeedEvent[], told: (written: number) => boolean): Promise<number> => {
  let written = writtenBefore(mailbox, filling.seed, events)
  while (written < events.length && told(written)) {
    const end = Math.min(events.length, written + batch)
    fill(() => {
      for (let place = written; place < end; place += 1) {
        const event = events[place]
        if (event !== undefined) writeOne(mailbox, filling, event, place)
      }
    })
    written = end
    // Ctrl+C is heard between transactions.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return written
}
