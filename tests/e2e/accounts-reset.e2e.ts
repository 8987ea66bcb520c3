/** Lost passwords and first sign-ins: by oneself with the code from the post, and by the coordinator with a one-use code. */
import { ask } from '../support/bridge'
import { expect, test } from '../support/settled'
import { danielReyes, maryKeane, type Volunteer } from '../support/volunteer'

const letter = { to: danielReyes.name, subject: 'The tomatoes', message: 'Dear Daniel,\n\nthe tomatoes came up after all.' }
const joe = { email: 'joe.kowalski@parish.org', name: 'Joe Kowalski', first: 'Harvest9moon', second: 'Orchard3bell' }

/** Looks for a way around what is owed: by address, by shortcut and by the bridge. */
const expectNoWayAround = async (person: Volunteer, heading: string): Promise<void> => {
  await expect(person.heading(heading)).toBeVisible()
  for (const place of ['home', 'e/drafts', 'e/contacts', 'account/security', 'settings', 'help', 'post', 'coordinator', 'start']) {
    await person.page.evaluate((to) => (window.location.hash = `#/${to}`), place)
    await expect(person.page).toHaveURL(/#\/first$/)
    await expect(person.heading(heading)).toBeVisible()
  }
  await person.page.keyboard.press('ControlOrMeta+n')
  await expect(person.heading(heading)).toBeVisible()
  await expect(person.page.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
  for (const name of ['drafts.list', 'contacts.list', 'account.details', 'home.summary', 'letters.outbox'] as const) {
    expect(await ask(person.page, name, {})).toMatchObject({ ok: false, code: 'DUTY_FIRST' })
  }
}

test('Forgot password?: code from the post and three answers, then the printed recovery code opens the sealed letters', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await mary.compose(letter)
  await mary.waitUntilStored(letter.message)
  await mary.goToAccount('Security')
  await mary.button('Print your recovery code').click()
  await mary.confirmWithPassword('Print your recovery code', 'Show the code')
  const paper = await mary.takeOnceShown('Your recovery code')
  expect(paper).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/)
  await mary.signOut()

  await test.step('a new password', async () => {
    await mary.button('Forgot password?').click()
    await mary.field('Email').fill(maryKeane.email)
    await mary.button('Submit').click()
    await expect(mary.page.getByText('If this address has an account, a code is on its way.')).toBeVisible()
    await mary.button('Open the Service post').click()
    const code = await mary.readCode(/password/i)
    await mary.button('Back to the new password').click()
    await mary.field('Code').fill(code)
    await mary.fillQuestions({ ...maryKeane, questions: [...maryKeane.questions.slice(0, 2), [maryKeane.questions[2]?.[0] ?? '', 'Crumpet']] })
    await mary.field('New password').fill(joe.first)
    await mary.field('Confirm new password').fill(joe.first)
    await mary.button('Set the new password').click()
    await expect(mary.page.getByRole('alert')).toContainText('The code and the answers do not fit.')
    await mary.field('Answer 3').fill('BISCUIT')
    await mary.button('Set the new password').click()
    await expect(mary.heading('Your new password is set')).toBeVisible()
  })
  await test.step('the old password does not sign in', async () => {
    await mary.button('Sign In').click()
    await mary.trySignIn(maryKeane.email, maryKeane.password)
    await expect(mary.page.getByRole('alert')).toContainText('That e-mail and password do not match.')
  })
  await test.step('the letters are sealed, and the paper opens them', async () => {
    await mary.trySignIn(maryKeane.email, joe.first)
    await expectNoWayAround(mary, 'Terms and Conditions')
    await mary.button('I have read and agree').click()
    await expectNoWayAround(mary, 'Your letters are sealed')
    await mary.field('Recovery code').fill('AAAA-BBBB-CCCC-DDDD-EEEE')
    await mary.button('Open my letters').click()
    await expect(mary.page.getByRole('alert')).toContainText('That does not open the letters.')
    await mary.field('Recovery code').fill(paper.toLowerCase().replaceAll('-', ' '))
    await mary.button('Open my letters').click()
    await expect(mary.heading('Home')).toBeVisible()
    await mary.continueLetter()
    await expect(mary.field('Message')).toHaveValue(letter.message)
  })
  await test.step('from now on the new password opens them by itself', async () => {
    await mary.signOut()
    await mary.signIn({ ...maryKeane, password: joe.first })
    await mary.goTo('Drafts')
    await expect(mary.row(letter.subject)).toBeVisible()
  })
})

const personRow = (coordinator: Volunteer) => coordinator.page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: joe.email })

