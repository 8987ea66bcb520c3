/** Letters told to the bridge, for tests that begin where something came of them. */
import type { Page } from 'playwright/test'
import { must } from './bridge'

export const contactNamed = async (page: Page, name: string): Promise<string> => {
  const contact = (await must(page, 'contacts.list', {})).find((one) => one.name === name)
  if (contact === undefined) throw new Error(`${name} is no contact`)
  return contact.contactId
}

type LetterToSend = { readonly contactId: string; readonly subject: string; readonly body: string; readonly prepaidReply?: boolean; readonly photos?: Readonly<Record<string, Buffer>> }

/** Writes, confirms and sends one letter. @param letter with its `photos` by their file names @returns its id */
export const sendLetter = async (page: Page, letter: LetterToSend): Promise<string> => {
  const { contactId, photos = {}, ...patch } = letter
  const { draftId, revision } = await must(page, 'drafts.create', { contactId })
  for (const [name, bytes] of Object.entries(photos)) await must(page, 'photos.add', { draftId, name, data: bytes.toString('base64') })
  const saved = await must(page, 'drafts.save', { draftId, baseRevision: revision, patch })
  if (saved.outcome !== 'saved') throw new Error('the letter was not saved')
  const { ticket } = await must(page, 'letters.quote', { draftId, revision: saved.draft.revision })
  const { letterId } = await must(page, 'letters.send', { ticket })
  await must(page, 'sync.now', {})
  return letterId
}

/** Writes prepaid letters until one is answered: nine in ten are. */
export const untilAnswered = async (page: Page, contactId: string): Promise<void> => {
  for (let letter = 1; letter <= 6; letter += 1) {
    await sendLetter(page, { contactId, subject: `How is the garden? (${letter})`, body: 'Dear Daniel,\n\nhow is the garden?', prepaidReply: true })
    await must(page, 'practice.fastForward', { hours: 24 * 8 })
    if ((await must(page, 'inbox.list', {})).total > 0) return
  }
  throw new Error('six prepaid letters and no answer')
}
