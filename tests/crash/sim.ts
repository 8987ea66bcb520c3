/**
 * rel:sim: the whole app on a virtual clock, 200 steps a seed, with every fault there is; judged after each step by what the
 * people at the desk were told. `--count` seeds from `--seed` on; `--jobs` processes; `--first`: stop at the first finding.
 */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { folderInMemory } from './support/folders'
import { runProgram, type Program } from './support/program'
import { makeTemplate } from './sim/people'
import { kindOf, runSeed, shrink, type SeedResult } from './sim/run-seed'
import { ignoreStopped } from './sim/stopped'

const repeats = 20
/** A process lives this long: what a machine that stopped still held (open files, what waits for its answers) goes with its process. */
const seedsOfAProcess = 200

/** Seeds that failed once: first in every run. */
const keptSeeds = (): readonly number[] =>
  readFileSync('tests/seeds.txt', 'utf8')
    .split('\n')
    .flatMap((line) => /^sim (\d+)/.exec(line)?.[1] ?? [])
    .map(Number)

const stopEarly = process.argv.includes('--first')

/** One process: runs the seeds it is given and writes a line of JSON for each. */
const serve = async (seeds: readonly number[]): Promise<void> => {
  const root = folderInMemory('sim')
  process.once('SIGTERM', () => {
    rmSync(root, { recursive: true, force: true })
    process.exit(1)
  })
  ignoreStopped((error) => console.log(JSON.stringify({ stray: String(error) })))
  try {
    const template = await makeTemplate(`${root}/template`)
    for (const seed of seeds) {
      const result = await runSeed(seed, template, root)
      const steps = result.violation === null || stopEarly ? null : (await shrink(seed, result.violation, template, root)).map(({ kind }) => kind)
      console.log(JSON.stringify({ result, steps }))
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

type Line = { readonly result?: SeedResult; readonly steps?: readonly string[] | null; readonly stray?: string }

/** Runs seeds in a process of its own. @param take returns whether to go on @returns when it has ended, with its exit code */
const runApart = (seeds: readonly number[], take: (line: Line) => boolean): Promise<number | null> =>
  new Promise((resolve) => {
    const args = ['--enable-source-maps', process.argv[1] ?? '', '--serve', ...(stopEarly ? ['--first'] : [])]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    let rest = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('{') && !take(JSON.parse(line) as Line)) child.kill()
    })
    child.on('close', resolve)
    child.stdin.end(JSON.stringify(seeds))
  })

const main = async (program: Program): Promise<void> => {
  const jobs = Number(program.option('jobs') ?? Math.min(program.long ? availableParallelism() : 1, Math.max(1, program.count)))
  const fresh = Array.from({ length: program.count }, (_, index) => program.seed + index)
  const seeds = [...new Set([...keptSeeds(), ...fresh])]
  const again = fresh.slice(0, Math.min(repeats, Math.ceil(program.count / 3)))
  const traces = new Map<number, string>()
  const sums: Record<string, number> = {}
  let done = 0
  let compared = 0
  let found = false

  const take = (line: Line): boolean => {
    if (!(found && stopEarly)) count(line)
    found ||= line.stray !== undefined || (line.result?.violation ?? null) !== null
    return !(found && stopEarly)
  }
  const count = ({ result, steps, stray }: Line): void => {
    if (stray !== undefined) program.failed(`an error nobody caught: ${stray}`)
    if (result === undefined) return
    done += 1
    const before = traces.get(result.seed)
    if (before !== undefined) {
      compared += 1
      program.check(before === result.trace, () => `seed ${result.seed} left trace ${before}, then ${result.trace}`)
      return
    }
    traces.set(result.seed, result.trace)
    for (const [name, count] of Object.entries({ ...result.stops, ...result.faults, ...result.outcomes })) sums[name] = (sums[name] ?? 0) + count
    if (result.violation === null) program.passed()
    else program.failed(`seed ${result.seed} after step ${result.at}: ${result.violation}\n       shrunk to: ${(steps ?? []).join(', ')}\n       alone: --seed=${result.seed} --count=1`, kindOf(result.violation))
  }

  const shares = Array.from({ length: jobs }, (_, job) => seeds.filter((_seed, index) => index % jobs === job))
  for (const round of [shares, [again]]) {
    await Promise.all(
      round.map(async (share) => {
        for (let from = 0; from < share.length && !(found && stopEarly); from += seedsOfAProcess) {
          const code = await runApart(share.slice(from, from + seedsOfAProcess), take)
          if (code !== 0 && !(found && stopEarly)) program.failed(`a process ended with ${String(code)}`)
          // A long run says where it is; what it found was said at once.
          if (seeds.length > 2 * seedsOfAProcess) program.say(`  ${done} runs`)
        }
      })
    )
    if (found && stopEarly) return
  }
  program.check(done === seeds.length + again.length && compared === again.length, () => `${done} of ${seeds.length + again.length} runs came back`)
  program.say(`${seeds.length} seeds of 200 steps, ${again.length} of them twice`)
  // Nothing counts that did not happen: with enough seeds every fault and every kind of stop has to have come.
  const wanted = ['crash', 'cut', 'before commit', 'after commit', 'between', 'offline', 'latency', 'lost answer', '500 after', 'duplicate', 'malformed', 'confirm: ok queued', 'cancel: ok', 'buy: ok', 'restore: ok', 'disk full: full', 'photo: added', 'photo: removed']
  if (seeds.length >= 20) wanted.forEach((name) => program.check((sums[name] ?? 0) > 0, () => `${name} never happened`))
  program.say(
    Object.entries(sums)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  )
}

if (process.argv.includes('--serve')) {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  await serve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as readonly number[])
  process.exit(0)
}
await runProgram('sim', { short: 25, long: 10_000 }, main)
