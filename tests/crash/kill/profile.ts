/** One profile's lives: killed again and again, judged after each kill, and at the end let go on until everything has arrived. */
import { rmSync } from 'node:fs'
import { runChildProcess, type Ended } from '../support/child'
import { createJudge, type Judge } from '../support/judge'
import type { Program } from '../support/program'
import type { SeededNumbers } from '../support/seeded-numbers'
import { copyTemplate, firstPassword, type Template } from '../volunteer/template'

/** How many kills one profile takes: damage that goes unseen adds up. */
export const killsOfAProfile = 8

export type Tally = { kills: number; inTheDrain: number; whileStarting: number; letters: number; triedAgain: number; purchases: number; drafts: number; readonly counts: Map<string, number> }

export const newTally = (): Tally => ({ kills: 0, inTheDrain: 0, whileStarting: 0, letters: 0, triedAgain: 0, purchases: 0, drafts: 0, counts: new Map() })

type Lives = {
  readonly program: Program
  readonly template: Template
  readonly root: string
  readonly random: SeededNumbers
  readonly tally: Tally
  /** Whether to stop early: another profile has found something, and one finding is enough. */
  readonly enough: () => boolean
}

/** @returns whether nothing was wrong */
export const liveAndDie = async (lives: Lives, name: string, kills: number): Promise<boolean> => {
  const { program, template, root, random, tally } = lives
  const folder = copyTemplate(template, root, name)
  const judge = createJudge(template.accountId)
  const zero = Date.now()
  /** @param speed what nobody interrupts may run faster */
  const start = (life: string, mode: 'work' | 'drain', speed: number, hooks: Pick<Parameters<typeof runChildProcess>[0], 'onStart' | 'onText'>): Promise<Ended> =>
    runChildProcess({
      args: ['--child=life', `--profile=${folder}`, `--life=${name}.${life}`, `--seed=${program.seed + random.below(1_000_000)}`, `--zero=${zero}`, `--mode=${mode}`, `--speed=${speed}`, `--password=${firstPassword}`],
      ...hooks
    })
  const judged = async (when: string, drained = false): Promise<boolean> => {
    const problems = await judge.judge(folder, drained)
    problems.forEach((problem) => program.failed(`${name}, ${when}: ${problem}`, problem.replace(/[0-9a-f-]{20,}|\d+/gu, 'N')))
    if (problems.length === 0) program.passed()
    return problems.length === 0
  }
  let good = true
  for (let life = 1; life <= kills && good && !lives.enough(); life += 1) {
    // Now and then it is the emptying of the outbox that is killed.
    const mode = random.number() < 0.2 ? 'drain' : 'work'
    const ended = await start(String(life), mode, 30, killAt(random, mode))
    judge.learn(ended.facts)
    countKill(lives, ended, mode, `${name}, life ${life}`)
    good = (await judged(`after kill ${life}`)) && judge.memory.bugs.length === 0
  }
  if (good && !lives.enough()) {
    const ended = await start('last', 'drain', 240, {})
    judge.learn(ended.facts)
    program.check(ended.facts.some((fact) => fact.t === 'mark' && fact.name === 'closed'), () => `${name}: the last life did not come to its end: ${lastWords(ended)}`)
    good = await judged('after everything was sent', true)
  }
  judge.memory.bugs.forEach((bug) => program.failed(`${name}: ${bug}`))
  addUp(tally, judge)
  if (good && judge.memory.bugs.length === 0) rmSync(folder, { recursive: true, force: true })
  else program.say(`       the files are kept in ${folder}`)
  return good && judge.memory.bugs.length === 0
}

/**
 * While it starts, from the first moment of the process on; else after so many lines of what it says, and a moment more: counted
 * in lines, a slow machine gets as far as a quick one.
 */
const killAt = (random: SeededNumbers, mode: 'work' | 'drain'): Pick<Parameters<typeof runChildProcess>[0], 'onStart' | 'onText'> => {
  if (random.number() < 0.1) {
    const wait = random.below(500)
    return { onStart: (kill) => setTimeout(kill, wait) }
  }
  const lines = mode === 'work' ? random.below(60) : random.below(2)
  const wait = random.number() ** 2 * 40
  let seen = 0
  return {
    onText: (text, kill) => {
      const before = seen
      seen += text.split('\n').length - 1
      if (before <= lines && seen > lines) setTimeout(kill, wait)
    }
  }
}

const countKill = ({ program, tally }: Lives, ended: Ended, mode: 'work' | 'drain', where: string): void => {
  const marks = ended.facts.flatMap((fact) => (fact.t === 'mark' ? [fact.name] : []))
  // A drain that was quicker than its kill is no kill, and is not counted as one; a worker never ends by itself.
  const finished = marks.includes('done')
  if (!finished) program.check(ended.signal === 'SIGKILL', () => `${where}: it ended otherwise than by the kill: ${lastWords(ended)}`)
  if (ended.signal !== 'SIGKILL') return
  tally.kills += 1
  if (!marks.includes('signed in')) tally.whileStarting += 1
  else if (mode === 'drain') tally.inTheDrain += 1
}

const lastWords = (ended: Ended): string => ended.facts.flatMap((fact) => (fact.t === 'bug' ? [fact.text] : []))[0] ?? `code ${ended.code}, ${ended.said}`

const addUp = (tally: Tally, { memory }: Judge): void => {
  tally.letters += memory.confirmed.size
  tally.triedAgain += [...memory.letters.values()].filter(({ attempts }) => attempts > 1).length
  tally.purchases += memory.added.size
  tally.drafts += memory.saved.size
  for (const [what, times] of memory.counts) tally.counts.set(what, (tally.counts.get(what) ?? 0) + times)
}
