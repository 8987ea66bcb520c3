/** One volunteer who does everything at once and as fast as it goes, and says so only when the core has answered. */
import { createHash } from 'node:crypto'
import type { Photo } from '../../../src-main/contract/photos'
import { testCard, type TestDesk } from '../../support/core'
import { pngPhoto } from '../../support/photos'
import type { SeededNumbers } from '../support/seeded-numbers'
import { tell } from './facts'

export const shaOf = (text: { readonly subject: string; readonly body: string }): string =>
  createHash('sha256').update(JSON.stringify([text.subject, text.body])).digest('hex').slice(0, 32)

export const idsOf = (photos: readonly Photo[]): readonly string[] => photos.map(({ photoId }) => photoId)

const cards = ['4242 4242 4242 4242', '4242 4242 4242 4242', '4000 0000 0000 0119', '5105 1051 0510 5100', '4000 0000 0000 0002']
const most = { drafts: 5, stamps: 40 }

/** How often the volunteer does what. */
const weights = { write: 30, send: 22, sync: 20, buy: 7, cancel: 6, look: 6, weather: 5, discard: 3, later: 2, photo: 5 } as const
type Act = keyof typeof weights
const acts = Object.entries(weights).flatMap(([act, weight]) => Array.from({ length: weight }, () => act as Act))

export type Script = {
  readonly desk: TestDesk
  readonly random: SeededNumbers
  /** Part of every letter, so that no two letters of a profile are alike. */
  readonly life: string
}

type Open = { readonly draftId: string; readonly revision: number }

