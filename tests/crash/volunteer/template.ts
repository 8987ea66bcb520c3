/** A profile with one volunteer, two contacts and 20 stamps, made once; every life begins on a copy. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { openTestDesk, password, readyToWrite, type TestDesk } from '../../support/core'

export const email = 'maria@parish.org'
export const firstPassword = password

export type Template = { readonly folder: string; readonly accountId: string }

/** @param folder an empty folder; the profile is made in it */
export const makeTemplate = async (folder: string, seed: number): Promise<Template> => {
  const desk = await openTestDesk({ seed: seed % 1_000_000 }, { profileDir: folder, dice: `template ${seed}` })
  const contact = await readyToWrite(desk)
  await desk.must('contacts.add', { facilityId: 'bay-state-prison', number: 'A011928' })
  const bought = await desk.must('stamps.wallets', {})
  if (contact.contactId === '' || bought.every((wallet) => wallet.available === 0)) throw new Error('the template has no stamps')
  const state = await desk.must('app.state', {})
  const accountId = state.session?.accountId
  if (accountId === undefined) throw new Error('nobody is signed in')
  await desk.must('accounts.signOut', {})
  // Closed, but not removed: `close` of a test desk would take the folder with it.
  await desk.end()
  return { folder, accountId }
}

/** The contact there are stamps for. */
export const paidContact = async (desk: TestDesk): Promise<string> => {
  const found = (await desk.must('contacts.list', {})).find(({ facilityId }) => facilityId === 'cedar-state')
  if (found === undefined) throw new Error('the contact of the template is gone')
  return found.contactId
}

/** @returns the folder of the copy */
export const copyTemplate = (template: Template, root: string, name: string): string => {
  const folder = join(root, name)
  cpSync(template.folder, folder, { recursive: true })
  return folder
}
