/**
 * The tour: the thirteen steps of the diocesan cheat sheet in the real app, on a fresh profile, with a picture of each.
 * Exit code 0 only if the letter is in Sent Messages and in the service's own records.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { _electron } from 'playwright'
import { electronExecutable, electronFlags } from './runtime/electron.mjs'
import { projectFolder } from './runtime/folders.mjs'
import { waitForPlaywright } from './testing/driven.mjs'

const pictures = join(projectFolder, 'tour')
const letterFile = join(projectFolder, 'tests/fixtures/texts/psalms-kjv.txt')

/** Psalm 121, the one Daniel asked for, as the fixture has it. */
function psalm121() {
  const text = readFileSync(letterFile, 'utf8')
  const start = text.search(/I will lift up mine eyes unto the hills/)
  return text.slice(start, start + 900).split(/\n\s*\n/)[0].trim()
}

const letter = {
  subject: 'The psalm you asked about',
  body: `Dear Daniel,\n\nThank you for your letter. You asked which psalm we ended with. I copied it out for you below.\n\n${psalm121()}\n\nYour friend,\nMaria`
}

/** Every step of the sheet: its number, what it is called, and what a hand does. */
const steps = [
  ['Open Epistle', async (page) => {
    await page.getByRole('heading', { level: 1 }).waitFor()
  }],
  ['Find Sign In', async (page) => {
    await page.getByRole('button', { name: 'Sign In', exact: true }).or(page.getByRole('link', { name: 'Sign In', exact: true })).first().waitFor()
  }],
  ['Create an Account', async (page) => {
    await press(page, 'Create an Account')
    await page.getByLabel('Email', { exact: true }).waitFor()
  }],
  ['Email, twice', async (page) => {
    await page.getByLabel('Email', { exact: true }).fill('maria.delgado@parish.example')
    await page.getByLabel('Confirm email', { exact: true }).fill('maria.delgado@parish.example')
  }],
  ['Password, twice', async (page) => {
    await page.getByLabel('Password', { exact: true }).fill('Lantern7oak')
    await page.getByLabel('Confirm password', { exact: true }).fill('Lantern7oak')
  }],
  ['Terms and Conditions', async (page) => {
    await page.getByLabel('I have read and agree to the Terms and Conditions').check()
    await shot(page, 6)
    await press(page, 'Next')
    await page.getByLabel('Answer 1').waitFor()
  }],
  ['Three security questions', async (page) => {
    const answers = ['Saint Brigid Primary', 'Alder Lane', 'Biscuit']
    for (const [index, answer] of answers.entries()) {
      await page.getByLabel(`Security question ${index + 1}`).selectOption({ index: index + 3 })
      await page.getByLabel(`Answer ${index + 1}`).fill(answer)
    }
    await shot(page, 7)
    await press(page, 'Next')
  }],
  ['Contact information, passcode, verification code', async (page) => {
    const fields = {
      'First name': 'Maria',
      'Last name': 'Delgado',
      'Street address': '12 Chapel Road',
      City: 'Austin',
      'ZIP code': '78701',
      'Phone number': '512 555 0142',
      Passcode: '4827',
      'Confirm passcode': '4827',
      'Verification code': 'PSALM'
    }
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
    await page.getByLabel('State', { exact: true }).selectOption('TX')
    await shot(page, 8)
    await press(page, 'Submit')
    await page.getByRole('heading', { name: 'eMessaging' }).first().waitFor()
  }],
  ['Launch eMessaging', async (page) => {
    await press(page, 'Launch')
    await press(page, 'I agree')
    await page.getByRole('link', { name: 'Contacts', exact: true }).waitFor()
  }],
  ['Add Daniel Reyes to the contacts', async (page) => {
    await press(page, 'Contacts')
    await press(page, 'Add Contact')
    await page.getByLabel('Name or ID number').fill('448213')
    await page.getByLabel('State', { exact: true }).selectOption('TX')
    await page.getByLabel('Facility', { exact: true }).selectOption({ label: 'Cedar State' })
    await press(page, 'Search')
    await page.getByText('Daniel Reyes').first().waitFor()
    await shot(page, 10)
    await press(page, 'Add')
    await page.getByText(/Daniel Reyes/).first().waitFor()
  }],
  ['Purchase Stamps', async (page) => {
    await press(page, 'Purchase Stamps')
    await buyTwenty(page)
  }],
  ['Compose', async (page) => {
    await press(page, 'Compose')
    const to = page.getByLabel('To', { exact: true })
    await to.selectOption(await optionWith(to, 'Daniel Reyes'))
    await page.getByLabel('Subject', { exact: true }).fill(letter.subject)
    await page.getByLabel('Message', { exact: true }).fill(letter.body)
    await page.getByText(/^Saved \d/).first().waitFor()
  }],
  ['Send, Confirm, Sent Messages', async (page) => {
    await press(page, 'Send')
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByText('Use 1 stamp?').waitFor()
    await shot(page, 13, 'confirm')
    await press(page, 'Confirm')
    await press(page, 'Sent Messages')
    await page.getByText(letter.subject).first().waitFor()
  }]
]

