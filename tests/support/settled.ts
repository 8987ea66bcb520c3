/**
 * Where most tests begin: Mary Keane has an account, accepted the terms, has Daniel Reyes in her contacts and 20 stamps.
 * Made once for each worker in a real run of the app, then copied, so that every test still has a profile of its own.
 */
import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calmService, EpistleApp, test as base, type StartOptions } from './app'
import { must } from './bridge'
import { removeFolder } from './remove-folder'
import { danielReyes, maryKeane, twentyStamps, Volunteer } from './volunteer'

export type Desk = { readonly app: EpistleApp; readonly mary: Volunteer; readonly profileDir: string }
export type StartDesk = (options?: StartOptions & { readonly signIn?: boolean }) => Promise<Desk>

/** Of the browser inside the app, not of the app: it makes these anew. */
const browsersOwn = /^(browser|logs|Singleton.*)$/

export const copyProfile = (from: string, to: string): void => {
  for (const name of readdirSync(from)) if (!browsersOwn.test(name)) cpSync(join(from, name), join(to, name), { recursive: true })
}

/** The same acts as the cheat sheet's, told to the bridge: the screens on the way have tests of their own. */
const settleIn = async (app: EpistleApp): Promise<void> => {
  const { page } = app
  const { challengeId } = await must(page, 'accounts.signUpStart', {})
  const { email, password, passcode } = maryKeane
  await must(page, 'accounts.create', {
    email,
    confirmEmail: email,
    password,
    confirmPassword: password,
    acceptTerms: true,
    questions: [
      { questionId: 'first-school', answer: 'Saint Brigid' },
      { questionId: 'childhood-street', answer: 'Alder Lane' },
      { questionId: 'favorite-pet', answer: 'Biscuit' }
    ],
    firstName: maryKeane.firstName,
    lastName: maryKeane.lastName,
    street: maryKeane.street,
    city: maryKeane.city,
    state: 'TX',
    zip: maryKeane.zip,
    phone: maryKeane.phone,
    passcode,
    confirmPasscode: passcode,
    challengeId,
    verificationCode: maryKeane.verificationCode
  })
  await must(page, 'accounts.acceptEmessagingTerms', { version: '1' })
  const { contactId } = await must(page, 'contacts.add', { facilityId: 'cedar-state', number: danielReyes.number })
  const { ticket } = await must(page, 'stamps.quote', { contactId, packageId: 'cedar-20' })
  const { number, expiry, code, name } = twentyStamps.card
  await must(page, 'stamps.purchase', {
    ticket,
    card: { number, expiry, securityCode: code, name },
    billing: { ...twentyStamps.billing, state: 'TX' }
  })
}

export const test = base.extend<{ startDesk: StartDesk }, { settledProfile: string }>({
  settledProfile: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'epistle-settled-'))
      const config = join(folder, 'service.json')
      writeFileSync(config, JSON.stringify(calmService))
      const profileDir = join(folder, 'profile')
      const app = new EpistleApp(profileDir, [`--service-config=${config}`])
      await app.launch()
      await settleIn(app)
      await app.close()
      await use(profileDir)
      removeFolder(folder)
    },
    { scope: 'worker', timeout: 60_000 }
  ],

  startDesk: async ({ startApp, settledProfile }, use) => {
    await use(async ({ signIn = true, ...options } = {}) => {
      const app = await startApp({
        ...options,
        prepare: (profileDir) => {
          copyProfile(settledProfile, profileDir)
          options.prepare?.(profileDir)
        }
      })
      const mary = new Volunteer(() => app.page)
      if (signIn) await mary.signIn()
      return { app, mary, profileDir: app.profileDir }
    })
  }
})

export { expect } from 'playwright/test'
