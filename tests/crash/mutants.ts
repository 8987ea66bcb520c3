/**
 * rel:mutants. Bugs are planted in the product, one at a time; the program that should find each has to, within 200 kills or cuts,
 * and the same program has to pass without any. The short cut takes those that are found fast. `--only=name`: one bug.
 */
import { bugs } from './mutants/bugs'
import { hunt, judgeHunt } from './mutants/hunt'
import { straceIsMissing, straceVersion } from './points/trace'
import { runProgram } from './support/program'

await runProgram('mutants', { short: 1, long: 1 }, async (program) => {
  const only = program.option('only')
  const chosen = bugs.filter(({ name, quick }) => (only === null ? program.long || quick === true : name === only))
  if (chosen.some(({ foundBy }) => foundBy === 'powercut' || foundBy === 'points') && straceVersion() === null) return program.failed(straceIsMissing)
  for (const by of [...new Set(chosen.map(({ foundBy }) => foundBy))]) judgeHunt(program, null, await hunt(program, by, null))
  for (const bug of chosen) judgeHunt(program, bug, await hunt(program, bug.foundBy, bug))
  program.check(chosen.length > 0, () => 'no bug was planted')
})