/** Lives until it is killed, or for so many acts. */
export const runScript = async ({ desk, random, life }: Script, mostActs = Infinity): Promise<void> => {
  const contacts = (await desk.must('contacts.list', {})).filter(({ standing }) => standing === 'ready')
  let drafts: Open[] = []
  for (const { draftId } of await desk.must('drafts.list', {})) {
    const opened = await desk.call('drafts.open', { draftId })
    if (opened.ok) drafts.push({ draftId, revision: opened.value.revision })
  }
  let letters = 0
  let offline = false

  const write = async (): Promise<void> => {
    const known = drafts.length > 0 && (drafts.length >= most.drafts || random.number() < 0.7) ? random.pick(drafts) : null
    const made = known === null ? await desk.call('drafts.create', { contactId: random.pick(contacts).contactId }) : null
    if (made !== null && !made.ok) return count(`drafts.create ${made.code}`)
    const draft = known ?? { draftId: made?.value.draftId ?? '', revision: 0 }
    letters += 1
    const long = random.number() < 0.04
    const patch = { subject: `${life}-${letters}`, body: `Letter ${letters} of life ${life}. ${random.letters(long ? 6_500 : random.below(900))}.`, prepaidReply: random.number() < 0.2 }
    tell({ t: 'saving', draftId: draft.draftId, revision: draft.revision + 1, sha: shaOf(patch) })
    const saved = await desk.call('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch, lossAnswered: true })
    if (!saved.ok) return count(`drafts.save ${saved.code}`)
    if (saved.value.outcome !== 'saved') throw new Error(`the draft was not saved: ${saved.value.outcome}`)
    tell({ t: 'saved', draftId: draft.draftId, revision: saved.value.draft.revision, sha: shaOf(saved.value.draft) })
    drafts = [...drafts.filter(({ draftId }) => draftId !== draft.draftId), { draftId: draft.draftId, revision: saved.value.draft.revision }]
  }

  const photo = async (): Promise<void> => {
    if (drafts.length === 0) return write()
    const { draftId } = random.pick(drafts)
    const shade = random.below(12)
    const added = await desk.call('photos.add', { draftId, name: `photo-${shade}.png`, data: pngPhoto(shade).toString('base64') })
    if (!added.ok) return count(`photos.add ${added.code}`)
    tell({ t: 'photos', draftId, photos: idsOf(added.value) })
  }

  const send = async (): Promise<void> => {
    if (drafts.length === 0) return write()
    const { draftId, revision } = random.pick(drafts)
    const quote = await desk.call('letters.quote', { draftId, revision })
    if (!quote.ok) return quote.code === 'NOT_ENOUGH_STAMPS' ? buy() : count(`letters.quote ${quote.code}`)
    const sent = await desk.call('letters.send', { ticket: quote.value.ticket })
    if (!sent.ok) return count(`letters.send ${sent.code}`)
    tell({ t: 'confirmed', letterId: sent.value.letterId, draftId, sha: shaOf(sent.value), photos: idsOf(sent.value.photos), stamps: sent.value.stamps })
    drafts = drafts.filter((draft) => draft.draftId !== draftId)
  }

  const buy = async (): Promise<void> => {
    const wallets = await desk.must('stamps.wallets', {})
    const contact = random.pick(contacts)
    if (wallets.reduce((sum, wallet) => sum + wallet.available, 0) > most.stamps && random.number() < 0.8) return
    const offer = await desk.must('stamps.offer', { contactId: contact.contactId })
    const quote = await desk.must('stamps.quote', { contactId: contact.contactId, packageId: random.pick(offer.packages).packageId })
    const bought = await desk.call('stamps.purchase', { ticket: quote.ticket, ...testCard, card: { ...testCard.card, number: random.pick(cards) } })
    if (!bought.ok) return count(`stamps.purchase ${bought.code}`)
    tell({ t: 'added', purchaseId: bought.value.purchaseId, receiptNumber: bought.value.receiptNumber ?? '', stamps: bought.value.stamps })
  }

  const cancel = async (): Promise<void> => {
    const waiting = await desk.must('letters.outbox', {})
    if (waiting.length === 0) return
    const { letterId, state } = random.pick(waiting)
    const taken = await desk.call('letters.cancel', { letterId })
    if (!taken.ok) return count(`letters.cancel ${taken.code}`)
    if (state === 'queued') tell({ t: 'cancelled', letterId })
    drafts.push({ draftId: taken.value.draftId, revision: taken.value.revision })
  }

  const look = async (): Promise<void> => {
    for (const { letterId } of (await desk.must('letters.sent', { pageSize: 20 })).items) tell({ t: 'sent', letterId })
    for (const { letterId, state } of await desk.must('letters.outbox', {})) if (state === 'refused') tell({ t: 'refused', letterId })
  }

  const weather = async (): Promise<void> => {
    offline = !offline && random.number() < 0.6
    await desk.must('practice.set', { offline })
    count(offline ? 'offline' : 'online')
  }

  const discard = async (): Promise<void> => {
    if (drafts.length < 3) return
    const { draftId } = random.pick(drafts)
    await desk.must('drafts.discard', { draftId })
    if (random.number() < 0.7) await desk.must('drafts.undoDiscard', { draftId })
    else drafts = drafts.filter((draft) => draft.draftId !== draftId)
  }

  const deeds: { readonly [A in Act]: () => Promise<void> } = {
    write,
    photo,
    send,
    sync: async () => {
      await desk.must('sync.now', {})
    },
    buy,
    cancel,
    look,
    weather,
    discard,
    later: async () => {
      await desk.must('practice.fastForward', { hours: random.pick([1, 5, 30, 300]) })
    }
  }

  let behind: Promise<unknown> = Promise.resolve()
  for (let act = 0; act < mostActs; act += 1) {
    await stay(desk)
    const chosen = random.pick(acts)
    // Sending and fetching go on behind the writing, as in the app.
    if (chosen === 'sync' && random.number() < 0.5) {
      behind = desk.call('sync.now', {})
    } else {
      await deeds[chosen]()
    }
    if (desk.bugs.length > 0) throw new Error(`a bug was logged: ${desk.bugs.join('; ')}`)
  }
  await behind
}

/** Sends everything that waits, with the line up and nothing going wrong. */
export const drain = async (desk: TestDesk): Promise<void> => {
  await desk.must('practice.set', { offline: false, faults: { dropRequest: 0, dropResponse: 0, error500: 0, error429: 0, duplicateResponse: 0, malformedResponse: 0 } })
  for (let round = 0; round < 60; round += 1) {
    await stay(desk)
    const { waiting } = await desk.must('sync.now', {})
    const receipts = await desk.must('stamps.receipts', {})
    if (waiting === 0 && receipts.items.every(({ state }) => state !== 'pending')) return
    await desk.time.advance(60_000)
  }
  throw new Error('the outbox did not empty within an hour of this time')
}

/** Somebody is there. On a busy machine quick time can have locked the screen meanwhile. */
const stay = async (desk: TestDesk): Promise<void> => {
  const stayed = await desk.call('desk.stay', {})
  if (!stayed.ok && stayed.code === 'LOCKED') await desk.must('desk.unlock', { passcode: '4827' })
}

const count = (what: string): void => tell({ t: 'count', what })
