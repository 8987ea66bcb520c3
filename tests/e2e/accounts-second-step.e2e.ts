/** The second step: a code by e-mail, a PC that is remembered and one that is not any more, and an app's codes that count once. */
import { TOTP, Secret } from 'otpauth'
import { expect, test } from '../support/settled'
import { maryKeane, type Volunteer } from '../support/volunteer'

const switchOn = async (mary: Volunteer, way: string): Promise<void> => {
  await mary.goToAccount('Security')
  await mary.button('Switch on the second step').click()
  await mary.page.getByRole('radio', { name: way }).check()
  await mary.button('Next').click()
  await mary.confirmWithPassword('Switch on the second step', 'Go on')
}

/** How long an app shows one code. */
const step = 30_000

const startSignIn = (mary: Volunteer): Promise<void> => mary.trySignIn(maryKeane.email, maryKeane.password)

/** Fetches the newest code from the Service post and comes back to the question. */
const codeFromPost = async (mary: Volunteer): Promise<string> => {
  await mary.button(/^Send (a|another) code$/).click()
  await mary.button('Open the Service post').click()
  const code = await mary.readCode(/code/i)
  await mary.button('Back to signing in').click()
  await expect(mary.heading('Enter the code')).toBeVisible()
  return code
}

const enterCode = async (mary: Volunteer, code: string): Promise<void> => {
  await mary.field('Code').fill(code)
  await mary.button('Sign In').click()
}

test('a code by e-mail is asked for, this PC can be remembered, and is asked again once its device is signed out', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await switchOn(mary, 'A code by e-mail')
  await mary.takeOnceShown('Your printed codes')
  await expect(mary.page.getByText('On: a code by e-mail')).toBeVisible()
  await mary.signOut()

  await test.step('password, then the code; a wrong one first', async () => {
    await startSignIn(mary)
    await expect(mary.heading('Enter the code')).toBeVisible()
    await mary.page.evaluate(() => (window.location.hash = '#/home'))
    await expect(mary.heading('Home')).toHaveCount(0)
    await mary.page.evaluate(() => (window.location.hash = '#/sign-in/code'))
    const code = await codeFromPost(mary)
    await enterCode(mary, code === '000000' ? '000001' : '000000')
    await expect(mary.page.getByRole('alert')).toContainText('That code is not valid now.')
    await mary.page.getByRole('checkbox', { name: 'Remember this PC for 30 days' }).check()
    await enterCode(mary, code)
    await expect(mary.heading('Home')).toBeVisible()
  })
  await test.step('remembered: only the password', async () => {
    await mary.signOut()
    await mary.signIn()
  })
  await test.step('the device signed out: asked again', async () => {
    await mary.goToAccount('Devices')
    await expect(mary.page.getByRole('list', { name: 'Devices' }).getByRole('listitem').filter({ hasText: 'This PC' })).toBeVisible()
    await mary.page.getByRole('list', { name: 'Devices' }).getByRole('listitem').filter({ hasText: 'This PC' }).getByRole('button', { name: 'Sign out device' }).click()
    const dialog = mary.dialog('Sign this PC out?')
    await dialog.getByRole('button', { name: 'Sign out device', exact: true }).click()
    await expect(mary.heading('Who is writing today?')).toBeVisible()
    await startSignIn(mary)
    await expect(mary.heading('Enter the code')).toBeVisible()
  })
})

test('an app shows the codes: one signs in, the same one a second time does not', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await switchOn(mary, 'An authenticator app')
  await expect(mary.page.getByRole('heading', { name: 'Connect the app on your telephone' })).toBeVisible()
  await expect(mary.page.getByRole('img', { name: 'Square code for the authenticator app' })).toBeVisible()
  const shown = (await mary.page.getByRole('main').locator('[translate="no"]').first().innerText()).replace(/[\s-]/gu, '')
  const telephone = new TOTP({ secret: Secret.fromBase32(shown), digits: 6, period: 30, algorithm: 'SHA1' })
  const at = (ms: number): string => telephone.generate({ timestamp: ms })

  // A code counts for its 30 seconds and the next: the one before shows that the app is ready, and leaves this one for the sign-in.
  await expect.poll(() => Date.now() % step, { timeout: 2 * step }).toBeLessThan(step / 2)
  await mary.field('Code from the app').fill(at(Date.now() - step))
  await mary.button('Confirm code').click()
  const printed = await mary.takeOnceShown('Your printed codes')
  await expect(mary.page.getByText('On: a code from the app on your telephone')).toBeVisible()
  await mary.signOut()

  await startSignIn(mary)
  const code = at(Date.now())
  await enterCode(mary, code)
  await expect(mary.heading('Home')).toBeVisible()
  await mary.signOut()

  await startSignIn(mary)
  await enterCode(mary, code)
  await expect(mary.page.getByRole('alert')).toContainText('That code is not valid now.')

  await test.step('a printed code works in its place, once', async () => {
    await mary.page.getByRole('radio', { name: 'A printed code' }).check()
    await enterCode(mary, printed.toLowerCase())
    await expect(mary.heading('Home')).toBeVisible()
    await mary.signOut()
    await startSignIn(mary)
    await mary.page.getByRole('radio', { name: 'A printed code' }).check()
    await enterCode(mary, printed)
    await expect(mary.page.getByRole('alert')).toContainText('That code is not valid now.')
  })
})
