/** Each field of the three big forms with what people, and others, type into them: one clear sentence, and nothing is written. */
import { test as fresh } from '../support/app'
import { must } from '../support/bridge'
import { createInspector } from '../support/inspector'
import { readServiceRecords } from '../support/service-records'
import { expect, test } from '../support/settled'
import { danielReyes, maryKeane, twentyStamps, Volunteer } from '../support/volunteer'
import { expectRefused, tryWrong, wrong, type Wrong } from '../support/wrong-input'

const signs = (count: number): string => 'a'.repeat(count)
const nothing = { 'nothing': '', 'spaces': '   ', 'only zero-width signs': '\u200b\u2060' }

const names = (missing: string): readonly Wrong[] => [
  ...wrong(missing, { ...nothing, 'a direction mark': '\u202e' }),
  ...wrong('Enter the name with letters, as on an envelope.', { 'digits': '12345', 'only emoji': '🕊️🕊️', 'dots': '...', 'a bell': '\u0007-' }),
  ...wrong('100 characters is the limit: 1 too many.', { '101 characters': signs(101) }),
  ...wrong('100 characters is the limit: 200 too many.', { '300 characters': signs(300) })
]
const lines = (missing: string, limit: number): readonly Wrong[] => [
  ...wrong(missing, { ...nothing, 'a direction mark': '\u202e', 'a no-break space': '\u00a0' }),
  ...wrong(`${limit} characters is the limit: 1 too many.`, { 'one too many': signs(limit + 1) })
]
const zips = (missing: string): readonly Wrong[] => [
  ...wrong(missing, nothing),
  ...wrong('Enter a ZIP code of 5 digits, like 78701.', { 'letters': 'ABCDE', '4 digits': '7870', '6 digits': '787011', 'a British one': 'SW1A 1AA', 'half a ZIP+4': '78701-12', 'zeros': '00000' }),
  ...wrong('This ZIP code is not in the state you chose. Check both.', { 'New York': '10001' })
]

