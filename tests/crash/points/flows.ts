/** What is killed at every one of its writes: each flow in a child process, on virtual time and with the same chance, so that every run writes the same. */
import { openTestDesk, signInAs, testCard, type TestDesk } from '../../support/core'
import { tell } from '../volunteer/facts'
import { addPhoto } from '../../support/photos'
import { idsOf, shaOf } from '../volunteer/script'
import { firstPassword, paidContact } from '../volunteer/template'

export const flowNames = ['send', 'buy', 'password', 'restore', 'migrate'] as const
export type FlowName = (typeof flowNames)[number]
export const isFlow = (name: string): name is FlowName => (flowNames as readonly string[]).includes(name)

export const newPassword = 'Harbour9elm'

/** Runs one flow as the whole of a child process. The marks `begin` and `end` are where its points are counted from and to. */
export const runFlow = async (name: FlowName, profileDir: string): Promise<void> => {
  try {
    // Bringing files up to date begins with opening them.
    if (name === 'migrate') tell({ t: 'mark', name: 'begin' })
    const desk = await openTestDesk({}, { profileDir, dice: `flow ${name}` })
    await signInAs(desk)
    if (name !== 'migrate') tell({ t: 'mark', name: 'begin' })
    await flows[name](desk)
    await desk.end()
    tell({ t: 'mark', name: 'end' })
  } catch (error) {
    tell({ t: 'bug', text: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  process.exit(0)
}

const save = async (desk: TestDesk, number: number) => {
  const draft = await desk.must('drafts.create', { contactId: await paidContact(desk) })
  const patch = { subject: `Letter ${number}`, body: `What I wanted to say, ${number}. ${'And more. '.repeat(number * 40)}Goodbye.`, prepaidReply: number % 2 === 0 }
  tell({ t: 'saving', draftId: draft.draftId, revision: 1, sha: shaOf(patch) })
  const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch })
  if (saved.outcome !== 'saved') throw new Error(`the draft was not saved: ${saved.outcome}`)
  tell({ t: 'saved', draftId: draft.draftId, revision: saved.draft.revision, sha: shaOf(saved.draft) })
  return saved.draft
}

const confirm = async (desk: TestDesk, number: number, withPhoto = false): Promise<string> => {
  const draft = await save(desk, number)
  if (withPhoto) tell({ t: 'photos', draftId: draft.draftId, photos: idsOf(await addPhoto(desk, draft.draftId)) })
  const quote = await desk.must('letters.quote', { draftId: draft.draftId, revision: draft.revision })
  const sent = await desk.must('letters.send', { ticket: quote.ticket })
  tell({ t: 'confirmed', letterId: sent.letterId, draftId: draft.draftId, sha: shaOf(sent), photos: idsOf(sent.photos), stamps: sent.stamps })
  return sent.letterId
}

const buy = async (desk: TestDesk, number: string): Promise<void> => {
  const contactId = await paidContact(desk)
  const offer = await desk.must('stamps.offer', { contactId })
  const quote = await desk.must('stamps.quote', { contactId, packageId: offer.packages[0]?.packageId ?? '' })
  const bought = await desk.call('stamps.purchase', { ticket: quote.ticket, ...testCard, card: { ...testCard.card, number } })
  if (bought.ok) tell({ t: 'added', purchaseId: bought.value.purchaseId, receiptNumber: bought.value.receiptNumber ?? '', stamps: bought.value.stamps })
  else tell({ t: 'count', what: bought.code })
}

const flows: { readonly [N in FlowName]: (desk: TestDesk) => Promise<void> } = {
  send: async (desk) => {
    const first = await confirm(desk, 1, true)
    await desk.must('sync.now', {})
    tell({ t: 'sent', letterId: first })
    await desk.must('practice.set', { offline: true })
    const taken = await confirm(desk, 2)
    await desk.must('letters.cancel', { letterId: taken })
    tell({ t: 'cancelled', letterId: taken })
    await desk.must('practice.set', { offline: false })
  },
  buy: async (desk) => {
    await buy(desk, '4242 4242 4242 4242')
    // Its answer gets lost: asked for again, with the same key.
    await buy(desk, '4000 0000 0000 0119')
    await buy(desk, '4000 0000 0000 0002')
    await desk.must('sync.now', {})
  },
  password: async (desk) => {
    tell({ t: 'changingPassword', password: newPassword })
    await desk.must('account.changePassword', { password: firstPassword, newPassword, confirmPassword: newPassword })
    tell({ t: 'changedPassword', password: newPassword })
  },
  restore: async (desk) => {
    const [copy] = (await desk.must('restore.view', {})).copies
    await desk.must('restore.from', { copyId: copy?.copyId ?? '' })
    tell({ t: 'mark', name: 'restored' })
  },
  migrate: async (desk) => {
    await desk.must('sync.now', {})
  }
}
