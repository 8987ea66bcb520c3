/**
 * rel:canary. A canary in every field a person fills and in every secret the app makes, pushed through every flow with the
 * real core, the real service and real files; then every byte of every file is searched for them. What counts as a secret
 * and what does not is said in scripts/rel/README.md. `--count`: rounds, each with other canaries.
 */
import { typedCanaries, typedList } from './canary/canaries'
import { runChild } from './canary/child'
import { plantAndFind } from './canary/plants'
import { runRound } from './canary/round'
import { runProgram } from './support/program'

const option = (name: string): string | undefined => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)

const part = option('child')
if (part !== undefined) {
  await runChild(part, option('root') ?? '', Number(option('seed')))
} else {
  await runProgram('canary', { short: 1, long: 25 }, async (program) => {
    plantAndFind(program, typedList(typedCanaries(program.random)))
    for (let round = 0; round < program.count; round += 1) await runRound(program, program.seed + round)
  })
}