fresh('sign-up: every field of the three pages', async ({ startApp }) => {
  fresh.slow()
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  await mary.button('Create an Account').click()
  await mary.fillSignIn(maryKeane)

  await fresh.step('page 1', async () => {
    const next = (): Promise<void> => mary.button('Next').click()
    const twin = mary.field('Confirm email')
    await tryWrong(
      {
        field: mary.field('Email'),
        twin,
        good: maryKeane.email,
        entries: wrong('Enter one e-mail address, like name@parish.org.', {
          'nothing': '',
          'spaces': '   ',
          'a letter': 'a',
          'no place': 'a@',
          'no name': '@b.org',
          'no dot': 'a@b',
          'a space inside': 'a b@c.org',
          'two dots': 'a@b..org',
          'two addresses': 'a@b.org, c@d.org',
          '255 characters': `${signs(247)}@b.org.x`,
          'a tag': '<script>@b.org'
        })
      },
      next
    )
    await tryWrong(
      {
        field: twin,
        good: maryKeane.email,
        entries: wrong('The two addresses differ.', {
          'another one': 'mary.kean@parish.org',
          'other capitals': 'Mary.Keane@parish.org',
          'nothing': '',
          'a Cyrillic look-alike': 'm\u0430ry.keane@parish.org'
        })
      },
      next
    )
    await tryWrong(
      {
        field: mary.field('Password'),
        twin: mary.field('Confirm password'),
        good: maryKeane.password,
        entries: [
          ...wrong('Choose a password.', { 'nothing': '', 'only spaces': '          ' }),
          ...wrong('Use at least 8 characters (you have 7).', { '7 characters': 'Lamp7ok' }),
          ...wrong('Use at least one number (0 to 9).', { 'no digit': 'Lanternoak' }),
          ...wrong('Use at least one capital letter (A to Z).', { 'no capital': 'lantern7oak', '11 emoji': '🕯️'.repeat(11) }),
          ...wrong('Use at least one small letter (a to z).', { 'no small letter': 'LANTERN7OAK' }),
          ...wrong('Use at most 64 characters.', { '129 characters': `L7${signs(127)}` }),
          ...wrong('Too common: thieves try this one first.', { 'on the blocklist': 'Password1' }),
          ...wrong('Leave your e-mail address out of the password.', { 'the address': 'Mary.Keane7' })
        ]
      },
      next
    )
    await tryWrong({ field: mary.field('Confirm password'), good: maryKeane.password, entries: wrong('The two passwords differ.', { 'a slip': 'Lantern7oka', 'nothing': '' }) }, next)

    const terms = mary.field('I have read and agree to the Terms and Conditions')
    await terms.uncheck()
    await next()
    await expectRefused(terms, 'Please read and accept the Terms.')
    await expect(mary.field('Email')).toHaveValue(maryKeane.email)
    await terms.check()
    await next()
  })

  await fresh.step('page 2', async () => {
    const next = (): Promise<void> => mary.button('Next').click()
    await expect(mary.heading('Security questions')).toBeVisible()
    await next()
    for (const number of [1, 2, 3]) await expectRefused(mary.field(`Security question ${number}`), 'Choose a question from the list.')
    await mary.fillQuestions(maryKeane)
    const [[question, answer] = ['', '']] = maryKeane.questions
    await expect(mary.field('Security question 2').getByRole('option', { name: question }), 'a question is offered once').toHaveCount(0)
    await tryWrong(
      {
        field: mary.field('Answer 3'),
        good: maryKeane.questions[2]?.[1] ?? '',
        entries: [
          ...wrong('Type an answer to this question.', nothing),
          ...wrong('The answer may not repeat the question.', { 'the question': question, 'the question in capitals, without its mark': question.toUpperCase().replace('?', '') }),
          ...wrong('The answer may not be your password.', { 'the password': maryKeane.password }),
          ...wrong('Use an answer of at least 2 letters.', { 'a letter': 'x' }),
          ...wrong('200 characters is the limit: 1 too many.', { '201 characters': signs(201) }),
          ...wrong('Choose three different questions and answers.', { 'the first answer': answer, 'the first answer in capitals': answer.toUpperCase() })
        ]
      },
      next
    )
    await next()
  })

  await fresh.step('page 3', async () => {
    const submit = (): Promise<void> => mary.button('Submit').click()
    await expect(mary.heading('Contact information')).toBeVisible()
    await mary.fillPerson(maryKeane)
    const passcode = 'Passcode: 4 digits, not 0000 or 1234, typed twice.'
    const trials = [
      { label: 'First name', good: maryKeane.firstName, entries: names('Enter your first name.') },
      { label: 'Last name', good: maryKeane.lastName, entries: names('Enter your last name.') },
      { label: 'Street address', good: maryKeane.street, entries: lines('Enter your street address.', 200) },
      { label: 'City', good: maryKeane.city, entries: lines('Enter your city.', 100) },
      { label: 'ZIP code', good: maryKeane.zip, entries: zips('Enter your ZIP code.') },
      {
        label: 'Phone number',
        good: maryKeane.phone,
        entries: [
          ...wrong('Enter your phone number.', nothing),
          ...wrong('Enter a phone number with area code, like (512) 555-0142.', {
            'no area code': '555-0142',
            'words': 'call me',
            'a digit too many': '512 555 01420',
            'an emergency': '911',
            'an extension': '512 555 0142 ext. 5',
            'half of it': '(512',
            'emoji': '☎️'
          })
        ]
      },
      { label: 'Verification code', good: maryKeane.verificationCode, entries: wrong('Enter the verification code.', nothing) }
    ] as const
    for (const { label, good, entries } of trials) await tryWrong({ field: mary.field(label), good, entries }, submit)
    await tryWrong(
      {
        field: mary.field('Passcode'),
        twin: mary.field('Confirm passcode'),
        good: maryKeane.passcode,
        entries: wrong(passcode, {
          '3 digits': '481',
          '5 digits': '48131',
          'letters': 'abcd',
          'Arabic digits': '٤٨١٣',
          'full-width digits': '４８１３',
          '0000': '0000',
          '1234': '1234',
          'nothing': '',
          'a space inside': '48 3',
          'a space behind': '4813 '
        })
      },
      submit
    )
    await tryWrong({ field: mary.field('Confirm passcode'), good: maryKeane.passcode, entries: wrong(passcode, { 'a slip': '4831', 'nothing': '' }) }, submit)

    await mary.field('State').selectOption('')
    await submit()
    await expectRefused(mary.field('State'), 'Choose your state.')
    await mary.field('State').selectOption({ label: maryKeane.state })

    await tryWrong(
      {
        field: mary.field('Verification code'),
        good: maryKeane.verificationCode,
        entries: wrong('These are not the signs in the picture. Look at the new picture and type them again.', { 'other signs': 'CREED' }),
        cleared: ['Verification code']
      },
      submit
    )
  })

  await fresh.step('a password that holds the name is known only now: page 1 opens and says so', async () => {
    await mary.field('Last name').fill('Whitcombe')
    await mary.button('Back').click()
    await expect(mary.heading('Security questions')).toBeVisible()
    await mary.button('Back').click()
    await mary.field('Password').fill('Whitcombe7')
    await mary.field('Confirm password').fill('Whitcombe7')
    await mary.button('Next').click()
    await expect(mary.heading('Security questions')).toBeVisible()
    await mary.button('Next').click()
    await mary.button('Submit').click()
    await expect(mary.heading('Create an Account')).toBeVisible()
    await expectRefused(mary.field('Password'), 'Leave your name out of the password.')
  })

  await app.close()
  expect(readServiceRecords(app.profileDir).accounts).toEqual([])
})

