/**
 * rel:clock: somebody sets the clock, by a second or by ten years, forward and back. Letters go in the order they were confirmed, each
 * once; a lock lasts as long as it should, within a minute, whether the app is ended and started in between or not.
 */
import { runProgram, type Program } from './support/program'
import { openBench, type Bench, type Template } from './sim/bench'
import { withTemplate } from './sim/with-template'

const second = 1_000
const minute = 60 * second
const day = 24 * 60 * minute
const tenYears = 3_652 * day
const lockMs = 15 * minute
const tolerance = minute

/** A jump between a second and ten years, evenly over the orders of size. */
const drawJump = (program: Program): number => {
  const size = Math.round(second * (tenYears / second) ** program.random.number())
  return program.random.below(2) === 0 ? size : -size
}

/** Three letters wait while the clock is set about, then the line is up. @returns what is wrong, or null */
const order = async (bench: Bench, jumps: () => number): Promise<string | null> => {
  const { world } = bench
  world.sky.weather = { chance: 1, faults: ['offline'] }
  const confirmed: string[] = []
  for (const name of ['first', 'second', 'third']) {
    const letter = await bench.send(await bench.quote(await bench.write(name)))
    if (letter === null) return `${name} could not be confirmed`
    confirmed.push(letter.letterId)
    world.time.jump(jumps())
    await world.advance(20 * second)
  }
  const listed = await bench.must(world.call('letters.outbox', {}))
  if (listed.map(({ letterId }) => letterId).join() !== confirmed.join()) return 'the Outbox shows another order'
  // A lost answer leaves a letter under way while the clock jumps.
  world.sky.weather = { chance: 0.5, faults: ['lost answer', '500 before'], only: 'messaging.submit' }
  await world.advance(10 * second)
  world.time.jump(jumps())
  bench.goodWeather()
  await world.advance(20 * minute)
  const keys = bench.mailbox()?.prepare(`SELECT d.letter_id FROM ledger b JOIN delivery d ON d.key = b.reference WHERE b.reason = 'post' ORDER BY b.seq`).pluck().all() as string[]
  const sent = bench.service()?.prepare('SELECT count(*) FROM letter WHERE account_id = ?').pluck().get(bench.me.accountId)
  if (sent !== 3) return `${String(sent)} letters went, three were confirmed`
  return new Set(keys).size === 3 ? null : 'a letter was paid twice'
}

/** Without faults the service gets them exactly in the order they were confirmed. */
const strictOrder = async (bench: Bench, jumps: () => number): Promise<string | null> => {
  const { world } = bench
  world.sky.weather = { chance: 1, faults: ['offline'] }
  const bodies = ['one', 'two', 'three', 'four']
  for (const body of bodies) {
    await bench.send(await bench.quote(await bench.write(body)))
    world.time.jump(jumps())
  }
  bench.goodWeather()
  await world.call('sync.now', {})
  const rows = bench.mailbox()?.prepare(`SELECT l.body FROM ledger b JOIN delivery d ON d.key = b.reference JOIN letter l ON l.id = d.letter_id WHERE b.reason = 'post' ORDER BY b.seq`).pluck().all() as string[]
  const found = rows.map((text) => text.slice(2)).join()
  return found === bodies.join() ? null : `the order was ${found}`
}

const signIn = async (bench: Bench, secret: string): Promise<string> => {
  const answer = await bench.world.call('accounts.signIn', { email: bench.me.email, password: secret })
  return answer === null ? 'stopped' : answer.ok ? 'ok' : answer.code
}

/** Three wrong passwords, then the clock is set: the right one is refused for fifteen minutes and no longer. */
const lockout = async (bench: Bench, offline: boolean, again: boolean, jump: number): Promise<string | null> => {
  const { world } = bench
  await bench.must(world.call('accounts.signOut', {}))
  if (offline) world.sky.weather = { chance: 1, faults: ['offline'] }
  for (let tries = 0; tries < 3; tries += 1) await signIn(bench, 'Wrong7password')
  const from = world.time.uptime()
  world.time.jump(jump)
  if (again) {
    world.stopNow('crash')
    await world.start()
  }
  await world.advance(from + lockMs - tolerance - world.time.uptime())
  const early = await signIn(bench, 'Lantern7oak')
  if (early !== 'ACCOUNT_LOCKED') return `a minute before its end the lock answered ${early}`
  await world.advance(2 * tolerance)
  const late = await signIn(bench, 'Lantern7oak')
  return late === 'ok' ? null : `a minute after its end the lock answered ${late}`
}

const play = async (bench: Bench, turn: number, jumps: () => number): Promise<string | null> => {
  switch (turn % 6) {
    case 0:
      return order(bench, jumps)
    case 1:
      return strictOrder(bench, jumps)
    default:
      return lockout(bench, turn % 6 < 4, turn % 2 === 0, jumps())
  }
}

await runProgram(
  'clock',
  { short: 60, long: 1_000 },
  withTemplate('clock', async (program: Program, template: Template, root: string) => {
    let jumped = 0
    for (let turn = 0; jumped < program.count; turn += 1) {
      const bench = openBench(template, root, program.seed + turn)
      const taken: number[] = []
      const jumps = (): number => {
        const ms = drawJump(program)
        taken.push(ms)
        return ms
      }
      try {
        await bench.begin()
        const found = (await play(bench, turn, jumps)) ?? (turn % 6 < 2 ? await bench.drain() : bench.judge())
        if (found === null) program.passed(taken.length)
        else program.failed(`${['order', 'strict order', 'lock', 'lock', 'lock', 'lock'][turn % 6]} after jumps of ${taken.map((ms) => ms / second).join(', ')} s: ${found}`)
      } catch (error) {
        program.failed(`turn ${turn} after jumps of ${taken.join(', ')}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      } finally {
        bench.close()
      }
      jumped += taken.length
    }
    program.say(`${jumped} jumps`)
  })
)
