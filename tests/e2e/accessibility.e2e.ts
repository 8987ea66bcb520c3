/**
 * Every screen and dialog, looked at by axe and measured, at text size 100 % and 200 %: nothing serious, nothing that sticks
 * out to the side, nothing too small to hit. Then every screen at 100 % in a window of 600 px.
 */
import type { Page } from 'playwright/test'
import { test as fresh, type EpistleApp } from '../support/app'
import { axeFindings, sidewaysOverflow, smallTargets } from '../support/accessibility'
import { must } from '../support/bridge'
import { expect, test } from '../support/settled'
import { danielReyes, maryKeane, twentyStamps, Volunteer } from '../support/volunteer'

/** Looks at what is on the screen, in both text sizes and in a narrow window. */
const createInspector = (app: EpistleApp) => {
  const found: string[] = []
  const setSize = async (textSize: number): Promise<void> => {
    await must(app.page, 'settings.set', { textSize })
    await expect(app.page.locator('html')).toHaveCSS('--text-scale', String(textSize / 100))
  }
  const setWidth = async (width: number): Promise<void> => {
    await app.electron.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setContentSize(wanted, 740), width)
    await app.page.waitForFunction((wanted) => Math.abs(window.innerWidth - wanted) <= 2, width)
  }
  const note = (screen: string, how: string, findings: readonly string[]): void => {
    found.push(...findings.map((finding) => `${screen} (${how}): ${finding}`))
  }
  const measure = async (page: Page, screen: string, how: string): Promise<void> => {
    note(screen, how, await sidewaysOverflow(page))
    note(screen, how, await smallTargets(page))
  }
  return {
    look: async (screen: string): Promise<void> => {
      const { page } = app
      note(screen, '100 %', await axeFindings(page))
      await measure(page, screen, '100 %')
      await setWidth(600)
      await measure(page, screen, '100 %, 600 px')
      await setWidth(1280)
      await setSize(200)
      note(screen, '200 %', await axeFindings(page))
      await measure(page, screen, '200 %')
      await setSize(100)
    },
    /** Everything at once at the end: a person mending screens wants the whole list. */
    expectNothingFound: (): void => expect(found).toEqual([])
  }
}

fresh('the inspector sees what is planted', async ({ startApp }) => {
  const app = await startApp()
  expect(await axeFindings(app.page)).toEqual([])
  expect(await sidewaysOverflow(app.page)).toEqual([])
  expect(await smallTargets(app.page)).toEqual([])
  await app.page.evaluate(() => {
    const main = document.querySelector('main') as HTMLElement
    const button = Object.assign(document.createElement('button'), { id: 'planted' })
    button.style.cssText = 'inline-size: 20px; block-size: 20px; padding: 0'
    const wide = document.createElement('p')
    wide.style.inlineSize = '3000px'
    main.append(button, wide)
  })
  expect((await axeFindings(app.page)).join()).toContain('button-name')
  expect((await smallTargets(app.page)).join()).toMatch(/^20 px: <button id="planted"/)
  expect((await sidewaysOverflow(app.page)).join()).toContain('main is 3')
})

fresh('before anybody is signed in', async ({ startApp }) => {
  fresh.slow()
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  const inspector = createInspector(app)
  await inspector.look('start, first time')
  await mary.button('Sign In').click()
  await expect(mary.heading('Sign In')).toBeVisible()
  await mary.field('Email').fill('mary.keane@gmial.com')
  await inspector.look('sign in')
  await mary.field('Password').fill('wrong')
  await mary.button('Sign In').click()
  await expect(mary.page.getByRole('alert')).toBeVisible()
  await inspector.look('sign in, refused')

  await mary.button('Create an Account').click()
  await expect(mary.heading('Create an Account')).toBeVisible()
  await inspector.look('create an account, page 1')
  await mary.button('Read the Terms and Conditions').click()
  await inspector.look('terms and conditions, dialog')
  await mary.page.keyboard.press('Escape')
  await mary.button('Next').click()
  await inspector.look('create an account, page 1, refused')
  await mary.fillSignIn(maryKeane)
  await mary.button('Next').click()
  await expect(mary.heading('Security questions')).toBeVisible()
  await inspector.look('create an account, page 2')
  await mary.button('Next').click()
  await inspector.look('create an account, page 2, refused')
  await mary.fillQuestions(maryKeane)
  await mary.button('Next').click()
  await expect(mary.heading('Contact information')).toBeVisible()
  await mary.button('Say it in words').click()
  await inspector.look('create an account, page 3')
  await mary.button('Submit').click()
  await inspector.look('create an account, page 3, refused')
  await mary.page.getByRole('link', { name: /^Service post/ }).click()
  await expect(mary.heading('Service post')).toBeVisible()
  await inspector.look('service post, empty')
  inspector.expectNothingFound()
})

