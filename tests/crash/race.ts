/**
 * rel:race: several things at once. Every request, every answer and every password check waits at a gate, and a seeded hand lets them
 * go on in an order of its own; nothing may come of it that one after the other could not have brought.
 */
import { runProgram } from './support/program'
import { openBench, type Bench } from './sim/bench'
import { seededNumbers } from './support/seeded-numbers'
import { withTemplate } from './sim/with-template'
import { mailboxOf } from './sim/people'
import { password, testCard } from '../support/core'

const createGate = () => {
  let open = true
  const waiting: (() => void)[] = []
  return {
    hold: (): Promise<void> => (open ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    shut: (): void => {
      open = false
    },
    /** Lets everybody on from here. */
    throwOpen: (): void => {
      open = true
      waiting.splice(0).forEach((go) => go())
    },
    waiting: (): number => waiting.length,
    letOneOn: (which: number): void => {
      waiting.splice(which, 1).forEach((go) => go())
    }
  }
}
type Gate = ReturnType<typeof createGate>

type Act = () => Promise<unknown>

/** Begins the acts and lets whatever waits go on, in a drawn order, until all of them are over. */
const interleave = async (bench: Bench, gate: Gate, seed: number, acts: readonly Act[]): Promise<readonly unknown[]> => {
  const random = seededNumbers(seed)
  const { time } = bench.world
  const answers: unknown[] = acts.map(() => undefined)
  const toBegin = acts.map((_act, index) => index)
  let under = 0
  gate.shut()
  for (let turns = 0; toBegin.length > 0 || under > 0; turns += 1) {
    if (turns > 5_000) throw new Error('the acts never came to an end')
    const choices = [...(toBegin.length > 0 ? ['begin'] : []), ...(gate.waiting() > 0 ? ['go on', 'go on'] : []), 'time']
    switch (random.pick(choices)) {
      case 'begin': {
        const index = toBegin.splice(random.below(toBegin.length), 1)[0] ?? 0
        under += 1
        void acts[index]?.().then(
          (answer) => {
            answers[index] = answer
            under -= 1
          },
          (error: unknown) => {
            answers[index] = error
            under -= 1
          }
        )
        break
      }
      case 'go on':
        gate.letOneOn(random.below(gate.waiting()))
        break
      default:
        await time.advance(random.pick([1, 50, 1_000]), () => true)
    }
    await time.turn()
  }
  gate.throwOpen()
  await time.advance(2_000, () => true)
  const broken = answers.find((answer) => answer instanceof Error)
  if (broken !== undefined) throw broken as Error
  return answers
}

type Answer = { readonly ok: boolean; readonly code?: string; readonly value?: Record<string, unknown> } | null
const oks = (answers: readonly unknown[]): number => answers.filter((answer) => (answer as Answer)?.ok === true).length
const codes = (answers: readonly unknown[]): string => answers.map((answer) => ((answer as Answer)?.ok === true ? 'ok' : ((answer as Answer)?.code ?? 'nothing'))).join(', ')
const internal = (answers: readonly unknown[]): boolean => answers.some((answer) => (answer as Answer)?.code === 'INTERNAL')

type Scenario = (bench: Bench, gate: Gate, seed: number) => Promise<string | null>

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

const signOutAndSend: Scenario = async (bench, gate, seed) => {
  const { world } = bench
  const ticket = await bench.quote(await bench.write('on the way out'))
  bench.told().sends += 1
  const answers = await interleave(bench, gate, seed, [() => world.begin('letters.send', { ticket }), () => world.begin('accounts.signOut', {}), () => world.begin('sync.now', {})])
  if (internal(answers)) return `an answer was a bug: ${codes(answers)}`
  const sent = answers[0] as Answer
  if (sent?.ok) bench.told().confirmed.set(String(sent.value?.['letterId']), { subject: String(sent.value?.['subject']), body: String(sent.value?.['body']), stamps: Number(sent.value?.['stamps']) })
  await bench.ready()
  const letters = bench.count('SELECT count(*) FROM letter')
  return letters === (sent?.ok ? 1 : 0) ? null : `${letters} letters after ${codes(answers)}`
}

/** Somebody hands over while the mailbox is exchanged for a copy: it must not come to a desk where nobody is, and keep its owner out. */
const signOutAndRestore: Scenario = async (bench, gate, seed) => {
  const { world } = bench
  const made = await bench.must(world.call('backups.make', {}))
  if (!made.made) return `no copy: ${String(made.trouble)}`
  const then = bench.desk.oracles[0]?.remember()
  const { copies } = await bench.must(world.call('restore.view', {}))
  const copyId = copies[0]?.copyId ?? ''
  await bench.write('after the copy')
  if (then !== undefined) bench.desk.oracles[0]?.mayGoBackTo(then)
  const answers = await interleave(bench, gate, seed, [
    () => world.begin('restore.from', { copyId }),
    () => world.begin('accounts.signOut', {}),
    () => (seed % 2 === 0 ? world.begin('restore.from', { copyId }) : world.begin('sync.now', {}))
  ])
  if (internal(answers)) return `an answer was a bug: ${codes(answers)}`
  if (!(await bench.ready())) return `nobody gets in after ${codes(answers)}`
  const returned = bench.count(`SELECT count(*) FROM activity WHERE event = 'mailboxRestored'`) > 0
  if (oks(answers.slice(0, 1)) === 1 && !returned) return `called back, and is not: ${codes(answers)}`
  const drafts = bench.count('SELECT count(*) FROM draft')
  return drafts === (returned ? 0 : 1) ? null : `${drafts} drafts after ${codes(answers)}`
}

/** Somebody hands over while the service thinks about their new password: the mailbox's lock follows the service's word all the same. */
const handOverAndNewPassword: Scenario = async (bench, gate, seed) => {
  const { world, me } = bench
  const newPassword = 'Harbour9maple'
  const answers = await interleave(bench, gate, seed, [
    () => world.begin('account.changePassword', { password, newPassword, confirmPassword: newPassword }),
    () => world.begin('desk.handOver', {}),
    () => (seed % 2 === 0 ? world.begin('sync.now', {}) : world.begin('desk.lock', {}))
  ])
  if (internal(answers)) return `an answer was a bug: ${codes(answers)}`
  const used = oks(answers.slice(0, 1)) === 1 ? newPassword : password
  const signedIn = await world.call('accounts.signIn', { email: me.email, password: used })
  const session = signedIn !== null && signedIn.ok && signedIn.value.outcome === 'signedIn' ? signedIn.value.session : null
  return session?.mailbox === 'open' ? null : `after ${codes(answers)} the mailbox is ${session?.mailbox ?? 'not reached'}`
}

/** Two windows sign in at once, as two people: one is at the desk afterwards, and the other's mailbox is closed. */
const twoSignIns: Scenario = async (bench, gate, seed) => {
  const { world, desk } = bench
  await bench.must(world.call('accounts.signOut', {}))
  const answers = await interleave(bench, gate, seed, [...desk.people, ...desk.people.slice(seed % 2)].map(({ email }) => () => world.begin('accounts.signIn', { email, password })))
  if (internal(answers)) return `an answer was a bug: ${codes(answers)}`
  const open = desk.people.filter((person) => world.disk().connection(mailboxOf(person)) !== null)
  if (open.length !== 1) return `${open.length} mailboxes are open after ${codes(answers)}`
  const state = await bench.must(world.call('app.state', {}))
  if (state.session?.accountId !== open[0]?.accountId) return 'the open mailbox is not that of the person at the desk'
  await bench.must(world.call('accounts.signOut', {}))
  return (await bench.ready()) ? null : 'nobody gets in afterwards'
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
  'lock and autosave': lockAndSave,
  'two windows': twoWindows,
  'buy and sync': buyAndSync
}

await runProgram(
  'race',
  { short: 180, long: 2_250 },
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
