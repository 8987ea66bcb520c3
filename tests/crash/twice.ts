/**
 * rel:twice. Two starts on the same data: one opens it, the other ends within a second with its sentence and without having written
 * a byte. Half of the pairs start at the same moment, half find the data open (then the files are compared byte by byte, and the loser's
 * system calls are read where strace is there). After each pair the winner is killed, and the lock that it leaves must stop nobody.
 * `--count`: double starts.
 */
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { argument, runChildProcess } from './support/child'
import { folderInMemory } from './support/folders'
import { hasStrace } from './support/needs'
import { runProgram, type Program } from './support/program'
import { startOnce } from './twice/start-once'
import { makeTemplate } from './volunteer/template'

type Outcome = { readonly opened: boolean; readonly sentence: string; readonly msToEnd: number; readonly msInAll: number; readonly said: string; readonly kill: () => void; readonly ended: Promise<void> }

/** Starts a copy; resolves when it has opened the data, or has ended. */
const start = (profile: string, owner: string, under: readonly string[] = []): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    let text = ''
    let kill = (): void => undefined
    let begun = 0
    let done: () => void = () => undefined
    const ended = new Promise<void>((end) => {
      done = end
    })
    const outcome = (said: string): Outcome => ({
      opened: text.includes('OPEN'),
      sentence: /SENTENCE (.*)/u.exec(text)?.[1] ?? '',
      msToEnd: Number(/ENDED (\d+)/u.exec(text)?.[1] ?? Date.now() - begun),
      msInAll: Number(/ENDED \d+ (\d+)/u.exec(text)?.[1] ?? 0),
      said,
      kill,
      ended
    })
    runChildProcess({
      args: ['--child=once', `--profile=${profile}`, `--owner=${owner}`],
      under,
      onStart: (end) => {
        begun = Date.now()
        kill = end
      },
      onText: (part) => {
        text += part
        if (part.includes('OPEN')) resolve(outcome(''))
      }
    }).then(({ said }) => {
      done()
      resolve(outcome(said))
    }, reject)
  })

const fingerprint = (folder: string): string => {
  const hash = createHash('sha256')
  const look = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      const file = join(path, name)
      hash.update(file)
      if (statSync(file).isDirectory()) look(file)
      else hash.update(readFileSync(file)).update(String(statSync(file).mtimeMs))
    }
  }
  look(folder)
  return hash.digest('hex')
}

/** Calls that would change something in the profile, as strace writes them. */
const writesIn = (trace: string, profile: string): readonly string[] => {
  const opened = /^\d*\s*(openat|open|creat|mkdir|rename|renameat2?|unlink|unlinkat|truncate|link|symlink)\(/u
  return readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => line.includes(profile))
    .filter((line) => /\b(pwrite64|write|ftruncate|fallocate)\(\d+</u.test(line) || (opened.test(line) && !/O_RDONLY|O_RDWR\|O_NOFOLLOW|O_RDWR\|O_CREAT/u.test(line) && !/ = -1 /u.test(line)))
}

const sentence = (owner: string): string => `Epistle is already open for ${owner} on this PC.`

const checkLoser = (program: Program, loser: Outcome, owner: string, when: string): void => {
  program.check(!loser.opened && loser.sentence.startsWith(sentence(owner)), () => `${when}: the second one said "${loser.sentence}" ${loser.said.slice(-300)}`)
  program.check(loser.msToEnd <= 1_000, () => `${when}: the second one took ${loser.msToEnd} ms`)
}

const part = argument('child')
if (part === 'once') await startOnce(argument('profile') ?? '', argument('owner') ?? '')
else {
  await runProgram('twice', { short: 6, long: 200 }, async (program) => {
    const root = folderInMemory('twice')
    const template = await makeTemplate(join(root, 'template'), program.seed)
    const canTrace = hasStrace(program)
    const slowest: number[] = []
    const inAll: number[] = []
    for (let pair = 0; pair < program.count; pair += 1) {
      const profile = join(root, `profile-${pair % 4}`)
      // Four profiles in turn, each opened again and again after kills.
      if (pair < 4) cpSync(template.folder, profile, { recursive: true })
      const when = `pair ${pair + 1}`
      if (pair % 2 === 0) {
        const both = await Promise.all([start(profile, 'mary'), start(profile, 'peter')])
        const winners = both.filter(({ opened }) => opened)
        program.check(winners.length === 1, () => `${when}: ${winners.length} opened the data: ${both.map(({ said, sentence: words }) => `${words} ${said.slice(-200)}`).join(' / ')}`)
        const loser = both.find(({ opened }) => !opened)
        if (loser !== undefined) {
          // Who lost in the same moment may have looked before the winner had written its name.
          program.check(/^Epistle is already open for (mary|peter|somebody else) on this PC\./u.test(loser.sentence), () => `${when}: the second one said "${loser.sentence}" ${loser.said.slice(-300)}`)
          program.check(loser.msToEnd <= 1_000, () => `${when}: the second one took ${loser.msToEnd} ms`)
          slowest.push(loser.msToEnd)
          inAll.push(loser.msInAll)
        }
        both.forEach(({ kill }) => kill())
        await Promise.all(both.map(({ ended }) => ended))
      } else {
        const first = await start(profile, 'mary')
        program.check(first.opened, () => `${when}: the lock that a kill left behind kept the next one out: ${first.sentence} ${first.said.slice(-300)}`)
        const before = fingerprint(profile)
        const trace = join(root, 'loser.trace')
        const traced = canTrace && pair % 4 === 3
        const loser = await start(profile, 'peter', traced ? ['strace', '-f', '-qq', '-y', '-s', '300', '-o', trace, '-e', 'trace=file,write,pwrite64,ftruncate,fallocate'] : [])
        if (traced) {
          program.check(!loser.opened && loser.sentence.startsWith(sentence('mary')), () => `${when}: under strace the second one said "${loser.sentence}"`)
          const writes = writesIn(trace, profile)
          program.check(writes.length === 0, () => `${when}: the second one wrote: ${writes.slice(0, 3).join(' | ')}`)
          program.check(readFileSync(trace, 'utf8').includes(join(profile, 'desk.db')), () => `${when}: the trace shows nothing of the profile`)
        } else {
          checkLoser(program, loser, 'mary', when)
          slowest.push(loser.msToEnd)
          inAll.push(loser.msInAll)
        }
        program.check(fingerprint(profile) === before, () => `${when}: the second one changed a file`)
        first.kill()
        await first.ended
      }
    }
    const average = (list: readonly number[]): number => Math.round(list.reduce((sum, ms) => sum + ms, 0) / list.length)
    program.say(`  ${program.count} double starts; the second one ended ${Math.max(...slowest)} ms after its core was asked to start at most (average ${average(slowest)}); with Node and the code, ${average(inAll)} ms on average`)
    rmSync(root, { recursive: true, force: true })
  })
}