fresh('sign-up without the line: said where one is, nothing typed is lost, and Submit works when the line is back', async ({ startApp }) => {
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  await must(app.page, 'practice.set', { offline: true })
  await mary.button('Create an Account').click()
  await mary.fillSignIn(maryKeane)
  await mary.button('Next').click()
  await mary.fillQuestions(maryKeane)
  await mary.button('Next').click()
  const said = mary.page.getByRole('main')
  await expect(said).toContainText('The service cannot be reached now.')
  await mary.fillPerson(maryKeane)
  await mary.button('Submit').click()
  await expect(said.getByRole('alert')).toContainText('The service cannot be reached now.')
  await expect(mary.field('Street address')).toHaveValue(maryKeane.street)
  await must(app.page, 'practice.set', { offline: false })
  await mary.field('Verification code').fill(maryKeane.verificationCode)
  await mary.button('Submit').click()
  await expect(mary.heading('Home')).toBeVisible()
})

test('sign-up with an address that is taken, or looks like one: the same words as for a new one, and no account', async ({ startDesk }) => {
  const { app, mary, profileDir } = await startDesk({ signIn: false })
  const inspector = createInspector(app)
  for (const email of [maryKeane.email.toUpperCase(), 'm\u0430ry.keane@parish.org']) {
    await mary.button('Create an Account').click()
    await mary.fillSignIn({ ...maryKeane, email })
    await mary.button('Next').click()
    await mary.fillQuestions(maryKeane)
    await mary.button('Next').click()
    await mary.fillPerson({ ...maryKeane, firstName: 'Somebody' })
    await mary.button('Submit').click()
    await expect(mary.heading('Check your e-mail to continue.')).toBeVisible()
    await inspector.look('check your e-mail')
    await mary.button('Sign In').click()
    await mary.button('Choose another name').click()
  }
  inspector.expectNothingFound()
  await app.close()
  expect(readServiceRecords(profileDir).accounts).toEqual([{ email: maryKeane.email }])
})

test('sign-in: one sentence for everything that does not fit, and the third failure locks', async ({ startDesk }) => {
  const { app, mary } = await startDesk({ signIn: false })
  const refused = 'That e-mail and password do not match.'
  const signIn = async (email: string, password: string): Promise<void> => {
    await mary.field('Email').fill(email)
    await mary.field('Password').fill(password)
    await mary.button('Sign In').click()
  }
  await mary.button('Sign In').click()
  const attempts: readonly (readonly [email: string, password: string])[] = [
    ['', maryKeane.password],
    ['nobody@parish.org', ''],
    ['somebody@parish.org', maryKeane.password],
    ["' OR 1=1--", "' OR 1=1--"],
    ['{"email":"mary.keane@parish.org"}', '{}'],
    ['long@parish.org', 'x'.repeat(10_000)],
    ['nul@parish.org', 'Lantern\u00007oak'],
    ['emoji@parish.org', '🕯️🕯️🕯️🕯️🕯️🕯️🕯️🕯️'],
    ['rtl@parish.org', '\u202eLantern7oak'],
    [maryKeane.email, maryKeane.password.toUpperCase()],
    [maryKeane.email, `${maryKeane.password} `]
  ]
  for (const [email, password] of attempts) {
    await signIn(email, password)
    await expect(mary.page.getByRole('alert').getByText(refused)).toBeVisible()
    await expect(mary.field('Password')).toHaveValue('')
    await expect(mary.field('Password')).toBeFocused()
    await expect(mary.field('Email')).toHaveValue(email)
  }
  await expect(mary.page.getByText('One try left.')).toBeVisible()
  await signIn(maryKeane.email, 'Lantern8oak')
  await expect(mary.page.getByText(/^Locked for 15 minutes, or ask your coordinator\.$/)).toBeVisible()
  await signIn(maryKeane.email, maryKeane.password)
  await expect(mary.page.getByText(/^Locked for 15 minutes, or ask your coordinator\.$/)).toBeVisible()
  await expect(mary.heading('Sign In')).toBeVisible()
  await app.close()
})

