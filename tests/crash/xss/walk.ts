/** Goes from screen to screen and to the printer, with plain words first and then with payloads, and compares what the pages are built of. */
import { expect } from 'playwright/test'
import type { EpistleApp } from '../../support/app'
import { must } from '../../support/bridge'
import type { Program } from '../support/program'
import { asShown } from './as-shown'
import type { Payload } from './payloads'
import { readIn, type Place } from './places'
import { printAll } from './print'
import { plainWords, type People, type Person } from './profile'
import { join, readPage, type Reading } from './read-page'
import { stops, type Stop } from './stops'
import { checkNothingHappened, type Traps } from './traps'

/** Of one screen, before what is not there counts as missing. */
const mostReadings = 20
/** Of the window: so tall that a long list needs little scrolling. */
const tall = 3_000

const onPaper: readonly Place[] = ['reply', 'subject', 'letter', 'contact']

/** Every screen and every print of both people; afterwards the one with the payloads is signed in. @param folder for what is printed */
export const walk = async (program: Program, app: EpistleApp, people: People, payloads: readonly Payload[], traps: Traps, folder: string): Promise<void> => {
  await app.electron.evaluate(({ BrowserWindow }, height) => BrowserWindow.getAllWindows()[0]?.setContentSize(1_280, height), tall)
  const plain = payloads.map(({ number }) => plainWords(number))
  const hostile = payloads.map(({ text }) => text)

  await signIn(app, people.plain)
  const vocabulary = new Map<string, ReadonlySet<string>>()
  for (const stop of stops) {
    const due = dueOn(stop, plain)
    const reading = await visit(app, stop, people.plain, due)
    program.check(missing(reading.words, due).length === 0, () => `${stop.screen}: not even plain words can be read: ${missing(reading.words, due).slice(0, 3).join(' | ')}`)
    vocabulary.set(stop.screen, new Set(reading.parts))
  }
  for (const { kind, window } of await printAll(app, people.plain, folder)) vocabulary.set(kind, new Set(window.parts))
  await must(app.page, 'accounts.signOut', {})
  await signIn(app, people.hostile)

  const compare = (where: string, reading: Reading): void => {
    const made = reading.parts.filter((part) => !vocabulary.get(where)?.has(part))
    program.check(made.length === 0, () => `${where}: a text became markup: ${made.join(', ')}`)
    program.check(reading.foreign.length === 0, () => `${where}: an address of a text became one of the page: ${reading.foreign.join(', ')}`)
    checkNothingHappened(program, traps, where)
  }
  for (const stop of stops) {
    const due = dueOn(stop, hostile)
    const reading = await visit(app, stop, people.hostile, due)
    checkRead(program, stop.screen, missing(reading.words, due), due.length)
    compare(stop.screen, reading)
  }
  for (const { kind, window, words } of await printAll(app, people.hostile, folder)) {
    const due = onPaper.flatMap((place) => (place === 'contact' ? hostile.slice(0, 1) : hostile).map((text) => readIn(place, text)))
    checkRead(program, `print, ${kind}`, missing(window.words, due), due.length)
    // What turns or joins signs, a reader of PDFs tells in an order of its own.
    const simple = due.filter((text) => /^[\x20-\x7e]*$/.test(text))
    const printed = withoutSpaces(asShown(words))
    checkRead(program, `print, ${kind}, the PDF`, simple.filter((text) => !printed.includes(withoutSpaces(text))), simple.length)
    compare(kind, window)
  }
}

const dueOn = (stop: Stop, texts: readonly string[]): readonly string[] => stop.reads.flatMap((place) => texts.map((text) => readIn(place, text)))

const missing = (words: string, due: readonly string[]): readonly string[] => {
  const shown = asShown(words)
  return due.filter((text) => !shown.includes(text))
}

/** Lines end where the page does, and a reader takes a hyphen there for a cut word. */
const withoutSpaces = (text: string): string => text.replace(/[\s\u00ad\u2010-]/gu, '')

const checkRead = (program: Program, where: string, unread: readonly string[], of: number): void => {
  for (const text of unread) program.failed(`${where}: not shown as it was written: ${JSON.stringify(text)}`, `unread ${where}`)
  program.passed(of - unread.length)
}

const signIn = async ({ page }: EpistleApp, { email, password }: Person): Promise<void> => {
  await must(page, 'accounts.signIn', { email, password })
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
}

/** Reads a screen until everything due is there and nothing is added any more. */
const visit = async (app: EpistleApp, stop: Stop, person: Person, due: readonly string[]): Promise<Reading> => {
  const { page } = app
  await page.keyboard.press('Escape')
  // From somewhere else, so that the screen is a new one.
  for (const hash of ['#/help', stop.hash(person)]) await page.evaluate((place) => (location.hash = place), hash)
  await expect(page.locator('h1').first()).toBeVisible()
  await stop.first?.(page, app, person)
  let reading = await readPage(page)
  for (let again = 0; again < mostReadings; again += 1) {
    // Rows that were still on their way are there the next time.
    const both = join(reading, await readPage(page))
    if (both.parts.length === reading.parts.length && missing(both.words, due).length === 0) return both
    reading = both
  }
  return reading
}
