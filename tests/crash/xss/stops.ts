/** The screens on which a stranger's words can be read, and which of them are due there. */
import { expect, type Page } from 'playwright/test'
import type { EpistleApp } from '../../support/app'
import { lantern, type Place } from './places'
import type { Person } from './profile'

export type Stop = {
  readonly screen: string
  readonly hash: (person: Person) => string
  /** Every text has to be read here, as what. */
  readonly reads: readonly Place[]
  /** What a hand does there first. */
  readonly first?: (page: Page, app: EpistleApp, person: Person) => Promise<void>
}

const openDialog = async (page: Page, button: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name: button }).first().click()
  await expect(page.locator('dialog[open]')).toBeVisible()
}

export const stops: readonly Stop[] = [
  { screen: 'Home', hash: () => '#/home', reads: [] },
  { screen: 'Sent Messages', hash: () => '#/e/sent', reads: ['subject'] },
  {
    screen: 'Sent Messages, a search',
    hash: () => '#/e/sent',
    reads: ['search hit'],
    first: async (page) => {
      await page.getByLabel('Search your letters').fill(lantern)
      await expect(page.getByRole('main').getByRole('listitem').locator('mark').first()).toBeVisible()
    }
  },
  { screen: 'a letter', hash: ({ letterId }) => `#/e/sent/${letterId}`, reads: ['letter'] },
  { screen: 'a letter, print', hash: ({ letterId }) => `#/e/sent/${letterId}`, reads: [], first: (page) => openDialog(page, 'Print') },
  { screen: 'Inbox', hash: () => '#/e/inbox', reads: ['reply', 'e-mail'] },
  { screen: 'an answer', hash: ({ messageId }) => `#/e/inbox/${messageId}`, reads: ['reply'] },
  { screen: 'a letter of an older archive', hash: ({ olderId }) => `#/e/older/${olderId}`, reads: [] },
  { screen: 'a photo of an older archive', hash: ({ olderId }) => `#/e/older/${olderId}`, reads: [], first: (page) => openDialog(page, /^Show the photo/) },
  { screen: 'letters with somebody', hash: ({ contactId }) => `#/e/contacts/${contactId}`, reads: ['reply', 'note'] },
  { screen: 'Contacts', hash: () => '#/e/contacts', reads: ['contact'] },
  { screen: 'Contacts, remove', hash: () => '#/e/contacts', reads: [], first: (page) => openDialog(page, 'Remove') },
  { screen: 'Drafts', hash: () => '#/e/drafts', reads: ['draft'] },
  { screen: 'Compose', hash: ({ draftId }) => `#/e/compose/${draftId}`, reads: ['contact'] },
  { screen: 'Compose, earlier versions', hash: ({ draftId }) => `#/e/compose/${draftId}`, reads: [], first: (page) => openDialog(page, 'Earlier versions') },
  { screen: 'Compose, the question before sending', hash: ({ draftId }) => `#/e/compose/${draftId}`, reads: [], first: (page) => openDialog(page, /^Send( later)?$/) },
  { screen: 'Prayer intentions', hash: () => '#/e/follow-up/prayer', reads: [] },
  { screen: 'Late letters', hash: () => '#/e/follow-up/late', reads: [] },
  { screen: 'Letters that came back', hash: () => '#/e/follow-up/came-back', reads: [] },
  { screen: 'Outbox', hash: () => '#/e/outbox', reads: [] },
  { screen: 'Purchase Stamps', hash: () => '#/e/stamps', reads: ['contact'] },
  { screen: 'Export and import', hash: () => '#/settings/exchange', reads: ['file name'] },
  { screen: 'Export and import, take out', hash: () => '#/settings/exchange', reads: [], first: (page) => openDialog(page, /^Take out/) },
  {
    screen: 'Export and import, what is in a file',
    hash: () => '#/settings/exchange',
    reads: [],
    first: async (page, app, { archive }) => {
      await app.electron.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
      }, archive)
      await openDialog(page, 'Choose a file')
      await expect(page.locator('dialog[open]')).toContainText('3 new messages')
    }
  },
  { screen: 'Activity', hash: () => '#/account/activity', reads: [] },
  { screen: 'Figures', hash: () => '#/account/figures', reads: [] },
  { screen: 'Service post', hash: () => '#/post', reads: [] }
]
