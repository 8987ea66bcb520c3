/** Many sequences against the model; a failing one is cut down to the steps that matter. */
import { openTestDesk, signUp, type TestDesk } from '../../support/core'
import { folderInMemory } from '../support/folders'
import { inTime } from '../support/in-time'
import type { Program } from '../support/program'
import { drawSequences, places, runSequence, type Place, type Step } from './model'
import { emails } from './world'

const stepsInOne = 50

export const trySequences = async (program: Program, count: number): Promise<void> => {
  const desk = await openTestDesk({}, { profileDir: folderInMemory('sequences') })
  for (const email of [emails.maria, emails.joe]) {
    await signUp(desk, email)
    await desk.must('accounts.signOut', {})
  }
  const started = Date.now()
  const came = new Map<Place, number>()
  const note = (place: Place): void => void came.set(place, (came.get(place) ?? 0) + 1)
  for (const [index, sequence] of drawSequences(stepsInOne, count, program.seed).entries()) {
    const trouble = await troubleOf(desk, sequence, note)
    program.check(trouble === null, () => `sequence ${index}: ${trouble}`)
    if (trouble !== null) program.say(`       shortest: ${JSON.stringify(await shorten(desk, sequence))}`)
  }
  for (const place of places) program.check(came.has(place), () => `no sequence came by "${place}": they prove nothing about it`)
  program.say(`  sequences: ${count} of ${stepsInOne} steps, ${((Date.now() - started) / 1000).toFixed(1)} s; ${places.map((place) => `${place} ${came.get(place) ?? 0}`).join(', ')}`)
  await desk.close()
}

const troubleOf = async (desk: TestDesk, steps: readonly Step[], come: (place: Place) => void): Promise<string | null> => {
  try {
    await inTime(runSequence(desk, steps, come), 60_000)
    const [bug] = desk.bugs.splice(0)
    return bug === undefined ? null : `a bug was logged: ${bug}`
  } catch (error) {
    return String(error)
  }
}

/** Leaves out whatever can be left out with the sequence still failing: halves first, then ever smaller pieces. */
const shorten = async (desk: TestDesk, whole: readonly Step[]): Promise<readonly Step[]> => {
  let steps = whole
  for (let piece = Math.floor(steps.length / 2); piece >= 1; piece = Math.floor(piece / 2)) {
    for (let start = 0; start < steps.length; ) {
      const fewer = [...steps.slice(0, start), ...steps.slice(start + piece)]
      if ((await troubleOf(desk, fewer, () => undefined)) === null) start += piece
      else steps = fewer
    }
  }
  return steps
}
