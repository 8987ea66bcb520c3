/**
 * rel:type. Somebody types five characters a second into the app's own editor (draft-editor.ts), which saves into the real core on a
 * real disk, in real time; the process is killed (SIGKILL) in the middle. Seconds of typing that the disk does not have: at most 1.0
 * for 95 in 100, never more than 2.0; no draft lost, no text changed. `--count`: kills. Many at once: they mostly wait.
 */
import { rmSync } from 'node:fs'
import { argument } from './support/child'
import { folderOnDisk } from './support/folders'
import { runProgram } from './support/program'
import { measureOne } from './type/measure'
import { typeUntilKilled } from './type/typist'
import { makeTemplate } from './volunteer/template'

const lanes = 12
const limits = { p95: 1_000, most: 2_000 }

if (argument('child') === 'typist') {
  await typeUntilKilled(argument('profile') ?? '', argument('life') ?? '', Number(argument('seed')))
} else {
  await runProgram('type', { short: 24, long: 500 }, async (program) => {
    const root = folderOnDisk('type')
    const template = await makeTemplate(`${root}/template`, program.seed)
    const losses: number[] = []
    let [stalled, typed, saves, started, underWay] = [0, 0, 0, 0, 0]
    await Promise.all(
      Array.from({ length: Math.min(lanes, program.count) }, async () => {
        // A kill on a machine that stood still is done again, but not for ever.
        while (losses.length + underWay < program.count && stalled <= program.count * 2) {
          started += 1
          underWay += 1
          const measured = await measureOne(template, root, `typist-${started}`, program.seed + started, 300 + program.random.below(5_000))
          underWay -= 1
          if (measured.kind === 'stalled') stalled += 1
          else if (measured.kind === 'wrong') {
            program.failed(measured.what, measured.what.replace(/\d+/gu, 'N'))
            losses.push(0)
          } else {
            losses.push(measured.ms)
            typed += measured.typed
            saves += measured.saves
            program.check(measured.ms <= limits.most, () => `${measured.ms} ms of typing are lost (${measured.characters} of ${measured.typed} characters)`)
          }
        }
      })
    )
    const sorted = [...losses].sort((one, other) => one - other)
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Infinity
    program.say(`  ${losses.length} kills, ${typed} characters typed, ${saves} saves; lost: median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms; ${stalled} measured a machine that stood still and were done again`)
    program.check(losses.length >= program.count, () => `only ${losses.length} of ${program.count} kills say something about the app: the machine stood still`)
    program.check(at(0.95) <= limits.p95, () => `p95 is ${at(0.95)} ms`)
    program.check(saves > 0 && sorted.some((ms) => ms > 0), () => 'nothing was saved, or nothing was ever lost: nothing was measured')
    rmSync(root, { recursive: true, force: true })
  })
}
