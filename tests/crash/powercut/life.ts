/** The life that is recorded: real work, and in between whatever writes the small file beside the mailbox, and the settings. */
import { openTestDesk } from '../../support/core'
import { seededNumbers } from '../support/seeded-numbers'
import { tell } from '../volunteer/facts'
import { signIn } from '../volunteer/life'
import { createQuickTime } from '../volunteer/quick-time'
import { drain, runScript } from '../volunteer/script'
import { firstPassword } from '../volunteer/template'
import { keepChoices } from './choices'

const faults = { dropRequest: 0.04, dropResponse: 0.1, error500: 0.06, duplicateResponse: 0.05, malformedResponse: 0.05 }
const acts = 45
const choices = 20

export const recordLife = async (profileDir: string, life: string, seed: number, zero: number): Promise<void> => {
  try {
    const desk = await openTestDesk({ seed: seed % 1_000_000, faults }, { profileDir, dice: life, time: createQuickTime(zero, 60) })
    await signIn(desk, firstPassword)
    await keepChoices(profileDir, choices)
    await runScript({ desk, random: seededNumbers(seed), life }, acts)
    await drain(desk)
    await keepChoices(profileDir, choices)
    let password = firstPassword
    for (const next of ['Harbour9elm', 'Meadow3stone']) {
      tell({ t: 'changingPassword', password: next })
      await desk.must('account.changePassword', { password, newPassword: next, confirmPassword: next })
      tell({ t: 'changedPassword', password: next })
      password = next
    }
    await desk.must('account.newRecoveryCode', { password })
    await runScript({ desk, random: seededNumbers(seed + 1), life: `${life}b` }, acts / 3)
    await keepChoices(profileDir, choices)
    tell({ t: 'mark', name: 'done' })
    await desk.end()
    tell({ t: 'mark', name: 'closed' })
  } catch (error) {
    tell({ t: 'bug', text: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  process.exit(0)
}
