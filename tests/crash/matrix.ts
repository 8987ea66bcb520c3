/** rel:matrix: every fault in every state of a letter (reliability.md §5), 20 runs a cell with `--long`; each cell has to see its fault fire. */
import { dirname, join } from 'node:path'
import { runProgram } from './support/program'
import { openBench, type Bench } from './sim/bench'
import { replaceDatabase } from './sim/disk'
import type { NetworkFault } from './sim/network'
import { mailboxOf } from './sim/people'
import { withTemplate } from './sim/with-template'
import type { Armed } from './sim/world'

const faults = ['offline', 'latency', 'timeout before', 'lost answer', '500 before', '500 after', '429', 'malformed', 'duplicate', 'kill'] as const
type Fault = (typeof faults)[number]

const states = ['DRAFT', 'confirm tx', 'QUEUED', 'SENDING before call', 'in call', 'answer before tx', 'SENT', 'REJECTED', 'restore'] as const
type State = (typeof states)[number]

const submit = 'messaging.submit'

/** Where the machine stops in each state; `now`: between two steps. */
const stops: Readonly<Record<State, Omit<Armed, 'kind'> | 'now'>> = {
  DRAFT: { left: 1, where: 'before commit' },
  'confirm tx': { left: 1, where: 'before commit' },
  QUEUED: 'now',
  'SENDING before call': { left: 1, where: 'call leaves', name: submit },
  'in call': { left: 1, where: 'service acted', name: submit },
  'answer before tx': { left: 1, where: 'answer came', name: submit },
  SENT: 'now',
  REJECTED: 'now',
  restore: { left: 1, where: 'service acted', name: submit }
}
/** States in which the fault is to hit the letter's own exchange; in the others any exchange will do. */
const atSubmit: readonly State[] = ['SENDING before call', 'in call', 'answer before tx', 'restore']

/** Lets the fault loose. */
const letLoose = (bench: Bench, fault: Fault, state: State): void => {
  const { world } = bench
  if (fault !== 'kill') {
    world.sky.weather = { chance: 1, faults: [fault], ...(atSubmit.includes(state) ? { only: submit } : {}) }
    return
  }
  const stop = stops[state]
  if (stop === 'now') world.stopNow('crash')
  else world.arm({ kind: 'crash', ...stop })
}

const stayOffline = (bench: Bench): void => {
  bench.world.sky.weather = { chance: 1, faults: ['offline'] }
}

/** Time for the line to use itself, with the fault in force. */
const letItWork = async (bench: Bench): Promise<void> => {
  await bench.world.call('sync.now', {})
  await bench.world.advance(5_000)
}

