/** Tries one item and compares everything with what is due. */
import type { Result } from '../../../src-main/contract/result'
import { failureWords } from '../../../src-renderer/words/errors'
import { problemSentences } from '../../../src-renderer/words/problems'
import { inTime } from '../support/in-time'
import type { Bench } from './bench'
import type { Item, Refused } from './item'
import { lookAtFiles } from './written'

/** What a person reads: the sentence beside the field, or the one of the whole with its next step. */
const heard = (result: Result<unknown>, field: string | undefined): { readonly says: string; readonly next: string } => {
  if (result.ok) return { says: '(accepted)', next: '' }
  if (field !== undefined) return { says: problemSentences(result.problems)[field] ?? '(nothing)', next: '' }
  const { sentence, next } = failureWords(result)
  return { says: sentence, next }
}

const wrongAnswer = (result: Result<unknown>, due: Refused): string | null => {
  const code = result.ok ? 'accepted' : result.code
  if (code !== due.code) return `${due.code} was due, not ${code} ${result.ok ? '' : JSON.stringify(result.problems ?? result.params ?? '')}`
  const { says, next } = heard(result, due.field)
  if (says !== due.says) return `“${due.says}” was due, not “${says}”`
  if (due.field === undefined && next === '') return 'it does not say what to do next'
  return due.next === undefined || next === due.next ? null : `“${due.next}” was due as the next step, not “${next}”`
}

/** @returns what is wrong with what came of an item, in words; empty when all is as it is due */
export const tryItem = async (item: Item, bench: Bench): Promise<readonly string[]> => {
  const { name, input } = await item.call(bench)
  // What was begun on the way there, as a sign-out at the service, is not this item's.
  await bench.desk.time.settle()
  const bugs = bench.desk.bugs.length
  const written = lookAtFiles(bench)
  const result = await inTime(bench.ask(name, input))
  const faults: (string | null)[] = []
  if (typeof item.answer === 'function') {
    faults.push(result.ok ? await item.answer(result.value, bench) : `it was refused with ${result.code} ${JSON.stringify(result.problems ?? result.params ?? '')}`)
  } else {
    faults.push(wrongAnswer(result, item.answer))
    const tables = (await written()).filter((table) => !item.leaves?.includes(table))
    if (tables.length > 0) faults.push(`it was refused, and rows were written: ${tables.join(', ')}`)
  }
  if (bench.desk.bugs.length > bugs) faults.push(`a bug was logged: ${bench.desk.bugs.at(-1)}`)
  if (!(await inTime(bench.ask('app.state', {}))).ok) faults.push('the core does not answer any more')
  return faults.filter((fault) => fault !== null)
}
