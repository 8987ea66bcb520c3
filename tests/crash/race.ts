/**
 * rel:race: several things at once. Every request, every answer and every password check waits at a gate, and a seeded hand lets them
 * go on in an order of its own; nothing may come of it that one after the other could not have brought.
 */
import { runProgram } from './support/program'
import { openBench } from './sim/bench'
import { withTemplate } from './sim/with-template'
import { testCard } from '../support/core'
import { whateverAndLeave } from './race/any-command'
import { codes, createGate, interleave, internal, oks, type Answer, type Scenario } from './race/interleave'
import { handOverAndNewPassword, signOutAndRestore, signOutAndSend, twoSignIns } from './race/leaving'

const doubleConfirm: Scenario = async (bench, gate, seed) => {
  const draft = await bench.write('two clicks')
  const tickets = [await bench.quote(draft), await bench.quote(draft)]
  bench.told().sends += 1
  const answers = await interleave(bench, gate, seed, [...tickets, tickets[0] ?? ''].map((ticket) => () => bench.world.begin('letters.send', { ticket })))
  if (oks(answers) !== 1 || internal(answers)) return `of three confirmations went ${codes(answers)}`
  return bench.count(`SELECT count(*) FROM ledger WHERE reason = 'reserve'`) === 1 ? null : 'more than one reservation'
}

const cancelAndSend: Scenario = async (bench, gate, seed) => {
  const { world } = bench
  world.sky.weather = { chance: 1, faults: ['offline'] }
  const letter = await bench.send(await bench.quote(await bench.write('to be taken back, perhaps')))
  await world.advance(500)
  bench.goodWeather()
  const letterId = letter?.letterId ?? ''
  const answers = await interleave(bench, gate, seed, [() => world.begin('sync.now', {}), () => world.begin('letters.cancel', { letterId }), () => world.begin('letters.cancel', { letterId })])
  const back = answers.slice(1)
  if (internal(answers) || oks(back) > 1) return `taken back: ${codes(back)}`
  if (oks(back) === 1) bench.told().takenBack.add(letterId)
  return null
}

const lockAndSave: Scenario = async (bench, gate, seed) => {
  const { world } = bench
  const draft = await bench.write('before')
  const body = `${bench.me.mark} after`
  const answers = await interleave(bench, gate, seed, [
    () => world.begin('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body } }),
    () => world.begin('desk.lock', {}),
    () => world.begin('desk.unlock', { passcode: '4827' })
  ])
  const saved = answers[0] as Answer
  const there = bench.mailbox()?.prepare('SELECT body FROM draft_text WHERE draft_id = ? ORDER BY slot DESC LIMIT 1').pluck().get(draft.draftId)
  if (internal(answers)) return `an answer was a bug: ${codes(answers)}`
  return there === (saved?.ok ? body : draft.body) ? null : `called ${codes(answers)}, the draft reads ${String(there)}`
}

const twoWindows: Scenario = async (bench, gate, seed) => {
  const { world } = bench
  const draft = await bench.write('both begin here')
  const bodies = ['left', 'right'].map((side) => `${bench.me.mark} ${side}`)
  const answers = await interleave(
    bench,
    gate,
    seed,
    bodies.map((body) => () => world.begin('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body } }))
  )
  const outcomes = answers.map((answer) => String((answer as Answer)?.value?.['outcome']))
  if ([...outcomes].sort().join() !== 'conflict,saved') return `two windows were told ${outcomes.join(' and ')}`
  const missing = bodies.find((body) => bench.count(`SELECT count(*) FROM draft_text WHERE body = '${body}'`) === 0)
  return missing === undefined ? null : `a window's words are gone: ${missing}`
}

const buyAndSync: Scenario = async (bench, gate, seed) => {
  const { world, me } = bench
  const offer = await bench.must(world.call('stamps.offer', { contactId: me.contactId }))
  const packageId = offer.packages.find((pack) => pack.stamps === 20)?.packageId ?? ''
  const { ticket } = await bench.must(world.call('stamps.quote', { contactId: me.contactId, packageId }))
  bench.told().buys += 1
  const answers = await interleave(bench, gate, seed, [
    () => world.begin('stamps.purchase', { ticket, ...testCard }),
    () => world.begin('stamps.purchase', { ticket, ...testCard }),
    () => world.begin('sync.now', {}),
    () => (seed % 2 === 0 ? world.begin('accounts.signOut', {}) : world.begin('sync.now', {}))
  ])
  if (internal(answers)) return `an answer was a bug: ${codes(answers)}`
  if (oks(answers.slice(0, 2)) > 1) return 'one ticket bought twice'
  await bench.ready()
  const added = bench.count(`SELECT count(*) FROM purchase WHERE state = 'added'`) - 1
  const charged = bench.service()?.prepare('SELECT count(*) FROM purchase WHERE account_id = ?').pluck().get(me.accountId) as number
  if (oks(answers.slice(0, 2)) === 1 && added !== 1) return `called added, and is not: ${codes(answers)}`
  const voided = bench.count(`SELECT count(*) FROM purchase WHERE state IN ('declined', 'cancelled')`)
  return charged - 1 === added && voided === 0 ? null : `${charged - 1} charges, ${added} added, ${voided} called off with a good card and a good line`
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'double confirm': doubleConfirm,
  'cancel and send': cancelAndSend,
  'sign out and send': signOutAndSend,
  'sign out and restore': signOutAndRestore,
  'two sign-ins': twoSignIns,
  'hand over and new password': handOverAndNewPassword,
  'anything and leave': whateverAndLeave,
  'lock and autosave': lockAndSave,
  'two windows': twoWindows,
  'buy and sync': buyAndSync
}

await runProgram(
  'race',
  { short: 200, long: 2_500 },
  withTemplate('race', async (program, template, root) => {
    const names = Object.keys(scenarios)
    const came = new Map<string, number>()
    for (let turn = 0; turn < program.count; turn += 1) {
      const name = names[turn % names.length] ?? ''
      const seed = program.seed * 7 + turn
      const gate = createGate()
      const bench = openBench(template, root, seed, gate.hold)
      try {
        await bench.begin()
        const found = (await scenarios[name]?.(bench, gate, seed)) ?? bench.judge() ?? (await bench.drain())
        if (found === null) program.passed()
        else program.failed(`${name}, schedule ${turn}: ${found}`, name)
        came.set(name, (came.get(name) ?? 0) + 1)
      } catch (error) {
        program.failed(`${name}, schedule ${turn}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, name)
      } finally {
        gate.throwOpen()
        bench.close()
      }
    }
    program.say([...came].map(([name, count]) => `${name} ${count}`).join(', '))
  })
)
