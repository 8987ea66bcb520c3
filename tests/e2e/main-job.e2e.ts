/** The thirteen steps of the diocesan cheat sheet, from an empty PC to a delivered letter: with a mouse, and with keys alone. */
import type { Locator } from 'playwright/test'
import { expect, test } from '../support/app'
import { Keyboard } from '../support/keyboard'
import { readServiceRecords } from '../support/service-records'
import { danielReyes, maryKeane, twentyStamps, Volunteer } from '../support/volunteer'

const letter = {
  to: danielReyes.name,
  subject: 'The psalm you asked about',
  message: 'Dear Daniel,\n\nyou asked which psalm we ended with. It is the hundred and twenty-first: I will lift up mine eyes unto the hills.\n\nYour friend,\nMary'
}

/** What the other side has written down when the job is done. */
const expectOneLetterInService = (profileDir: string): void => {
  const service = readServiceRecords(profileDir)
  expect(service.accounts).toEqual([{ email: maryKeane.email }])
  expect(service.purchases).toMatchObject([{ stamps: 20, cents: 500, cardLast4: '4242' }])
  expect(service.ledger.map(({ reason, amount }) => [reason, amount])).toEqual([
    ['purchase', 20],
    ['message', -1]
  ])
  expect(service.balance).toBe(19)
  expect(service.letters).toHaveLength(1)
  expect(service.letters[0]).toMatchObject({ number: danielReyes.number, stamps: 1 })
  expect(['delivered', 'replied']).toContain(service.letters[0]?.state)
}

/** Delivered, and perhaps answered already: an answer can only follow a delivery. */
const expectDelivered = async (mary: Volunteer): Promise<void> => {
  await mary.openSent(letter.subject)
  await expect(mary.heading(`Letter to ${letter.to}`)).toBeVisible()
  await expect(mary.page.getByRole('main').getByRole('listitem').filter({ hasText: /^Delivered/ })).toBeVisible()
}

test('the thirteen steps of the cheat sheet: 20 stamps become 19, and the letter is delivered', async ({ startApp }) => {
  const app = await startApp()
  const mary = new Volunteer(() => app.page)

  await test.step('1, 2: open the app; "Sign In" is there', async () => {
    await expect(mary.heading('Welcome to Epistle')).toBeVisible()
    for (const name of ['Sign In', 'Create an Account', 'Forgot password?', 'Help']) await expect(mary.button(name)).toBeVisible()
  })
  await test.step('3: "Create an Account"', () => mary.button('Create an Account').click())
  await test.step('4, 5, 6: e-mail and password, each twice; terms; "Next"', async () => {
    await mary.fillSignIn(maryKeane)
    await mary.button('Next').click()
  })
  await test.step('7: three security questions', async () => {
    await mary.fillQuestions(maryKeane)
    await mary.button('Next').click()
  })
  await test.step('8: name, address, phone, passcode, verification code; "Submit"', async () => {
    await mary.fillPerson(maryKeane)
    await mary.button('Submit').click()
    await expect(mary.heading('Home')).toBeVisible()
  })
  await test.step('9: "Launch", and the terms', async () => {
    await mary.button('Launch').click()
    await expect(mary.heading('eMessaging terms')).toBeVisible()
    await mary.button('I agree').click()
    await expect(mary.heading('Contacts')).toBeVisible()
  })
  await test.step('10: add the person: name or ID number, state, facility, "Search"', async () => {
    await mary.addContactControl.click()
    await mary.findPerson(danielReyes)
    await mary.button('Add').click()
    await mary.expectAdded(danielReyes)
  })
  await test.step('11: "Purchase Stamps": person, package, card, billing', async () => {
    await mary.purchaseStamps()
    await expect(mary.page.getByText('20 stamps added.')).toBeVisible()
    await mary.expectStamps('20 stamps')
  })
  await test.step('12: "Compose": person, subject, message', async () => {
    await mary.compose(letter)
    await expect(mary.page.getByText(/characters left, 1 stamp$/)).toBeVisible()
    await mary.waitUntilSaved()
  })
  await test.step('13: "Send", "Confirm", Sent Messages', async () => {
    const dialog = await mary.askToSend()
    await expect(dialog).toHaveAccessibleName('Use 1 stamp?')
    await expect(dialog).toContainText('You will have 19 left.')
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
    await expect(mary.heading('Sent Messages')).toBeVisible()
    await expect(mary.row(letter.subject)).toBeVisible()
    await mary.expectStamps('19 stamps')
  })

  await test.step('a week later it is delivered', async () => {
    await mary.fastForward('1 week')
    await expectDelivered(mary)
    await mary.expectStamps('19 stamps')
  })
  await app.close()
  expectOneLetterInService(app.profileDir)
})

