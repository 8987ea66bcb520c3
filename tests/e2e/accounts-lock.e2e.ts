/** Three wrong tries, a locked screen, and the desk handed from one volunteer to the next: nothing of one is seen by another. */
import { commands, type CommandName } from '../../src-main/contract/commands'
import { test as fresh } from '../support/app'
import { forge } from '../support/bridge'
import { expect, test } from '../support/settled'
import { danielReyes, maryKeane, Volunteer } from '../support/volunteer'

const letter = { to: danielReyes.name, subject: 'The tomatoes', message: 'Dear Daniel,\n\nthe tomatoes came up after all.' }
const lastWords = ' And the rain came at last.'
const locked = 'Locked. Mary Keane, type your passcode.'

/** Commands that need an unlocked session, with input that passes the door where that is simple. */
const sessionCommands = (Object.keys(commands) as CommandName[]).filter((name) => {
  const { access, answeredBy } = commands[name]
  return answeredBy === 'core' && (access === 'session' || access === 'duties')
})

/** Everything a screen, a reader of the page's text or a title bar could tell. */
const everythingTold = (mary: Volunteer): Promise<string> =>
  mary.page.evaluate(() => {
    const values = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value)
    return [document.title, document.documentElement.outerHTML, ...values].join('\n')
  })

test('three wrong passwords lock for a while, the right one waits too, and afterwards the owner is told', async ({ startDesk }) => {
  const { mary } = await startDesk({ signIn: false })
  const alert = mary.page.getByRole('alert')
  for (const left of ['2 tries left.', 'One try left.']) {
    await mary.trySignIn(maryKeane.email, 'Wrong1word')
    await expect(alert).toContainText('That e-mail and password do not match.')
    await expect(alert).toContainText(left)
  }
  for (const password of ['Wrong1word', maryKeane.password]) {
    await mary.trySignIn(maryKeane.email, password)
    await expect(alert).toContainText('Locked for 15 minutes, or ask your coordinator.')
    await expect(mary.field('Password')).toHaveValue('')
  }
  await mary.goTo('Settings')
  await mary.button('Fast-forward 1 hour').click()
  await expect(mary.page.getByText('1 hour later.')).toBeVisible()
  await mary.page.goBack()
  await mary.trySignIn(maryKeane.email, maryKeane.password)
  await expect(mary.heading('Home')).toBeVisible()
  await expect(mary.page.getByText(/^There were \d failed tries to sign in$/)).toBeVisible()
  await mary.button('Look at the activity').click()
  await expect(mary.page.getByText(/^Your account was locked for/).first()).toBeVisible()
})

test('Lock: nothing of the letters is in the page or answered; the right passcode brings back the sentence typed a moment before', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await mary.compose(letter)
  await mary.waitUntilStored(letter.message)
  await mary.field('Message').press('ControlOrMeta+End')
  await mary.page.keyboard.type(lastWords)
  await mary.button('Lock').click()
  await expect(mary.heading(locked)).toBeVisible()
  await expect(mary.field('Passcode')).toBeFocused()

  const told = await everythingTold(mary)
  for (const secret of [letter.subject, 'tomatoes', lastWords.trim(), danielReyes.name, 'Reyes', danielReyes.number, '20 stamps', 'Drafts', 'Compose']) expect(told).not.toContain(secret)

  await test.step('every command of a session answers LOCKED', async () => {
    expect(sessionCommands.length).toBeGreaterThan(45)
    const answers = await Promise.all(sessionCommands.map(async (name) => [name, await forge(mary.page, name, {})] as const))
    const others = answers.filter(([, answer]) => (answer as { readonly code?: string }).code !== 'LOCKED')
    // Input that does not pass the door is refused before anybody asks who is there.
    expect(others.filter(([, answer]) => (answer as { readonly code?: string }).code !== 'BAD_REQUEST')).toEqual([])
    expect(others.filter(([name]) => commands[name].input.safeParse({}).success)).toEqual([])
  })

  await mary.field('Passcode').fill('9731')
  await mary.button('Unlock').click()
  await expect(mary.page.getByRole('alert')).toContainText('That passcode is not right.')
  await expect(mary.page.getByRole('alert')).toContainText('2 tries left')
  await mary.page.evaluate(() => (window.location.hash = '#/e/drafts'))
  await expect(mary.heading(locked)).toBeVisible()
  expect(await everythingTold(mary)).not.toContain(letter.subject)

  await mary.field('Passcode').fill(maryKeane.passcode)
  await mary.button('Unlock').click()
  await expect(mary.field('Message')).toHaveValue(letter.message + lastWords)
  await mary.waitUntilStored(letter.message + lastWords)
})

test('three wrong passcodes end the session: the tiles come back, the draft is kept', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await mary.compose(letter)
  await mary.button('Lock').click()
  for (const [passcode, words] of [['9731', '2 tries left'], ['9732', 'One try left']] as const) {
    await mary.field('Passcode').fill(passcode)
    await mary.button('Unlock').click()
    await expect(mary.page.getByRole('alert')).toContainText(words)
  }
  await mary.field('Passcode').fill('9733')
  await mary.button('Unlock').click()
  await expect(mary.heading('Who is writing today?')).toBeVisible()
  await expect(mary.page.getByText('Three passcodes were wrong, so the session ended')).toBeVisible()
  await mary.signIn()
  await mary.goTo('Drafts')
  await expect(mary.row(letter.subject)).toBeVisible()
})

test('hand over: the second volunteer sees nothing of the first, whose draft waits', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await mary.compose(letter)
  await mary.field('Message').press('ControlOrMeta+End')
  await mary.page.keyboard.type(lastWords)
  await mary.button('Hand over').click()
  await expect(mary.heading('Who is writing today?')).toBeVisible()
  await expect(mary.button('Mary Keane')).toBeVisible()
  expect(await everythingTold(mary)).not.toContain(letter.subject)

  const ruth = mary
  await ruth.createAccount({ email: 'ruth.okafor@parish.org', firstName: 'Ruth', lastName: 'Okafor', passcode: '7352' })
  await ruth.launchEmessaging()
  await expect(ruth.heading('Contacts')).toBeVisible()
  for (const place of ['Inbox', 'Drafts', 'Outbox', 'Sent Messages', 'Contacts', 'Home'] as const) {
    await ruth.goTo(place)
    await expect(ruth.heading(place)).toBeVisible()
    const told = await everythingTold(ruth)
    for (const secret of [letter.subject, 'tomatoes', 'Reyes', 'Mary', '20 stamps']) expect(told, `${place} tells ${secret}`).not.toContain(secret)
  }
  await ruth.button('Hand over').click()
  await mary.button('Mary Keane').click()
  await mary.field('Password').fill(maryKeane.password)
  await mary.button('Sign In').click()
  await expect(mary.heading('Home')).toBeVisible()
  await mary.continueLetter()
  await expect(mary.field('Message')).toHaveValue(letter.message + lastWords)
})

fresh('Hand over from the locked screen: the next volunteer does not need the passcode', async ({ startApp }) => {
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  await mary.createAccount()
  await mary.button('Lock').click()
  await expect(mary.heading(locked)).toBeVisible()
  await mary.button('Hand over').click()
  await expect(mary.heading('Who is writing today?')).toBeVisible()
  await mary.signIn()
})
