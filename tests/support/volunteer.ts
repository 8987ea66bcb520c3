/** A volunteer at the PC: what a person does, in the words the screens say (product.md, Screens and their words). */
import { expect, type Locator, type Page } from 'playwright/test'
import { must } from './bridge'

export type Account = {
  readonly email: string
  readonly password: string
  readonly firstName: string
  readonly lastName: string
  readonly questions: readonly (readonly [question: string, answer: string])[]
  readonly street: string
  readonly city: string
  readonly state: string
  readonly zip: string
  readonly phone: string
  readonly passcode: string
  readonly verificationCode: string
}

/** Satisfies every rule of the sign-up. */
export const maryKeane: Account = {
  email: 'mary.keane@parish.org',
  password: 'Lantern7oak',
  firstName: 'Mary',
  lastName: 'Keane',
  questions: [
    ['What was the name of your first school?', 'Saint Brigid'],
    ['On what street did you grow up?', 'Alder Lane'],
    ['What is the name of your favorite pet?', 'Biscuit']
  ],
  street: '12 Chapel Road',
  city: 'Austin',
  state: 'Texas',
  zip: '78701',
  phone: '(512) 555-0142',
  passcode: '4813',
  verificationCode: 'PSALM'
}

export type Person = { readonly number: string; readonly name: string; readonly state: string; readonly facility: string }
export const danielReyes: Person = { number: '448213', name: 'Daniel Reyes', state: 'Texas', facility: 'Cedar State' }

export type Purchase = {
  readonly contact: string
  readonly package: string
  readonly card: { readonly number: string; readonly expiry: string; readonly code: string; readonly name: string }
  readonly billing: { readonly street: string; readonly city: string; readonly state: string; readonly zip: string }
}

export const twentyStamps: Purchase = {
  contact: danielReyes.name,
  package: '20 Stamps Package',
  card: { number: '4242 4242 4242 4242', expiry: '11/30', code: '123', name: 'Mary Keane' },
  billing: { street: '12 Chapel Road', city: 'Austin', state: 'Texas', zip: '78701' }
}

export type LetterText = { readonly to: string; readonly subject: string; readonly message: string }

export class Volunteer {
  readonly #page: () => Page

  /** @param page asked anew for every step, so that a restart of the app needs no new volunteer */
  constructor(page: () => Page) {
    this.#page = page
  }

