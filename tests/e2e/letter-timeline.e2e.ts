/** Every version of a letter can be had back, and most of a letter never goes without a question. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../support/app'
import { must } from '../support/bridge'
import { createInspector } from '../support/inspector'
import { Keyboard } from '../support/keyboard'
import { expect, test } from '../support/settled'
import { danielReyes, type Volunteer } from '../support/volunteer'

const text = (file: string): string => readFileSync(join(projectFolder, 'tests/fixtures/texts', file), 'utf8').trim()
/** 430 words. */
const philemon = text('philemon-kjv.txt')
/** 226 words. */
const lydia = text('letter-lydia.txt')
const subject = 'A letter from prison'

const begin = async (mary: Volunteer, message: string): Promise<void> => {
  await mary.compose({ to: danielReyes.name, subject, message })
  await mary.waitUntilStored(message)
}

/** All versions of the newest draft, newest first, from disk. */
const versionsOf = async (mary: Volunteer): Promise<readonly string[]> => {
  const [newest] = await must(mary.page, 'drafts.list', {})
  const draftId = newest?.draftId ?? ''
  const versions = await must(mary.page, 'drafts.versions', { draftId })
  return Promise.all(versions.map(async ({ versionId }) => (await must(mary.page, 'drafts.version', { draftId, versionId })).body))
}

test('an earlier version is compared, brought back, and undone: no text is ever lost', async ({ startDesk }) => {
  test.slow()
  const { app, mary } = await startDesk()
  const inspector = createInspector(app)
  await begin(mary, lydia)
  const longer = `${lydia.replace('candle', 'lantern')} And another thing: the choir sang on Sunday.`
  expect(longer).not.toBe(lydia)
  // A big change opens a version of its own at once; a small one would need a minute of writing.
  await must(mary.page, 'drafts.save', {
    draftId: (await must(mary.page, 'drafts.list', {}))[0]?.draftId ?? '',
    baseRevision: (await must(mary.page, 'drafts.open', { draftId: (await must(mary.page, 'drafts.list', {}))[0]?.draftId ?? '' })).revision,
    patch: { body: longer },
    keepEarlier: true
  })
  await mary.goTo('Drafts')
  await mary.row(subject).getByRole('button').first().click()
  await expect(mary.field('Message')).toHaveValue(longer)

  const dialog = mary.page.getByRole('dialog', { name: 'Earlier versions' })
  await test.step('compared', async () => {
    await mary.button('Earlier versions').click()
    await expect(dialog.getByRole('list', { name: 'Versions, newest first' }).getByRole('listitem')).toHaveCount(2)
    await expect(dialog.locator('ins').last()).toContainText('And another thing: the choir sang on Sunday.')
    await expect(dialog).toContainText('Underlined: in the text now, not in this version.')
    await inspector.look('earlier versions, what is different')
    await dialog.getByText('The whole text', { exact: true }).click()
    await expect(dialog.getByRole('article')).toContainText(lydia.slice(0, 60))
    await inspector.look('earlier versions, the whole text')
  })
  await test.step('brought back: the present text becomes a version', async () => {
    await dialog.getByRole('button', { name: 'Use this version' }).click()
    await expect(mary.field('Message')).toHaveValue(lydia)
    await mary.waitUntilStored(lydia)
    expect((await versionsOf(mary)).slice(0, 2)).toEqual([lydia, longer])
  })
  await test.step('undone', async () => {
    await mary.button('Undo').click()
    await expect(mary.field('Message')).toHaveValue(longer)
    await mary.waitUntilStored(longer)
    expect(await versionsOf(mary)).toContain(lydia)
  })
  await test.step('and found again at the letter when it is sent', async () => {
    await mary.send()
    await mary.openSent(subject)
    await mary.button('Earlier versions').click()
    await expect(dialog.getByRole('listitem')).toHaveCount(4)
    await inspector.look('earlier versions of a sent letter')
    await dialog.getByRole('button', { name: 'Start a new letter with it' }).click()
    await expect(mary.field('Message')).toBeVisible()
  })
  inspector.expectNothingFound()
})

