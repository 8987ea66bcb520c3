/**
 * rel:full. A disk that takes nothing for a while. First the system's own refusals (strace: ENOSPC from the K-th write on, EIO from the K-th
 * flush on) at `--count` points spread over everything a sitting writes; then a real file system of 8 MB filled to its last byte, while
 * the app runs and before it starts. Nothing that was answered with success may be lost, and every fault has to be seen to fire.
 */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { argument, runChildProcess } from './support/child'
import { folderInMemory } from './support/folders'
import { createJudge } from './support/judge'
import { hasOwnMounts, hasStrace } from './support/needs'
import { runProgram, type Program } from './support/program'
import { liveOnAFullDisk } from './full/life'
import { liveOnASmallDisk } from './full/small-disk'
import { copyTemplate, makeTemplate, type Template } from './volunteer/template'

const letters = 3
/** How many refusals in a row one fault makes. */
const width = 12

type Fault = { readonly call: 'pwrite64' | 'fsync'; readonly error: 'ENOSPC' | 'EIO' }

const trace = (log: string, fault: Fault, from: number | null): readonly string[] => [
  'strace', '-f', '-qq', '-o', log, '-e', `trace=${fault.call}`,
  ...(from === null ? [] : ['-e', `inject=${fault.call}:error=${fault.error}:when=${from}..${from + width - 1}`])
]
const callsIn = (log: string, call: string): number => readFileSync(log, 'utf8').split('\n').filter((line) => line.includes(`${call}(`)).length
const firedIn = (log: string): number => readFileSync(log, 'utf8').split('\n').filter((line) => line.includes('(INJECTED)')).length

const runOne = async (program: Program, template: Template, root: string, name: string, fault: Fault, from: number | null) => {
  const profile = copyTemplate(template, root, name)
  const log = join(root, `${name}.trace`)
  const ended = await runChildProcess({ args: ['--child=life', `--profile=${profile}`, `--life=${name}`], under: trace(log, fault, from) })
  const judge = createJudge(template.accountId)
  judge.learn(ended.facts)
  const problems = [...(await judge.judge(profile)), ...judge.memory.bugs]
  const where = `${fault.error} at ${fault.call} ${from ?? 'never'}`
  problems.forEach((problem) => program.failed(`${where}: ${problem}`, problem.replace(/[0-9a-f-]{20,}|\d+/gu, 'N')))
  const marks = ended.facts.flatMap((fact) => (fact.t === 'mark' ? [fact.name] : []))
  program.check(marks.includes('closed') && marks.includes('saving ok'), () => `${where}: it did not come to a good end (${ended.code ?? ended.signal}, ${marks.join(', ')}): ${ended.said.slice(-600)}`)
  const result = { calls: callsIn(log, fault.call), fired: firedIn(log), told: ended.facts.flatMap((fact) => (fact.t === 'count' ? [fact.what] : [])) }
  rmSync(profile, { recursive: true, force: true })
  rmSync(log, { force: true })
  return result
}

const injectFaults = async (program: Program, template: Template, root: string): Promise<void> => {
  for (const [fault, points] of [
    [{ call: 'pwrite64', error: 'ENOSPC' }, program.count],
    [{ call: 'fsync', error: 'EIO' }, Math.ceil(program.count / 5)]
  ] as const) {
    const clean = await runOne(program, template, root, `clean-${fault.call}`, fault, null)
    program.check(clean.calls > width && clean.fired === 0, () => `${fault.call}: an undisturbed sitting made ${clean.calls} calls`)
    const step = clean.calls / points
    const seen = new Map<string, number>()
    let fired = 0
    const lane = async (start: number): Promise<void> => {
      for (let point = start; point < points; point += 2) {
        const from = 1 + Math.floor(point * step + program.random.number() * step)
        const { fired: times, told } = await runOne(program, template, root, `${fault.call}-${point}`, fault, from)
        program.check(times > 0, () => `${fault.error} at ${fault.call} ${from} did not fire`)
        if (times > 0) fired += 1
        told.forEach((what) => seen.set(what, (seen.get(what) ?? 0) + 1))
      }
    }
    await Promise.all([lane(0), lane(1)])
    program.say(`  ${fault.error} at ${fired} of ${clean.calls} ${fault.call} calls (${points} points, ${width} refusals each): ${[...seen].map(([what, times]) => `${what} ${times}`).join(', ')}`)
    program.check(seen.size > 0, () => `${fault.error}: nobody noticed anything`)
  }
}

const fillSmallDisk = async (program: Program, template: Template, root: string): Promise<void> => {
  const folder = folderInMemory('full-small')
  const kept = join(root, 'small')
  const script = `mount -t tmpfs -o size=8m none '${folder}' && cp -r '${template.folder}' '${folder}/profile' && "$@"; rc=$?; mkdir -p '${kept}' && cp -r '${folder}/profile/.' '${kept}'; exit $rc`
  const ended = await runChildProcess({ args: ['--child=small-disk', `--root=${folder}`, '--life=small'], under: ['unshare', '-rm', 'sh', '-c', script, 'sh'] })
  const judge = createJudge(template.accountId)
  judge.learn(ended.facts)
  const marks = ended.facts.flatMap((fact) => (fact.t === 'mark' ? [fact.name] : []))
  marks.filter((name) => name.startsWith('good ')).forEach((name) => {
    program.passed()
    program.say(`  8 MB: ${name.slice(5)}`)
  })
  judge.memory.bugs.forEach((bug) => program.failed(`8 MB: ${bug}`))
  program.check(marks.includes('closed'), () => `8 MB: it did not come to its end: ${ended.said.slice(-800)}`)
  ;(await judge.judge(kept)).forEach((problem) => program.failed(`8 MB: ${problem}`))
  rmSync(folder, { recursive: true, force: true })
}

const part = argument('child')
if (part === 'life') await liveOnAFullDisk(argument('profile') ?? '', argument('life') ?? '', letters)
else if (part === 'small-disk') await liveOnASmallDisk(argument('root') ?? '', argument('life') ?? '')
else {
  await runProgram('full', { short: 8, long: 200 }, async (program) => {
    const root = folderInMemory('full')
    const template = await makeTemplate(join(root, 'template'), program.seed)
    if (hasOwnMounts(program)) await fillSmallDisk(program, template, root)
    if (hasStrace(program)) await injectFaults(program, template, root)
    rmSync(root, { recursive: true, force: true })
  })
}