/** Brings one letter into the state, with the fault in it. @returns letters that have to be at the service in the end; null: as many as were confirmed */
const play = async (bench: Bench, state: State, fault: Fault, random: () => number): Promise<void> => {
  const { world, told } = bench
  const body = `words ${Math.floor(random() * 1e9)}`
  switch (state) {
    case 'DRAFT': {
      const draft = await bench.write(body)
      letLoose(bench, fault, state)
      const saved = await world.call('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: `${bench.me.mark} later ${body}` } })
      if (saved !== null && saved.ok && saved.value.outcome === 'saved') told().saved.set(draft.draftId, { revision: saved.value.draft.revision, body: saved.value.draft.body })
      return letItWork(bench)
    }
    case 'confirm tx': {
      const ticket = await bench.quote(await bench.write(body))
      letLoose(bench, fault, state)
      await bench.send(ticket)
      return letItWork(bench)
    }
    case 'QUEUED':
      stayOffline(bench)
      await bench.send(await bench.quote(await bench.write(body)))
      await world.advance(1_000)
      bench.goodWeather()
      letLoose(bench, fault, state)
      return letItWork(bench)
    case 'SENDING before call':
      // One try has failed: the letter is SENDING, and its next call is the one that meets the fault.
      world.sky.weather = { chance: 1, faults: ['500 before'], only: submit }
      await bench.send(await bench.quote(await bench.write(body)))
      await world.advance(500)
      world.sky.fired.clear()
      bench.goodWeather()
      letLoose(bench, fault, state)
      return letItWork(bench)
    case 'in call':
    case 'answer before tx':
      letLoose(bench, fault, state)
      await bench.send(await bench.quote(await bench.write(body)))
      return letItWork(bench)
    case 'SENT':
      await bench.send(await bench.quote(await bench.write(body)))
      await world.advance(5_000)
      letLoose(bench, fault, state)
      return letItWork(bench)
    case 'REJECTED': {
      world.sky.weather = { chance: 1, faults: ['price change'], only: submit }
      const letter = await bench.send(await bench.quote(await bench.write(body)))
      await world.advance(5_000)
      bench.goodWeather()
      if (letter === null || bench.count(`SELECT count(*) FROM delivery WHERE state = 'REJECTED'`) !== 1) throw new Error('the letter was not refused')
      world.sky.fired.clear()
      letLoose(bench, fault, state)
      await letItWork(bench)
      bench.goodWeather()
      if (!(await bench.ready())) return
      // Its words are a draft again, and go with a key of their own.
      const draft = await world.call('letters.cancel', { letterId: letter.letterId })
      if (draft !== null && draft.ok) await bench.send(await bench.quote(draft.value))
      return
    }
    case 'restore': {
      stayOffline(bench)
      await bench.send(await bench.quote(await bench.write(body)))
      await world.advance(500)
      const copy = join(dirname(world.disk().folder), 'copy.db')
      replaceDatabase(join(world.disk().folder, mailboxOf(bench.me)), copy)
      const memory = bench.desk.oracles[0]?.remember()
      bench.goodWeather()
      await letItWork(bench)
      if (bench.count(`SELECT count(*) FROM delivery WHERE state = 'SENT'`) !== 1) throw new Error('the letter was not sent before the copy came back')
      world.stopNow('crash')
      replaceDatabase(copy, join(world.nextFolder(), mailboxOf(bench.me)))
      if (memory !== undefined) bench.desk.oracles[0]?.goBackTo(memory)
      letLoose(bench, fault, state)
      await world.start()
      await bench.ready()
      return letItWork(bench)
    }
  }
}

const fired = (bench: Bench, fault: Fault, before: number): boolean => (fault === 'kill' ? bench.world.stops.crash > before : (bench.world.sky.fired.get(fault satisfies NetworkFault) ?? 0) > 0)

await runProgram(
  'matrix',
  { short: 1, long: 20 },
  withTemplate('matrix', async (program, template, root) => {
    for (let run = 0; run < program.count; run += 1) {
      for (const state of states) {
        for (const fault of faults) {
          const bench = openBench(template, root, program.seed + run * 1_000 + states.indexOf(state) * 10 + faults.indexOf(fault))
          const cell = `${fault} x ${state}`
          try {
            await bench.begin()
            // The kill that restores the copy is the case's own; the fault is another one.
            const before = state === 'restore' ? 1 : 0
            await play(bench, state, fault, program.random.number)
            const hasFired = fired(bench, fault, before)
            bench.goodWeather()
            const left = await bench.drain()
            const mails = bench.service()?.prepare('SELECT count(*) FROM letter WHERE account_id = ?').pluck().get(bench.me.accountId) as number
            const wanted = state === 'DRAFT' ? 0 : state === 'confirm tx' && fault === 'kill' ? 0 : 1
            if (!hasFired) program.failed(`${cell}: the fault never fired`)
            else if (left !== null) program.failed(`${cell}: ${left}`)
            else program.check(mails === wanted, () => `${cell}: ${mails} letters at the service, ${wanted} wanted`)
          } catch (error) {
            program.failed(`${cell}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
          } finally {
            bench.close()
          }
        }
      }
    }
    program.say(`${faults.length} faults x ${states.length} states x ${program.count} runs`)
  })
)