test('card and billing address: every field', async ({ startDesk }) => {
  test.slow()
  const { app, mary, profileDir } = await startDesk()
  await mary.goToCard()
  const next = (): Promise<void> => mary.button('Next').click()
  await mary.button('Next').click()
  await expect(mary.page.getByRole('alert').getByRole('link')).not.toHaveCount(0)

  await mary.fillCard(twentyStamps)
  const { card, billing } = twentyStamps
  const refill = (): Promise<void> => mary.field('Security code').fill(card.code)
  const cleared = ['Security code']
  const number = mary.field('Card number')
  const now = new Date()
  const monthsAway = (months: number): string => {
    const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1))
    return `${String(day.getUTCMonth() + 1).padStart(2, '0')}/${day.getUTCFullYear()}`
  }
  const trials = [
    {
      label: 'Card number',
      good: card.number,
      entries: [
        ...wrong('Check the card number.', {
          'nothing': '',
          '12 digits': '4242 4242 4242',
          '20 digits': '4242 4242 4242 4242 4242',
          'letters': 'forty-two forty-two',
          'one digit wrong': '4242 4242 4242 4241',
          'pasted with words': 'card: 4242 4242 4242 4242',
          'dots': '4242.4242.4242.4242',
          'only zero-width signs': '\u200b\u200b'
        }),
        ...wrong('This is a practice shop. Use test card 4242 4242 4242 4242.', { 'one that looks real': '4539 1488 0343 6467', 'another': '5425 2334 3010 9903' })
      ]
    },
    {
      label: 'Expiry date',
      good: card.expiry,
      entries: wrong('Expiry is month/year, not in the past.', {
        'nothing': '',
        'month 13': '13/30',
        'month 0': '00/30',
        'last month': monthsAway(-1),
        'in 21 years': monthsAway(21 * 12),
        'one digit each': '1/3',
        'words': 'next year',
        'no year': '11/',
        'year first': '2030/11',
        'a fraction': '1.5/30'
      })
    },
    { label: 'Name on card', good: card.name, entries: names('Enter the name on the card.') },
    { label: 'Street address', good: billing.street, entries: lines('Enter the street address of the card.', 200) },
    { label: 'City', good: billing.city, entries: lines('Enter the city.', 100) },
    { label: 'ZIP code', good: billing.zip, entries: zips('Enter the ZIP code.') }
  ] as const
  for (const { label, good, entries } of trials) await tryWrong({ field: mary.field(label), good, entries, cleared, refill }, next)

  await tryWrong(
    {
      field: mary.field('Security code'),
      good: card.code,
      cleared,
      entries: wrong('3 or 4 digits on the card.', {
        'nothing': '',
        '2 digits': '12',
        '5 digits': '12345',
        '4 digits for a Visa': '1234',
        'letters': 'abc',
        'spaces': '   ',
        'a letter among digits': '12a',
        'Arabic digits': '١٢٣',
        'a sign': '-12',
        'a point': '1.2'
      })
    },
    next
  )
  await number.fill('3782 822463 10005')
  await tryWrong({ field: mary.field('Security code'), good: card.code, cleared, entries: wrong('3 or 4 digits on the card.', { 'three digits for an American Express': '123' }) }, next)
  await number.fill(card.number)

  await test.step('what may be typed: full-width digits, no spaces', async () => {
    await number.fill('４２４２４２４２４２４２４２４２')
    await mary.button('Next').click()
    await expect(mary.heading('Check and confirm')).toBeVisible()
  })
  await app.close()
  const service = readServiceRecords(profileDir)
  expect(service.purchases).toHaveLength(1)
  expect(service.balance).toBe(20)
})