test('home, terms, contacts, stamps', async ({ startDesk }) => {
  test.slow()
  const { app, mary } = await startDesk({ signIn: false })
  const inspector = createInspector(app)
  await inspector.look('start, with a known person')
  await mary.button(maryKeane.firstName + ' ' + maryKeane.lastName).click()
  await mary.field('Password').fill(maryKeane.password)
  await mary.button('Sign In').click()
  await expect(mary.heading('Home')).toBeVisible()
  await inspector.look('home')

  await mary.goTo('Contacts')
  await expect(mary.row(danielReyes.number)).toBeVisible()
  await inspector.look('contacts')
  await mary.row(danielReyes.number).getByRole('button', { name: 'Remove' }).click()
  await inspector.look('remove a contact, dialog')
  await mary.button('Cancel').click()
  await mary.addContactControl.click()
  await mary.button('Search').click()
  await inspector.look('add contact, refused')
  await mary.findPerson({ ...danielReyes, number: 'Reyes' })
  await expect(mary.page.getByText(/people found\.$/)).toBeVisible()
  await inspector.look('add contact, results')
  await mary.findPerson({ number: 'Peter Lindqvist', state: 'Colorado', facility: 'River Federal' })
  await mary.button('Add').click()
  await expect(mary.field('Invitation code')).toBeVisible()
  await inspector.look('add contact, an invitation first')

  await mary.goTo('Purchase Stamps')
  await expect(mary.field('Contact')).toBeVisible()
  await inspector.look('purchase stamps, contact')
  await mary.goToCard()
  await mary.button('Next').click()
  await inspector.look('purchase stamps, card, refused')
  await mary.button('Back').click()
  await expect(mary.heading('Choose a package')).toBeVisible()
  await inspector.look('purchase stamps, package')
  await mary.button('Next').click()
  await mary.fillCard(twentyStamps)
  await inspector.look('purchase stamps, card')
  await mary.button('Next').click()
  await expect(mary.heading('Check and confirm')).toBeVisible()
  await inspector.look('purchase stamps, review')
  await mary.button('Confirm').click()
  await expect(mary.heading('Receipt')).toBeVisible()
  await inspector.look('receipt')
  await mary.page.getByRole('link', { name: /^Service post/ }).click()
  await mary.page.getByRole('main').getByRole('listitem').getByRole('button').first().click()
  await inspector.look('service post')
  inspector.expectNothingFound()
})

fresh('the eMessaging terms, settings and help', async ({ startApp }) => {
  fresh.slow()
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  const inspector = createInspector(app)
  await mary.createAccount()
  await inspector.look('home, the first time')
  await mary.button('Launch').click()
  await expect(mary.heading('eMessaging terms')).toBeVisible()
  await inspector.look('eMessaging terms')
  await mary.button('I agree').click()
  await expect(mary.heading('Contacts')).toBeVisible()
  await inspector.look('contacts, empty')
  await mary.goTo('Settings')
  await expect(mary.field('Text size')).toBeVisible()
  await expect(mary.page.getByRole('switch', { name: 'Offline' })).toBeVisible()
  await inspector.look('settings')
  await mary.goTo('Help')
  await inspector.look('help')
  const articles = await mary.page.getByRole('main').getByRole('listitem').getByRole('link').count()
  expect(articles).toBeGreaterThan(5)
  await mary.page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
  await inspector.look('help article')
  await mary.goTo('Help')
  await mary.field('Search the help').fill('zzz')
  await inspector.look('help, no matches')
  inspector.expectNothingFound()
})

fresh('letters: inbox, compose, drafts, outbox, sent', async ({ startApp }) => {
  fresh.slow()
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  const inspector = createInspector(app)
  await mary.practise()
  await inspector.look('home, practice')
  await mary.goTo('Inbox')
  await expect(mary.row('New')).toHaveCount(2)
  await inspector.look('inbox')
  await mary.row('Hello from Cedar State').getByRole('button').click()
  await expect(mary.heading('Answer of Daniel Reyes')).toBeVisible()
  await inspector.look('message')
  await mary.goTo('Compose')
  await mary.button('Send').click()
  await inspector.look('compose, refused')
  await mary.goTo('Drafts')
  await expect(mary.row('The psalm you asked about')).toBeVisible()
  await inspector.look('drafts')
  await mary.row('The psalm you asked about').getByRole('button').first().click()
  await expect(mary.field('Message')).toHaveValue(/^Dear Daniel/)
  await inspector.look('compose')
  await mary.button('Earlier versions').click()
  await inspector.look('earlier versions, dialog')
  await mary.page.keyboard.press('Escape')
  const dialog = await mary.askToSend()
  await inspector.look('confirm, dialog')
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(mary.heading('Sent Messages')).toBeVisible()
  await expect(mary.row('The psalm you asked about')).toBeVisible()
  await inspector.look('sent messages')
  await mary.openSent('The psalm you asked about')
  await inspector.look('letter')

  await mary.compose({ to: danielReyes.name, subject: 'Too long', message: 'word '.repeat(4_100) })
  await expect(mary.button('Show where')).toBeVisible()
  await inspector.look('compose, too long')
  await mary.field('Message').fill('')
  await expect(mary.dialog('The letter is empty now. Keep the earlier text?')).toBeVisible()
  await inspector.look('empty letter, dialog')
  await mary.button('Save it empty').click()
  await mary.setOffline(true)
  await mary.writeAndSend({ to: danielReyes.name, subject: 'Waiting', message: 'Dear Daniel, a word.' })
  await expect(mary.heading('Outbox')).toBeVisible()
  await inspector.look('outbox')
  await mary.button('Sign out').click()
  await inspector.look('sign out while a letter waits, dialog')
  inspector.expectNothingFound()
})