const makeJoe = async (coordinator: Volunteer): Promise<string> => {
  await coordinator.goToCoordinator('People')
  await coordinator.button('Create an account for someone').click()
  await coordinator.field('Email').fill(joe.email)
  await coordinator.field('First name').fill('Joe')
  await coordinator.field('Last name').fill('Kowalski')
  await coordinator.button('Create account').click()
  const code = await coordinator.takeOnceShown('One-use code')
  await expect(personRow(coordinator)).toContainText('Has not signed in yet.')
  expect(await coordinator.page.content()).not.toContain(code)
  return code
}

const resetJoe = async (coordinator: Volunteer): Promise<string> => {
  await coordinator.goToCoordinator('People')
  await personRow(coordinator).getByRole('button', { name: 'Reset password' }).click()
  await coordinator.confirmWithPassword('Reset this password?', 'Reset password')
  return coordinator.takeOnceShown('One-use code')
}

const answerEscrow = async (coordinator: Volunteer, answer: 'Yes' | 'No'): Promise<void> => {
  await coordinator.goToCoordinator('Lost passwords')
  await coordinator.page.getByRole('radio', { name: answer }).check()
  await coordinator.button('Save answer').click()
  await coordinator.confirmWithPassword(answer === 'Yes' ? 'Allow opening letters?' : 'No longer allow opening letters?', 'Save answer')
  await expect(coordinator.page.getByText(`The answer now: ${answer}.`)).toBeVisible()
}

const writeAsJoe = async (person: Volunteer): Promise<void> => {
  await person.launchEmessaging()
  await person.addContact()
  await person.compose(letter)
  await person.waitUntilStored(letter.message)
}

test('the coordinator makes a volunteer: Terms and a new password come first, and a reset opens the letters where the parish said yes', async ({ startDesk }) => {
  test.slow()
  const { mary } = await startDesk()
  const person = mary
  await answerEscrow(mary, 'Yes')
  const code = await makeJoe(mary)
  await mary.button('Hand over').click()

  await test.step('first sign-in', async () => {
    await person.trySignIn(joe.email, code)
    await expectNoWayAround(person, 'Terms and Conditions')
    await person.button('I have read and agree').click()
    await expectNoWayAround(person, 'Choose a new password')
    await person.field('New password').fill(code)
    await person.field('Confirm new password').fill(code)
    await person.button('Set the new password').click()
    await expect(person.heading('Choose a new password')).toBeVisible()
    await person.field('New password').fill(joe.first)
    await person.field('Confirm new password').fill(joe.first)
    await person.button('Set the new password').click()
    await expect(person.heading('Home')).toBeVisible()
    await expect(person.page.getByRole('link', { name: 'Coordinator', exact: true })).toHaveCount(0)
    await writeAsJoe(person)
    await person.goToAccount('Security', joe.name)
    await expect(person.page.getByText('Your coordinator can.')).toBeVisible()
    await person.button('Hand over').click()
  })
  await test.step('the code has been used', async () => {
    await person.trySignIn(joe.email, code)
    await expect(person.page.getByRole('alert')).toContainText('That e-mail and password do not match.')
  })
  await test.step('reset', async () => {
    await mary.trySignIn(maryKeane.email, maryKeane.password)
    await expect(mary.heading('Home')).toBeVisible()
    const again = await resetJoe(mary)
    await mary.button('Hand over').click()
    await person.trySignIn(joe.email, again)
    await expect(person.heading('Terms and Conditions')).toBeVisible()
    await person.fulfilDuties(joe.second)
    await expect(person.heading('Home')).toBeVisible()
    await person.continueLetter()
    await expect(person.field('Message')).toHaveValue(letter.message)
    await person.goToAccount('Activity', joe.name)
    await expect(person.page.getByText('Mary Keane reset your password and gave you a one-use code.').first()).toBeVisible()
  })
})

test('where the parish did not say yes, a reset leaves the letters sealed, and the old password opens them', async ({ startDesk }) => {
  test.slow()
  const { mary } = await startDesk()
  const person = mary
  const code = await makeJoe(mary)
  await mary.button('Hand over').click()
  await person.trySignIn(joe.email, code)
  await person.fulfilDuties(joe.first)
  await expect(person.heading('Home')).toBeVisible()
  await writeAsJoe(person)
  await person.button('Hand over').click()

  await mary.signIn()
  const again = await resetJoe(mary)
  await mary.button('Hand over').click()
  await person.trySignIn(joe.email, again)
  await person.fulfilDuties(joe.second)
  await expectNoWayAround(person, 'Your letters are sealed')
  await person.page.getByRole('radio', { name: 'Ask the coordinator' }).check()
  await expect(person.page.getByText("In this parish the coordinator cannot open anybody's letters.")).toBeVisible()
  await person.page.getByRole('radio', { name: 'With my old password' }).check()
  await person.field('Old password').fill(joe.first)
  await person.button('Open my letters').click()
  await expect(person.heading('Home')).toBeVisible()
  await person.continueLetter()
  await expect(person.field('Message')).toHaveValue(letter.message)
})
