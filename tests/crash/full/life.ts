/** A volunteer whose disk is full for a while: every act is tried until it works, and only what was answered with success is told. */
import type { CommandCall, CommandOutput, CoreCommandName } from '../../../src-main/contract/commands'
import { storageCode } from '../../../src-main/storage/open'
import { openTestDesk, testCard, type TestDesk } from '../../support/core'
import { pngPhoto } from '../../support/photos'
import { tell } from '../volunteer/facts'
import { idsOf, shaOf } from '../volunteer/script'
import { email, firstPassword } from '../volunteer/template'

/** What a disk that takes nothing may be answered with; everything else is a bug. */
const expected = ['DISK_FULL', 'DISK_FAULT', 'READ_ONLY', 'SERVICE_TROUBLE', 'OFFLINE', 'PURCHASE_UNSETTLED', 'SIGNED_OUT', 'ACCOUNT_LOCKED']
const mostTries = 200

const count = (what: string): void => tell({ t: 'count', what })

/** Starts, however often it takes: a start on a full disk is for reading, or is refused, and changes nothing. */
const begin = async (profileDir: string, life: string): Promise<TestDesk> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    try {
      const desk = await openTestDesk({ seed: 7 }, { profileDir, dice: `${life} ${tries}` })
      const { saving } = await desk.must('surroundings.state', {})
      if (saving === 'ok') return desk
      count(`start ${saving}`)
      await desk.end().catch(() => undefined)
    } catch (error) {
      const code = storageCode(error)
      if (code === null || !expected.includes(code)) throw error
      count(`start ${code}`)
    }
  }
  throw new Error('no start came through')
}

export const liveOnAFullDisk = async (profileDir: string, life: string, letters: number): Promise<void> => {
  const desk = await begin(profileDir, life)
  tell({ t: 'mark', name: 'open' })
  const doing = async <N extends CoreCommandName>(name: N, input: CommandCall<N>): Promise<CommandOutput<N> | null> => {
    const answer = await desk.call(name, input)
    if (answer.ok) return answer.value
    if (!expected.includes(answer.code)) throw new Error(`${name}: ${JSON.stringify(answer)}`)
    count(`${name} ${answer.code}`)
    await desk.time.advance(500)
    return null
  }
  const until = async <T>(work: () => Promise<T | null>): Promise<T> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const done = await work()
      if (done !== null) return done
    }
    throw new Error(`still refused after ${mostTries} tries`)
  }
  const signIn = (): Promise<unknown> => until(async () => (await doing('accounts.signIn', { email, password: firstPassword })) ?? (await desk.time.advance(20 * 60_000), null))
  await signIn()
  const contact = (await desk.must('contacts.list', {})).find(({ standing }) => standing === 'ready')
  if (contact === undefined) throw new Error('there is nobody to write to')
  const buy = async (): Promise<void> => {
    const bought = await until(async () => {
      const offer = await doing('stamps.offer', { contactId: contact.contactId })
      const pack = offer?.packages.at(-1)
      const quote = pack === undefined ? null : await doing('stamps.quote', { contactId: contact.contactId, packageId: pack.packageId })
      return quote === null ? null : doing('stamps.purchase', { ticket: quote.ticket, ...testCard })
    })
    tell({ t: 'added', purchaseId: bought.purchaseId, receiptNumber: bought.receiptNumber ?? '', stamps: bought.stamps })
  }
  await buy()
  for (let number = 1; number <= letters; number += 1) {
    await desk.call('desk.stay', {})
    if ((await desk.must('app.state', {})).session === null) await signIn()
    const draft = await until(() => doing('drafts.create', { contactId: contact.contactId }))
    const patch = { subject: `${life}-${number}`, body: `Letter ${number} of life ${life}. ${'The garden is green. '.repeat(number * 40)}` }
    tell({ t: 'saving', draftId: draft.draftId, revision: draft.revision + 1, sha: shaOf(patch) })
    const saved = await until(() => doing('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch }))
    if (saved.outcome !== 'saved') throw new Error(`the draft was not saved: ${saved.outcome}`)
    tell({ t: 'saved', draftId: draft.draftId, revision: saved.draft.revision, sha: shaOf(saved.draft) })
    if (number % 2 === 0) {
      const photos = await until(() => doing('photos.add', { draftId: draft.draftId, name: 'chapel.png', data: pngPhoto(number, 64).toString('base64') }))
      tell({ t: 'photos', draftId: draft.draftId, photos: idsOf(photos) })
    }
    const sent = await until(async () => {
      const quote = await doing('letters.quote', { draftId: draft.draftId, revision: saved.draft.revision })
      return quote === null ? null : doing('letters.send', { ticket: quote.ticket })
    })
    tell({ t: 'confirmed', letterId: sent.letterId, draftId: draft.draftId, sha: shaOf(sent), photos: idsOf(sent.photos), stamps: sent.stamps })
  }
  // The last refusals may fall on the watch over the disk itself, which tries every two seconds.
  const saving = async () => (await desk.must('surroundings.state', {})).saving
  for (let tries = 0; tries < 40 && (await saving()) !== 'ok'; tries += 1) await desk.time.advance(2_000)
  tell({ t: 'mark', name: `saving ${await saving()}` })
  desk.bugs.forEach((text) => tell({ t: 'bug', text }))
  await desk.end()
  tell({ t: 'mark', name: 'closed' })
}
