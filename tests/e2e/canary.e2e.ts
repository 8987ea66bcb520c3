/**
 * rel:canary in the real app: what a person types on the screens stands readable in no file of the profile, the browser's own
 * folder (storage, caches, crash dumps) and the diary included. tests/crash/canary proves that the search can see.
 */
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { searchFolders, type Hit } from '../crash/canary/search'
import { expect, test, type EpistleApp } from '../support/app'
import { must } from '../support/bridge'
import { danielReyes, maryKeane, Volunteer, type Person } from '../support/volunteer'

/** Somebody whom neither the practice letters nor any example in the app's own pages names. */
const whitfield: Person = { ...danielReyes, number: '448215', name: 'Thomas Whitfield' }

const word = (): string => Array.from({ length: 10 }, () => String.fromCharCode(97 + randomInt(26))).join('')

const made = () => ({
  password: `Kq7${word()}`,
  wrongPassword: `Xn2${word()}`,
  answers: [`ansone${word()}`, `anstwo${word()}`, `ansthree${word()}`] as const,
  card: '378282246310005',
  subject: `subject ${word()}`,
  message: `Dear Thomas, ${word()} came home.`,
  discarded: `Thrown away: ${word()}.`,
  replaced: `Struck out: ${word()}.`,
  lastWords: `Typed just before the end: ${word()}.`,
  search: `seek${word()}`
})
type Typed = ReturnType<typeof made>

const listOf = (typed: Typed, printed: string) => [
  ...Object.entries({ ...typed, answers: typed.answers.join('\n') }).flatMap(([name, value]) => value.split('\n').map((text) => ({ name, text }))),
  { name: 'printed recovery code', text: printed },
  { name: 'printed recovery code without dashes', text: printed.replaceAll('-', '') },
  { name: 'name of a contact', text: whitfield.name, knownToService: true }
]

/** The practice shop's page lists its test cards, and the browser keeps that page's code: these bytes are ours, nobody typed them. */
const isOurOwnPage = ({ file, canary }: Hit): boolean => canary === 'card' && file.startsWith(join('browser', 'Code Cache'))

const expectNothingReadable = (app: EpistleApp, typed: Typed, printed: string, when: string): void => {
  const { files, hits } = searchFolders([app.profileDir], listOf(typed, printed))
  expect(
    hits.filter((hit) => !isOurOwnPage(hit)),
    when
  ).toEqual([])
  expect(files, `${when}: the profile was there to be searched`).toBeGreaterThan(10)
}

const signUp = async (mary: Volunteer, typed: Typed): Promise<void> => {
  const [one, two, three] = maryKeane.questions
  if (one === undefined || two === undefined || three === undefined) throw new Error('three questions were due')
  await mary.createAccount({
    password: typed.password,
    questions: [
      [one[0], typed.answers[0]],
      [two[0], typed.answers[1]],
      [three[0], typed.answers[2]]
    ]
  })
  await mary.launchEmessaging()
}

const write = async (mary: Volunteer, typed: Typed): Promise<void> => {
  await mary.compose({ to: whitfield.name, subject: typed.subject, message: typed.discarded })
  await mary.waitUntilStored(typed.discarded)
  await mary.goTo('Drafts')
  await mary.button(`Discard the draft to ${whitfield.name}`).click()
  await mary.compose({ to: whitfield.name, subject: typed.subject, message: typed.replaced })
  await mary.waitUntilStored(typed.replaced)
  await mary.field('Message').fill(typed.message)
  await mary.waitUntilStored(typed.message)
  await mary.send()
}

test('nothing that was typed can be read in any file: while it runs, after a crash, and after a polite end', async ({ startApp }) => {
  test.setTimeout(180_000)
  const typed = made()
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  await signUp(mary, typed)
  const { code: printed } = await must(mary.page, 'account.newRecoveryCode', { password: typed.password })

  await test.step('a search that finds nobody, a contact, a card, letters', async () => {
    await mary.goTo('Contacts')
    await mary.addContactControl.click()
    await mary.findPerson({ ...whitfield, number: typed.search })
    await mary.addContact(whitfield)
    await mary.purchaseStamps({ contact: whitfield.name, card: { number: typed.card, expiry: '11/30', code: '7305', name: 'Mary Keane' } })
    await write(mary, typed)
    await mary.fastForward('1 week')
    expectNothingReadable(app, typed, printed, 'with everything open')
  })
  await test.step('a wrong password, the right one, and words at the moment of the crash', async () => {
    await mary.signOut()
    await mary.trySignIn(maryKeane.email, typed.wrongPassword)
    await expect(mary.page.getByRole('alert')).toBeVisible()
    await mary.trySignIn(maryKeane.email, typed.password)
    await expect(mary.heading('Home')).toBeVisible()
    await mary.compose({ to: whitfield.name, subject: typed.subject, message: typed.lastWords })
    await mary.waitUntilStored(typed.lastWords)
    await app.kill()
    expectNothingReadable(app, typed, printed, 'after the crash')
  })
  await test.step('a new start, and a polite end', async () => {
    await app.restart()
    await mary.trySignIn(maryKeane.email, typed.password)
    await mary.button('Later').click()
    await mary.continueLetter()
    await expect(mary.field('Message')).toHaveValue(typed.lastWords)
    await app.close()
    expectNothingReadable(app, typed, printed, 'after the end')
  })
  await test.step('the search can see: one planted word is found', () => {
    writeFileSync(join(app.profileDir, 'browser', 'planted'), `x${typed.message}x`)
    const { hits } = searchFolders([app.profileDir], listOf(typed, printed))
    expect(hits.filter((hit) => !isOurOwnPage(hit)).map(({ file, canary }) => [file, canary])).toEqual([[join('browser', 'planted'), 'message']])
  })
})