  get page(): Page {
    return this.#page()
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true })
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name })
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('alertdialog', { name })
  }

  /** In a narrow window the navigation is behind a button. */
  async openMenu(): Promise<void> {
    const menu = this.button('Menu')
    if ((await menu.isVisible()) && (await menu.getAttribute('aria-expanded')) === 'false') await menu.click()
  }

  /** A place in the navigation. */
  async goTo(place: 'Inbox' | 'Compose' | 'Drafts' | 'Outbox' | 'Sent Messages' | 'Contacts' | 'Purchase Stamps' | 'Home' | 'Settings' | 'Help'): Promise<void> {
    await this.openMenu()
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()
  }

  /** Steps 1 to 8 of the cheat sheet, from the start screen to Home. */
  async createAccount(change: Partial<Account> = {}): Promise<Account> {
    const account = { ...maryKeane, ...change }
    await this.button('Create an Account').click()
    await this.fillSignIn(account)
    await this.button('Next').click()
    await this.fillQuestions(account)
    await this.button('Next').click()
    await this.fillPerson(account)
    await this.button('Submit').click()
    await expect(this.heading('Home')).toBeVisible()
    return account
  }

  async fillSignIn(account: Account): Promise<void> {
    await this.field('Email').fill(account.email)
    await this.field('Confirm email').fill(account.email)
    await this.field('Password').fill(account.password)
    await this.field('Confirm password').fill(account.password)
    await this.field('I have read and agree to the Terms and Conditions').check()
  }

  async fillQuestions(account: Account): Promise<void> {
    for (const [index, [question, answer]] of account.questions.entries()) {
      await this.field(`Security question ${index + 1}`).selectOption({ label: question })
      await this.field(`Answer ${index + 1}`).fill(answer)
    }
  }

  async fillPerson(account: Account): Promise<void> {
    await this.field('First name').fill(account.firstName)
    await this.field('Last name').fill(account.lastName)
    await this.field('Street address').fill(account.street)
    await this.field('City').fill(account.city)
    await this.field('State').selectOption({ label: account.state })
    await this.field('ZIP code').fill(account.zip)
    await this.field('Phone number').fill(account.phone)
    await this.field('Passcode').fill(account.passcode)
    await this.field('Confirm passcode').fill(account.passcode)
    await this.field('Verification code').fill(account.verificationCode)
  }

  /** From the start screen; an account known on this PC is chosen by its tile. What a crash left open waits for later. */
  async signIn(account: Pick<Account, 'email' | 'password'> & Partial<Pick<Account, 'firstName' | 'lastName'>> = maryKeane): Promise<void> {
    await this.arrive(account)
    if (await this.heading(/^Epistle closed unexpectedly/).isVisible()) await this.button('Later').click()
    await expect(this.heading('Home')).toBeVisible()
  }

  /** As `signIn`, and stays on whatever screen comes first. */
  async arrive(account: Pick<Account, 'email' | 'password'> = maryKeane): Promise<void> {
    await this.button('Sign In').click()
    await this.field('Email').fill(account.email)
    await this.field('Password').fill(account.password)
    await this.button('Sign In').click()
    await expect(this.heading(/^(Home$|Epistle closed unexpectedly)/)).toBeVisible()
  }

  async signOut(): Promise<void> {
    await this.button('Sign out').click()
  }

  /** The sign-in screen filled in and sent, whatever comes of it. */
  async trySignIn(email: string, password: string): Promise<void> {
    const form = this.heading('Sign In')
    await expect(form.or(this.heading(/^(Welcome to Epistle|Who is writing today\?)$/))).toBeVisible()
    if (!(await form.isVisible())) await this.button('Sign In').click()
    await expect(form).toBeVisible()
    await this.field('Email').fill(email)
    await this.field('Password').fill(password)
    await this.button('Sign In').click()
  }

  /** One of the four pages about one's own account. */
  async goToAccount(place: 'Profile' | 'Security' | 'Activity' | 'Devices', name = `${maryKeane.firstName} ${maryKeane.lastName}`): Promise<void> {
    await this.page.getByRole('banner').getByRole('link', { name, exact: true }).click()
    await this.page.getByRole('navigation', { name: 'Account pages' }).getByRole('link', { name: place, exact: true }).click()
    await expect(this.heading({ Profile: 'Account', Security: 'Security', Activity: 'Activity', Devices: 'This PC and others' }[place])).toBeVisible()
  }

  async goToCoordinator(part: 'People' | 'Rules' | 'Lost passwords'): Promise<void> {
    await this.openMenu()
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Coordinator', exact: true }).click()
    await this.page.getByRole('navigation', { name: 'Coordinator pages' }).getByRole('link', { name: part, exact: true }).click()
  }

  /** "Is it really you?": the password in a dialog that is open. */
  async confirmWithPassword(title: string, button: string, password = maryKeane.password): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: title })
    await dialog.getByLabel('Your password', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: button, exact: true }).click()
  }

  /** What a dialog shows this once, and puts it away. */
  async takeOnceShown(title: string): Promise<string> {
    const dialog = this.page.getByRole('dialog', { name: title })
    await expect(dialog).toBeVisible()
    const code = (await dialog.locator('[translate="no"]').first().innerText()).trim().replace(/\s+/gu, '-')
    await dialog.getByRole('button', { name: 'I have printed it' }).click()
    await expect(dialog).toBeHidden()
    return code
  }

  /** Reads the newest message with this subject in the Service post, which is open; the code in it. */
  async readCode(subject: string | RegExp): Promise<string> {
    await expect(this.heading('Service post')).toBeVisible()
    await this.page.getByRole('main').getByRole('listitem').filter({ hasText: subject }).first().getByRole('button').click()
    return (await this.page.getByRole('article').getByRole('code').first().innerText()).trim()
  }

  /** What a sign-in that came from a coordinator owes: the Terms, then a password of one's own. */
  async fulfilDuties(newPassword: string): Promise<void> {
    await this.button('I have read and agree').click()
    await expect(this.heading('Choose a new password')).toBeVisible()
    await this.field('New password').fill(newPassword)
    await this.field('Confirm new password').fill(newPassword)
    await this.button('Set the new password').click()
  }

  /** Practice mode: a ready account with stamps, contacts and letters. */
  async practise(): Promise<void> {
    await this.button('Practice with pretend letters').click()
    await expect(this.heading('Home')).toBeVisible()
  }

  /** Step 9: `Launch`, and the terms the first time. */
  async launchEmessaging(): Promise<void> {
    await this.button('Launch').click()
    const agree = this.button('I agree')
    await expect(agree.or(this.page.getByRole('link', { name: 'Compose', exact: true }))).toBeVisible()
    if (await agree.isVisible()) await agree.click()
    await expect(this.page.getByRole('link', { name: 'Compose', exact: true })).toBeVisible()
  }

  /** Step 10. */
  async addContact(person: Person = danielReyes): Promise<void> {
    await this.goTo('Contacts')
    await this.addContactControl.click()
    await this.findPerson(person)
    await this.button('Add').first().click()
    await this.expectAdded(person)
  }

  /** The search result says so in its row. */
  async expectAdded(person: Person = danielReyes): Promise<void> {
    await expect(this.row(person.number)).toContainText('In your contacts')
  }

  /** "Add Contact" is the one primary act of the Contacts screen, whether it is drawn as a link or as a button. */
  get addContactControl(): Locator {
    return this.button('Add Contact').or(this.page.getByRole('link', { name: 'Add Contact', exact: true })).first()
  }

  async findPerson(person: Pick<Person, 'number' | 'state' | 'facility'>): Promise<void> {
    await this.field('Name or ID number').fill(person.number)
    await this.field('State').selectOption({ label: person.state })
    await this.field('Facility').selectOption({ label: person.facility })
    await this.button('Search').click()
  }

  /** Step 11, to the receipt: contact, package, card and billing, review, `Confirm`. */
  async purchaseStamps(change: Partial<Purchase> = {}): Promise<void> {
    const purchase = { ...twentyStamps, ...change }
    await this.goToCard(purchase)
    await this.fillCard(purchase)
    await this.button('Next').click()
    await expect(this.heading('Check and confirm')).toBeVisible()
    await this.button('Confirm').click()
    await expect(this.heading('Receipt')).toBeVisible()
  }

  /** The first two pages of a purchase. */
  async goToCard(purchase: Purchase = twentyStamps): Promise<void> {
    await this.goTo('Purchase Stamps')
    await this.choosePerson('Contact', purchase.contact)
    await this.button('Next').click()
    await this.chooseStamps(purchase)
    await this.button('Next').click()
    await expect(this.heading('Card and billing address')).toBeVisible()
  }

  async chooseStamps(purchase: Purchase): Promise<void> {
    await this.page.getByRole('radio', { name: purchase.package }).check()
  }

  async fillCard({ card, billing }: Purchase): Promise<void> {
    await this.field('Card number').fill(card.number)
    await this.field('Expiry date').fill(card.expiry)
    await this.field('Security code').fill(card.code)
    await this.field('Name on card').fill(card.name)
    await this.field('Street address').fill(billing.street)
    await this.field('City').fill(billing.city)
    await this.field('State').selectOption({ label: billing.state })
    await this.field('ZIP code').fill(billing.zip)
  }

  /** A person in a list that also tells number and facility. */
  async choosePerson(field: 'To' | 'Contact', name: string): Promise<void> {
    const option = this.field(field).locator('option', { hasText: name }).first()
    await expect(option).toBeAttached()
    await this.field(field).selectOption((await option.getAttribute('value')) ?? '')
  }

  /** Step 12: a new letter, written but not sent. */
  async compose(letter: LetterText): Promise<void> {
    await this.goTo('Compose')
    await this.choosePerson('To', letter.to)
    await this.field('Subject').fill(letter.subject)
    await this.field('Message').fill(letter.message)
  }

  async waitUntilSaved(): Promise<void> {
    await expect(this.page.getByText(/^Saved/).first()).toBeVisible()
  }

  /** Until the newest draft on disk has exactly this text ("Saved" may still speak of the save before). */
  async waitUntilStored(message: string): Promise<void> {
    await expect
      .poll(async () => {
        const [newest] = await must(this.page, 'drafts.list', {})
        return newest === undefined ? null : (await must(this.page, 'drafts.open', { draftId: newest.draftId })).body
      })
      .toBe(message)
  }

  /** Step 13, first half: the question about the stamps. */
  async askToSend(): Promise<Locator> {
    await this.button(/^Send( later)?$/).click()
    const dialog = this.dialog(/^(Use \d+ (stamp|credit)s?|Send this letter)\?$/)
    await expect(dialog).toBeVisible()
    return dialog
  }

  /** Step 13: `Send`, `Confirm`. */
  async send(): Promise<void> {
    const dialog = await this.askToSend()
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async writeAndSend(letter: LetterText): Promise<void> {
    await this.compose(letter)
    await this.send()
  }

  /** The letters of Sent Messages. */
  async openSent(subject?: string): Promise<void> {
    await this.goTo('Sent Messages')
    if (subject === undefined) return
    await this.row(subject).getByRole('button').click()
    await expect(this.heading(/^Letter to/)).toBeVisible()
  }

  /** A letter or draft in a list, by what it is about. */
  row(words: string): Locator {
    return this.page.getByRole('main').getByRole('listitem').filter({ hasText: words })
  }

  /** From Home: the letter that was begun last. */
  async continueLetter(): Promise<void> {
    await this.button('Continue your letter').click()
    await expect(this.field('Message')).toBeVisible()
  }

  /** The practice controls in Settings. */
  async setOffline(offline: boolean): Promise<void> {
    await this.goTo('Settings')
    await this.page.getByRole('switch', { name: 'Offline' }).setChecked(offline)
    await expect(this.page.getByRole('contentinfo')).toContainText(offline ? 'Working offline' : 'Online.')
  }

  async fastForward(time: '1 hour' | '1 day' | '1 week'): Promise<void> {
    await this.goTo('Settings')
    await this.button(`Fast-forward ${time}`).click()
    await expect(this.page.getByText(`${time} later.`)).toBeVisible()
  }

  /** What the header says is there to spend: "19 stamps". */
  async expectStamps(words: string): Promise<void> {
    await expect(this.page.getByRole('banner').getByRole('link', { name: words, exact: true })).toBeVisible()
  }

  /** An account, its first contact and stamps: where most letters begin. */
  async settleIn(change: Partial<Account> = {}): Promise<Account> {
    const account = await this.createAccount(change)
    await this.launchEmessaging()
    await this.addContact()
    await this.purchaseStamps()
    return account
  }
}