test('most of a letter deleted, with the keyboard alone: asked once, both texts kept, undone, and never asked again for the same words', async ({ startDesk }) => {
  test.slow()
  const { app, mary } = await startDesk()
  const inspector = createInspector(app)
  const keys = new Keyboard(() => mary.page)
  await begin(mary, philemon)
  const question = mary.dialog(/would go. Keep them\?$/)
  const message = mary.field('Message')
  const short = 'Dear Daniel, I begin anew.'
  const replaceAll = async (): Promise<void> => {
    await keys.goTo(message)
    await keys.key('ControlOrMeta+a')
    await mary.page.keyboard.type(short)
  }

  await test.step('typing is not interrupted; the question comes when it stops, and the letter on disk is whole', async () => {
    await message.focus()
    await replaceAll()
    await expect(message).toHaveValue(short)
    await expect(question).toBeVisible()
    await expect(question).toContainText('Both texts are kept')
    await mary.waitUntilStored(philemon)
    expect(await versionsOf(mary), 'what was typed meanwhile is on disk too').toContain(short)
    await inspector.look('words would go, dialog')
  })
  await test.step('Escape keeps them', async () => {
    await keys.key('Escape')
    await expect(message).toHaveValue(philemon)
    await expect(message).toBeFocused()
  })
  await test.step('the shorter text, chosen with the keys', async () => {
    await replaceAll()
    await expect(question).toBeVisible()
    await keys.press(question.getByRole('button', { name: 'Use the shorter text' }))
    await mary.waitUntilStored(short)
    expect(await versionsOf(mary)).toContain(philemon)
    await inspector.look('the shorter text is used')
  })
  await test.step('typing on asks nothing', async () => {
    await keys.goTo(message, 'back')
    await keys.key('ControlOrMeta+End')
    await mary.page.keyboard.type(' And I go on.')
    await mary.waitUntilStored(`${short} And I go on.`)
    await mary.page.waitForTimeout(2_500)
    await expect(question).toBeHidden()
  })
  await test.step('undone: every word is back', async () => {
    await keys.press(mary.button('Undo'))
    await expect(message).toHaveValue(philemon)
    await mary.waitUntilStored(philemon)
    expect(await versionsOf(mary)).toContain(`${short} And I go on.`)
  })
  inspector.expectNothingFound()
})

test('cut and left: the question comes before the next screen, and Send waits for it too', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await begin(mary, philemon)
  const question = mary.dialog(/would go. Keep them\?$/)
  await mary.field('Message').fill('Dear Philemon')
  await mary.button('Send').click()
  await question.getByRole('button', { name: 'Keep them' }).click()
  await expect(mary.field('Message')).toHaveValue(philemon)
  await expect(mary.dialog(/stamp/)).toBeHidden()

  await mary.field('Message').fill('Dear Philemon')
  await mary.goTo('Drafts')
  await question.getByRole('button', { name: 'Use the shorter text' }).click()
  await expect(mary.heading('Drafts')).toBeVisible()
  await mary.waitUntilStored('Dear Philemon')
  expect(await versionsOf(mary)).toContain(philemon)
})

test('the bridge too: a program that saves a stump is told so, and the letter stays', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await begin(mary, philemon)
  const draftId = (await must(mary.page, 'drafts.list', {}))[0]?.draftId ?? ''
  const draft = await must(mary.page, 'drafts.open', { draftId })
  const saved = await must(mary.page, 'drafts.save', { draftId, baseRevision: draft.revision, patch: { body: 'stump' } })
  expect(saved).toMatchObject({ outcome: 'wordsLost', earlierBody: philemon })
  expect((await must(mary.page, 'drafts.open', { draftId })).body).toBe(philemon)
})
