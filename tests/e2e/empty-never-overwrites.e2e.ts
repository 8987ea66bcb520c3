/** "Select all" and one key must not be able to empty a letter for good. */
import { must } from '../support/bridge'
import { expect, test, type Desk } from '../support/settled'
import { danielReyes, type Volunteer } from '../support/volunteer'

const subject = 'Our garden'
const message = 'Dear Daniel,\n\nthe tomatoes did come up after all. Joe says they are late; I say they are patient.'
const question = 'The letter is empty now. Keep the earlier text?'

const write = async (mary: Volunteer): Promise<void> => {
  await mary.compose({ to: danielReyes.name, subject, message })
  await mary.waitUntilStored(message)
}

/** As it happens: everything is marked, and then a key is hit. */
const empty = async (mary: Volunteer): Promise<void> => {
  await mary.field('Message').press('ControlOrMeta+a')
  await mary.field('Message').press('Delete')
  await expect(mary.field('Message')).toHaveValue('')
}

const onDisk = async ({ mary }: Desk): Promise<readonly string[]> => {
  const drafts = await must(mary.page, 'drafts.list', {})
  return Promise.all(drafts.map(async ({ draftId }) => (await must(mary.page, 'drafts.open', { draftId })).body))
}

test('an emptied letter is asked about, and the earlier text comes back', async ({ startDesk }) => {
  const desk = await startDesk()
  const { mary } = desk
  await write(mary)
  await empty(mary)
  const dialog = mary.dialog(question)
  await expect(dialog).toBeVisible()
  expect(await onDisk(desk)).toEqual([message])
  const keep = dialog.getByRole('button', { name: 'Keep the earlier text' })
  await expect(keep).toBeFocused()
  await keep.press('Enter')
  await expect(mary.field('Message')).toHaveValue(message)
  expect(await onDisk(desk)).toEqual([message])
})

test('Escape keeps the earlier text, and leaving the field or the screen asks at once', async ({ startDesk }) => {
  const desk = await startDesk()
  const { mary } = desk
  await write(mary)
  await empty(mary)
  await mary.field('Subject').focus()
  await expect(mary.dialog(question)).toBeVisible()
  await mary.page.keyboard.press('Escape')
  await expect(mary.field('Message')).toHaveValue(message)

  await empty(mary)
  await mary.goTo('Drafts')
  await expect(mary.dialog(question)).toBeVisible()
  await mary.button('Keep the earlier text').click()
  await expect(mary.heading('Drafts')).toBeVisible()
  expect(await onDisk(desk)).toEqual([message])
})

test('power cut while it is empty: the earlier text is there', async ({ startDesk }) => {
  const desk = await startDesk()
  const { app, mary } = desk
  await write(mary)
  await empty(mary)
  await mary.field('Subject').fill('Emptied')
  await expect.poll(async () => (await must(mary.page, 'drafts.list', {}))[0]?.subject).toBe('Emptied')
  await app.kill()
  await app.restart()
  await mary.signIn()
  await mary.continueLetter()
  await expect(mary.field('Message')).toHaveValue(message)
})

test('saved empty on purpose, it can still be had back from the earlier versions', async ({ startDesk }) => {
  const desk = await startDesk()
  const { mary } = desk
  await write(mary)
  await empty(mary)
  await mary.button('Save it empty').click()
  await expect.poll(() => onDisk(desk)).toEqual([''])
  await mary.button('Earlier versions').click()
  const versions = mary.page.getByRole('dialog', { name: 'Earlier versions' })
  await versions.getByRole('listitem').filter({ hasText: 'the tomatoes did come up' }).getByRole('button').click()
  await versions.getByRole('button', { name: 'Use this version' }).click()
  await expect(mary.field('Message')).toHaveValue(message)
  await expect.poll(() => onDisk(desk)).toEqual([message])
})

test('a forged save with an empty text is refused by main', async ({ startDesk }) => {
  const desk = await startDesk()
  await write(desk.mary)
  const [draft] = await must(desk.mary.page, 'drafts.list', {})
  const draftId = draft?.draftId ?? ''
  const { revision } = await must(desk.mary.page, 'drafts.open', { draftId })
  for (const body of ['', '   ', '\u200b\u2060', '\n\n']) {
    expect(await must(desk.mary.page, 'drafts.save', { draftId, baseRevision: revision, patch: { body } })).toMatchObject({ outcome: 'emptyRefused' })
  }
  expect(await onDisk(desk)).toEqual([message])
})
