/** A gate that everything outside waits at, and the seeded hand that lets it go on. */
import type { Bench } from '../sim/bench'
import { seededNumbers } from '../support/seeded-numbers'

/** Where every request, every answer and every password check waits until it is let on. */
export const createGate = () => {
  let open = true
  const waiting: (() => void)[] = []
  return {
    hold: (): Promise<void> => (open ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    shut: (): void => {
      open = false
    },
    /** Lets everybody on from here. */
    throwOpen: (): void => {
      open = true
      waiting.splice(0).forEach((go) => go())
    },
    waiting: (): number => waiting.length,
    letOneOn: (which: number): void => {
      waiting.splice(which, 1).forEach((go) => go())
    }
  }
}
export type Gate = ReturnType<typeof createGate>

export type Act = () => Promise<unknown>

/** Begins the acts and lets whatever waits go on, in a drawn order, until all of them are over. */
export const interleave = async (bench: Bench, gate: Gate, seed: number, acts: readonly Act[]): Promise<readonly unknown[]> => {
  const random = seededNumbers(seed)
  const { time } = bench.world
  const answers: unknown[] = acts.map(() => undefined)
  const toBegin = acts.map((_act, index) => index)
  let under = 0
  gate.shut()
  for (let turns = 0; toBegin.length > 0 || under > 0; turns += 1) {
    if (turns > 5_000) throw new Error('the acts never came to an end')
    const choices = [...(toBegin.length > 0 ? ['begin'] : []), ...(gate.waiting() > 0 ? ['go on', 'go on'] : []), 'time']
    switch (random.pick(choices)) {
      case 'begin': {
        const index = toBegin.splice(random.below(toBegin.length), 1)[0] ?? 0
        under += 1
        void acts[index]?.().then(
          (answer) => {
            answers[index] = answer
            under -= 1
          },
          (error: unknown) => {
            answers[index] = error
            under -= 1
          }
        )
        break
      }
      case 'go on':
        gate.letOneOn(random.below(gate.waiting()))
        break
      default:
        await time.advance(random.pick([1, 50, 1_000]), () => true)
    }
    await time.turn()
  }
  gate.throwOpen()
  await time.advance(2_000, () => true)
  const broken = answers.find((answer) => answer instanceof Error)
  if (broken !== undefined) throw broken as Error
  return answers
}

export type Answer = { readonly ok: boolean; readonly code?: string; readonly value?: Record<string, unknown> } | null
/** How many were answered with yes. */
export const oks = (answers: readonly unknown[]): number => answers.filter((answer) => (answer as Answer)?.ok === true).length
/** The answers in words, for a finding. */
export const codes = (answers: readonly unknown[]): string => answers.map((answer) => ((answer as Answer)?.ok === true ? 'ok' : ((answer as Answer)?.code ?? 'nothing'))).join(', ')
/** Whether one of them was a bug. */
export const internal = (answers: readonly unknown[]): boolean => answers.some((answer) => (answer as Answer)?.code === 'INTERNAL')

/** One thing that may happen at once with another. @returns what is wrong afterwards, or null */
export type Scenario = (bench: Bench, gate: Gate, seed: number) => Promise<string | null>