/** The option of a select whose words contain `words`. */
async function optionWith(select, words) {
  const value = await select.locator('option', { hasText: words }).first().getAttribute('value')
  return value ?? ''
}

async function buyTwenty(page) {
  await page.getByRole('heading', { level: 1, name: 'Purchase Stamps' }).waitFor()
  const contact = page.getByLabel('Contact', { exact: true })
  await contact.selectOption(await optionWith(contact, 'Daniel Reyes'))
  await press(page, 'Next')
  await page.getByRole('radio', { name: /20 Stamps/i }).check({ force: true })
  await press(page, 'Next')
  const card = {
    'Card number': '4242 4242 4242 4242',
    'Expiry date': '12/30',
    'Security code': '123',
    'Name on card': 'Maria Delgado',
    'Street address': '12 Chapel Road',
    City: 'Austin',
    'ZIP code': '78701'
  }
  for (const [label, value] of Object.entries(card)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByLabel('State', { exact: true }).selectOption('TX')
  await press(page, 'Next')
  await shot(page, 11, 'review')
  await press(page, 'Confirm')
  await page.getByText(/Receipt/i).first().waitFor()
}

/** Presses a button or follows a link by its exact name, whichever it is. */
async function press(page, name) {
  await page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true })).first().click()
}

async function shot(page, number, extra) {
  const name = `${String(number).padStart(2, '0')}${extra ? `-${extra}` : ''}.png`
  await page.screenshot({ path: join(pictures, name) })
}

async function stamps(page) {
  const wallets = await page.evaluate(() => globalThis.epistle.stamps.wallets({}))
  return wallets.ok ? wallets.value.reduce((sum, wallet) => sum + wallet.available, 0) : undefined
}

async function main() {
  rmSync(pictures, { recursive: true, force: true })
  mkdirSync(pictures, { recursive: true })
  const profile = mkdtempSync(join(tmpdir(), 'epistle-tour-'))
  const config = join(profile, 'service-config.json')
  writeFileSync(config, JSON.stringify({ seed: 7, robotCheckAnswer: 'PSALM' }))
  console.log('The tour: the thirteen steps of the cheat sheet in the real app.')
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    args: [...waitForPlaywright, ...electronFlags(), '.', `--profile-dir=${profile}`, `--service-config=${config}`],
    cwd: projectFolder
  })
  let before
  let after
  let inSent = false
  try {
    const page = await app.firstWindow()
    page.setDefaultTimeout(20_000)
    for (const [index, [title, act]] of steps.entries()) {
      if (index === 12) before = await stamps(page)
      await act(page).catch(async (error) => {
        await shot(page, index + 1, 'stopped')
        throw error
      })
      await shot(page, index + 1)
      console.log(`  ${String(index + 1).padStart(2)}  ${title}`)
    }
    await page.evaluate(() => globalThis.epistle.sync.now({}))
    after = await stamps(page)
    const sent = await page.evaluate(() => globalThis.epistle.letters.sent({}))
    inSent = sent.ok && sent.value.items.some((item) => item.subject === letter.subject)
  } finally {
    await app.close()
  }
  const inService = messagesInService(join(profile, 'service.db'))
  rmSync(profile, { recursive: true, force: true })
  console.log(`\nStamps before: ${before}   after: ${after}`)
  console.log(`In Sent Messages: ${inSent ? 'yes' : 'no'}   In the service's records: ${inService}`)
  console.log(`Pictures: tour/`)
  return inSent && inService === 1 && before === 20 && after === 19
}

/** How many letters the simulated service has accepted, read from its own file. */
function messagesInService(file) {
  const service = new Database(file, { readonly: true })
  try {
    return service.prepare("SELECT count(*) AS n FROM ledger WHERE reason = 'message'").get().n
  } finally {
    service.close()
  }
}

main().then(
  (good) => {
    console.log(good ? '\nThe tour is complete.' : '\nThe tour did not end as it should.')
    process.exitCode = good ? 0 : 1
  },
  (error) => {
    console.error(`\nThe tour stopped: ${error.message}`)
    process.exitCode = 1
  }
)