test('compose: every field, and nothing is sent', async ({ startDesk }) => {
  const { app, mary, profileDir } = await startDesk()
  const { page } = mary
  const good = { to: danielReyes.name, subject: 'A letter', message: 'Dear Daniel,\n\na few words.' }
  // Texts this long do not become short ones unasked; here the shorter one is always meant.
  const loss = page.getByRole('alertdialog', { name: /would go\. Keep them\?$/ })
  const useIt = loss.getByRole('button', { name: /^Use the (shorter|new) text$/ })
  await page.addLocatorHandler(loss, () => useIt.click())
  const send = async (): Promise<void> => {
    await mary.button('Send').click()
    // The question may come with the save that Send begins with; then Send is pressed again.
    await page.waitForTimeout(400)
    if (await useIt.isVisible()) await mary.button('Send').click()
  }

  await test.step('nobody chosen, nothing written', async () => {
    await mary.goTo('Compose')
    await send()
    await expectRefused(mary.field('To'), 'Choose who the letter is for.')
    await expectRefused(mary.field('Subject'), 'Write a subject, a few words are enough.')
    await expectRefused(mary.field('Message'), 'Write something before sending.')
    await mary.choosePerson('To', good.to)
    await mary.field('Subject').fill(good.subject)
  })
  await test.step('Message', async () => {
    await tryWrong(
      {
        field: mary.field('Message'),
        good: good.message,
        entries: wrong('Write something before sending.', {
          'spaces': '     ',
          'empty lines': '\n\n\n',
          'tabs': '\t\t',
          'only zero-width signs': '\u200b\u2060\ufeff',
          'no-break spaces': '\u00a0\u00a0',
          'direction marks': '\u202e\u202c',
          'a soft hyphen': '\u00ad'
        })
      },
      send
    )
    await tryWrong(
      {
        field: mary.field('Message'),
        good: good.message,
        entries: [
          ...wrong('20,000 characters is the limit: 1 too many (marked).', { 'one too many': signs(20_001) }),
          ...wrong('20,000 characters is the limit: 80,000 too many (marked).', { 'one very long word': signs(100_000) }),
          ...wrong('20,000 characters is the limit: 1 too many (marked).', { 'emoji count once': '🕯'.repeat(20_001) })
        ]
      },
      send
    )
  })
  await test.step('Subject', async () => {
    await tryWrong(
      {
        field: mary.field('Subject'),
        good: good.subject,
        entries: [
          ...wrong('Write a subject, a few words are enough.', { ...nothing, 'no-break spaces': '\u00a0', 'a direction mark': '\u202e', 'a soft hyphen': '\u00ad' }),
          ...wrong('200 characters is the limit: 1 too many.', { '201 characters': signs(201) }),
          ...wrong('200 characters is the limit: 1,800 too many.', { '2,000 characters': signs(2_000) })
        ]
      },
      send
    )
  })
  await test.step('To', async () => {
    await mary.field('To').selectOption('')
    await send()
    await expectRefused(mary.field('To'), 'Choose who the letter is for.')
    await expect(mary.field('Message')).toHaveValue(good.message)
    await mary.choosePerson('To', good.to)
  })
  await test.step('five million signs: kept on the screen, refused by name, the rest is saved', async () => {
    const flood = 'The Lord is my shepherd. '.repeat(200_000)
    await mary.field('Message').fill(flood)
    await mary.field('Subject').fill('Far too long')
    await expect(page.getByText('Not saved: this text is far too long for a letter.')).toBeVisible()
    await expect.poll(async () => (await must(page, 'drafts.list', {}))[0]?.subject).toBe('Far too long')
    expect((await mary.field('Message').inputValue()).length).toBe(flood.length)
    await mary.field('Message').fill(good.message)
    await mary.waitUntilStored(good.message)
  })
  await test.step('what looks dangerous is a letter like any other, as plain text', async () => {
    const hostile = `<script>alert(1)</script> <img src=x onerror=alert(1)> javascript:alert(1) {{7*7}} ' OR 1=1-- \u202Eabc\u202C Z\u0351\u036b\u0343\u032aalgo`
    await mary.field('Message').fill(hostile)
    await mary.field('Subject').fill('<b>bold</b> =cmd()')
    await mary.send()
    await mary.openSent('<b>bold</b> =cmd()')
    await expect(page.getByRole('main')).toContainText("<script>alert(1)</script> <img src=x onerror=alert(1)> javascript:alert(1) {{7*7}} ' OR 1=1--")
  })
  await app.close()
  expect(readServiceRecords(profileDir).letters).toHaveLength(1)
})

test('the directory: nothing typed is an error, odd signs find nobody', async ({ startDesk }) => {
  const { mary } = await startDesk()
  await mary.goTo('Contacts')
  await mary.addContactControl.click()
  await mary.button('Search').click()
  await expectRefused(mary.field('Name or ID number'), 'Type at least 2 letters of the name, or the whole number.')
  await expectRefused(mary.field('State'), 'Choose a state from the list.')
  await expectRefused(mary.field('Facility'), 'Choose a facility from the list.')
  for (const number of ['%', '_', "'", '"', '*', 'NEAR(', '\u202e\u202e', '=cmd()', 'x'.repeat(1_000), '999999999']) {
    await mary.findPerson({ ...danielReyes, number })
    await expect(mary.page.getByRole('status').getByText('No matches.').or(mary.page.getByRole('alert').getByText('Type at least 2 letters')).first()).toBeVisible()
    await expect(mary.row('Add')).toHaveCount(0)
  }
})
