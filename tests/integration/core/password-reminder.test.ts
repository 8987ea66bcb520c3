/** A new password every few months is suggested, by the rules in force, and never asked for (S2; reliability.md §4, Expiry). */
import { afterEach, expect, it } from 'vitest'
import { openTestDesk, password, signInAs, signUp, type TestDesk } from '../../support/core'

const day = 86_400_000

let desk: TestDesk
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

/** Days pass while nobody is there, then somebody signs in. @returns whether a new password is suggested, at once and after the rules were asked for */
const afterDays = async (days: number): Promise<readonly [atOnce: boolean, byTheRules: boolean]> => {
  await desk.must('accounts.signOut', {})
  desk.time.sleep(days * day)
  const session = await signInAs(desk)
  expect(session.duties, 'nobody is forced').toEqual([])
  await desk.must('accounts.passwordRules', {})
  return [session.passwordReminder, (await desk.must('app.state', {})).session?.passwordReminder ?? false]
}

it('after half a year under the cheat sheet, without anybody having looked at the rules', async () => {
  desk = await openTestDesk()
  await signUp(desk)
  expect(await afterDays(170)).toEqual([false, false])
  expect(await afterDays(20)).toEqual([true, true])
})

it('after three months under the advice, and whoever is at the desk hears of it', async () => {
  desk = await openTestDesk()
  await signUp(desk)
  await desk.must('coordinator.setPolicy', { presets: ['advice'], release: 'timedThenAdmin', password })
  await desk.restart()
  await signInAs(desk)
  desk.events.length = 0
  expect(await afterDays(100)).toEqual([false, true])
  expect(desk.events.some((event) => event.type === 'sessionChanged' && event.session?.passwordReminder === true)).toBe(true)
  expect(await afterDays(1), 'known by then').toEqual([true, true])
})

it('never for the practice account, which has no password of its own', async () => {
  desk = await openTestDesk()
  await desk.must('accounts.practice', {})
  desk.time.sleep(400 * day)
  expect((await desk.must('app.state', {})).session?.passwordReminder).toBe(false)
})
