/**
 * rel:kill. A volunteer in a child process writes, confirms, sends, buys, fetches and takes back as fast as it goes, with bad
 * weather on the line, and is killed (SIGKILL) at random moments, also while it starts and while the outbox empties. After
 * each kill the files are judged; after some kills everything has to arrive, and both books have to be equal.
 * `--count`: kills. `--first`: stop at the first finding.
 */
import { rmSync } from 'node:fs'
import { tallyLine } from './kill/words'
import { killsOfAProfile, liveAndDie, newTally } from './kill/profile'
import { argument } from './support/child'
import { folderOnDisk } from './support/folders'
import { runProgram } from './support/program'
import { seededNumbers } from './support/seeded-numbers'
import { runLife } from './volunteer/life'
import { makeTemplate } from './volunteer/template'

const lanes = 2

if (argument('child') === 'life') {
  await runLife({
    profileDir: argument('profile') ?? '',
    life: argument('life') ?? '',
    seed: Number(argument('seed')),
    zero: Number(argument('zero')),
    speed: Number(argument('speed')),
    mode: argument('mode') === 'drain' ? 'drain' : 'work',
    password: argument('password') ?? '',
    acts: Infinity
  })
} else {
  await runProgram('kill', { short: 60, long: 1_000 }, async (program) => {
    const root = folderOnDisk('kill')
    const template = await makeTemplate(`${root}/template`, program.seed)
    const tally = newTally()
    let found = false
    const stopEarly = process.argv.includes('--first')
    const lane = async (number: number): Promise<void> => {
      const random = seededNumbers(program.seed + number)
      for (let profile = 1; tally.kills < program.count && !(found && stopEarly); profile += 1) {
        const left = Math.ceil((program.count - tally.kills) / lanes)
        const good = await liveAndDie({ program, template, root, random, tally, enough: () => found && stopEarly }, `${number}-${profile}`, Math.min(killsOfAProfile, left))
        found ||= !good
      }
    }
    await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
    program.say(tallyLine(tally))
    if (!found) {
      program.check(tally.kills >= program.count, () => `only ${tally.kills} of ${program.count} kills hit`)
      if (program.count >= 20) program.check(tally.letters > 0 && tally.triedAgain > 0 && tally.purchases > 0 && tally.whileStarting > 0, () => 'the volunteer did nothing, nothing went wrong on the line, or no start was hit')
      rmSync(root, { recursive: true, force: true })
    }
  })
}