test('the whole job with keys alone', async ({ startApp }) => {
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  const keys = new Keyboard(() => app.page)
  const link = (name: string): Locator => mary.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })
  const write = async (label: string, text: string): Promise<void> => keys.write(mary.field(label), text)

  await test.step('steps 1 to 6', async () => {
    await keys.press(mary.button('Create an Account'))
    await expect(mary.heading('Create an Account')).toBeVisible()
    await write('Email', maryKeane.email)
    await write('Confirm email', maryKeane.email)
    await write('Password', maryKeane.password)
    await write('Confirm password', maryKeane.password)
    await keys.tick(mary.field('I have read and agree to the Terms and Conditions'))
    await keys.press(mary.button('Next'))
  })
  await test.step('step 7', async () => {
    await expect(mary.heading('Security questions')).toBeVisible()
    for (const [index, [question, answer]] of maryKeane.questions.entries()) {
      await keys.choose(mary.field(`Security question ${index + 1}`), question)
      await write(`Answer ${index + 1}`, answer)
    }
    // Enter in a field is as good as the button.
    await keys.key('Enter')
  })
  await test.step('step 8', async () => {
    await expect(mary.heading('Contact information')).toBeVisible()
    await write('First name', maryKeane.firstName)
    await write('Last name', maryKeane.lastName)
    await write('Street address', maryKeane.street)
    await write('City', maryKeane.city)
    await keys.choose(mary.field('State'), maryKeane.state)
    await write('ZIP code', maryKeane.zip)
    await write('Phone number', maryKeane.phone)
    await write('Passcode', maryKeane.passcode)
    await write('Confirm passcode', maryKeane.passcode)
    await write('Verification code', maryKeane.verificationCode)
    await keys.press(mary.button('Submit'))
  })
  await test.step('step 9', async () => {
    await expect(mary.heading('Home')).toBeVisible()
    await keys.press(mary.button('Launch'))
    await expect(mary.heading('eMessaging terms')).toBeVisible()
    await keys.press(mary.button('I agree'))
  })
  await test.step('step 10', async () => {
    await expect(mary.heading('Contacts')).toBeVisible()
    await keys.press(mary.button('Add Contact'))
    await expect(mary.heading('Add Contact')).toBeVisible()
    await write('Name or ID number', danielReyes.number)
    await keys.choose(mary.field('State'), danielReyes.state)
    await keys.choose(mary.field('Facility'), danielReyes.facility)
    await keys.press(mary.button('Search'))
    await keys.press(mary.button('Add'))
    await mary.expectAdded(danielReyes)
  })
  await test.step('step 11', async () => {
    const { card, billing } = twentyStamps
    await keys.follow(link('Purchase Stamps'))
    await expect(mary.heading('Purchase Stamps')).toBeVisible()
    await keys.choose(mary.field('Contact'), danielReyes.name)
    await keys.press(mary.button('Next'))
    await expect(mary.heading('Choose a package')).toBeVisible()
    await keys.tick(mary.page.getByRole('radio', { name: twentyStamps.package }))
    await keys.press(mary.button('Next'))
    await expect(mary.heading('Card and billing address')).toBeVisible()
    await write('Card number', card.number)
    await write('Expiry date', card.expiry)
    await write('Security code', card.code)
    await write('Name on card', card.name)
    await write('Street address', billing.street)
    await write('City', billing.city)
    await keys.choose(mary.field('State'), billing.state)
    await write('ZIP code', billing.zip)
    await keys.press(mary.button('Next'))
    await expect(mary.heading('Check and confirm')).toBeVisible()
    await keys.press(mary.button('Confirm'))
    await expect(mary.heading('Receipt')).toBeVisible()
    await mary.expectStamps('20 stamps')
  })
  await test.step('step 12', async () => {
    await keys.follow(link('Compose'))
    await expect(mary.heading('New letter')).toBeVisible()
    await keys.choose(mary.field('To'), danielReyes.name)
    await write('Subject', letter.subject)
    await write('Message', letter.message)
    await mary.waitUntilSaved()
  })
  await test.step('step 13', async () => {
    await keys.press(mary.button('Send'))
    const dialog = mary.dialog('Use 1 stamp?')
    await expect(dialog).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Cancel', exact: true })).toBeFocused()
    await keys.press(dialog.getByRole('button', { name: 'Confirm', exact: true }))
    await expect(mary.heading('Sent Messages')).toBeVisible()
    await expect(mary.row(letter.subject)).toBeVisible()
    await mary.expectStamps('19 stamps')
  })
  await test.step('a week later it is delivered', async () => {
    await keys.follow(link('Settings'))
    await keys.press(mary.button('Fast-forward 1 week'))
    await expect(mary.page.getByText('1 week later.')).toBeVisible()
    await keys.follow(link('Sent Messages'))
    await keys.press(mary.row(letter.subject).getByRole('button'))
    await expect(mary.page.getByRole('main').getByRole('listitem').filter({ hasText: /^Delivered/ })).toBeVisible()
  })
  await app.close()
  expectOneLetterInService(app.profileDir)
})
