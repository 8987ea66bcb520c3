/**
 * rel:confirm: nothing goes that was not shown. Changed submissions after the dialog are refused one and all, a double click is one
 * letter and one reservation, and a ticket dies after five minutes of a clock that nobody can set.
 */
import { runProgram } from './support/program'
import { openBench, type Bench } from './sim/bench'
import { buyStamps } from './sim/people'
import { withTemplate } from './sim/with-template'

const minute = 60_000

const changes = [
  'body',
  'one letter',
  'subject',
  'prepaid reply',
  'discarded',
  'forged ticket',
  'cut ticket',
  "a purchase's ticket",
  'used ticket',
  'late ticket',
  'locked in between',
  'started again in between',
  "somebody else's ticket"
] as const
type Change = (typeof changes)[number]

/** What comes between the dialog and the yes. @returns the ticket that is then handed in */
const between = async (bench: Bench, change: Change, draft: { readonly draftId: string; readonly revision: number; readonly body: string }, ticket: string): Promise<string> => {
  const { world, must, me } = bench
  const save = async (patch: { body?: string; subject?: string; prepaidReply?: boolean }): Promise<string> => {
    await must(world.call('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch }))
    return ticket
  }
  switch (change) {
    case 'body':
      return save({ body: `${me.mark} something else altogether` })
    case 'one letter':
      return save({ body: `${draft.body}.` })
    case 'subject':
      return save({ subject: 'Another subject' })
    case 'prepaid reply':
      return save({ prepaidReply: true })
    case 'discarded':
      await must(world.call('drafts.discard', { draftId: draft.draftId }))
      return ticket
    case 'forged ticket':
      return 'ab'.repeat(16)
    case 'cut ticket':
      return ticket.slice(0, -1)
    case "a purchase's ticket": {
      const offer = await must(world.call('stamps.offer', { contactId: me.contactId }))
      return (await must(world.call('stamps.quote', { contactId: me.contactId, packageId: offer.packages[0]?.packageId ?? '' }))).ticket
    }
    case 'used ticket':
      bench.told().sends += 1
      await must(world.call('letters.send', { ticket }))
      return ticket
    case 'late ticket':
      await world.advance(5 * minute + 1)
      await bench.ready()
      return ticket
    case 'locked in between':
      await must(world.call('desk.lock', {}))
      await must(world.call('desk.unlock', { passcode: '4827' }))
      return ticket
    case 'started again in between':
      world.stopNow('crash')
      await bench.ready()
      return ticket
    case "somebody else's ticket":
      bench.desk.who = 1
      await bench.ready()
      bench.desk.who = 0
      await bench.ready()
      return ticket
  }
}

const rows = (bench: Bench): string =>
  JSON.stringify([bench.count('SELECT count(*) FROM letter'), bench.count('SELECT count(*) FROM delivery'), bench.count(`SELECT count(*) FROM ledger WHERE reason = 'reserve'`)])

const enoughStamps = async (bench: Bench): Promise<void> => {
  if (bench.count('SELECT sum(available) FROM wallet_balance') > 5) return
  bench.told().buys += 1
  await bench.must(buyStamps(bench.world, bench.me.contactId, 20) as Promise<{ ok: boolean }>)
}

await runProgram(
  'confirm',
  { short: 130, long: 1_000 },
  withTemplate('confirm', async (program, template, root) => {
    const bench = openBench(template, root, program.seed)
    const { world } = bench
    await bench.begin()
    const seen = new Map<Change, number>()
    for (let turn = 0; turn < program.count; turn += 1) {
      const change = changes[turn % changes.length] ?? 'body'
      await bench.ready()
      await enoughStamps(bench)
      const draft = await bench.write(`letter ${turn} ${program.random.letters(12)}`)
      const ticket = await between(bench, change, draft, await bench.quote(draft))
      const before = rows(bench)
      const answer = await world.call('letters.send', { ticket })
      seen.set(change, (seen.get(change) ?? 0) + 1)
      program.check(answer !== null && !answer.ok && rows(bench) === before, () => `${change}: ${JSON.stringify(answer)}, ${before} became ${rows(bench)}`)
    }
    program.check(seen.size === changes.length || program.count < changes.length, () => `only ${[...seen.keys()].join(', ')} were tried`)

    for (let turn = 0; turn < Math.max(10, program.count / 10); turn += 1) {
      await bench.ready()
      await enoughStamps(bench)
      const draft = await bench.write(`twice ${turn}`)
      const ticket = await bench.quote(draft)
      const [letters, reserves] = JSON.parse(rows(bench)) as [number, number, number]
      bench.told().sends += 1
      const clicks = [world.begin('letters.send', { ticket }), world.begin('letters.send', { ticket })]
      const answers = await world.time.waitFor(Promise.all(clicks), () => world.isAlive())
      const after = JSON.parse(rows(bench)) as [number, number, number]
      program.check(
        answers?.filter((answer) => answer?.ok).length === 1 && after[0] === letters + 1 && after[1] === reserves + 1,
        () => `two clicks: ${JSON.stringify(answers)}`
      )
    }

    for (const [wait, jump, lives] of [
      [5 * minute - 1_000, 0, true],
      [5 * minute + 1_000, 0, false],
      [5 * minute + 1_000, -365 * 24 * 60 * minute, false],
      [minute, 365 * 24 * 60 * minute, true]
    ] as const) {
      await bench.ready()
      await enoughStamps(bench)
      const ticket = await bench.quote(await bench.write(`waited ${wait} ${jump}`))
      world.time.jump(jump)
      for (let left = wait; left > 0; left -= minute) {
        await world.call('desk.stay', {})
        await world.advance(Math.min(minute, left))
      }
      bench.told().sends += 1
      const answer = await world.call('letters.send', { ticket })
      world.time.jump(-jump)
      program.check(lives ? answer?.ok === true : answer !== null && !answer.ok && answer.code === 'CONFIRM_AGAIN', () => `after ${wait} ms and a jump of ${jump}: ${JSON.stringify(answer)}`)
    }
    const left = await bench.drain()
    program.check(left === null, () => String(left))
    bench.close()
  })
)
