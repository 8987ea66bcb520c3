/** Somebody leaves, or comes, while something else is under way: no mailbox stays open with nobody there, and its owner gets in. */
import { password } from '../../support/core'
import { mailboxOf } from '../sim/people'
import { codes, interleave, internal, oks, type Answer, type Scenario } from './interleave'

export const signOutAndSend: Scenario = async (bench, gate, seed) => {
  const { world } = bench
  const ticket = await bench.quote(await bench.write('on the way out'))
  bench.told().sends += 1
  const answers = await interleave(bench, gate, seed, [() => world.begin('letters.send', { ticket }), () => world.begin('accounts.signOut', {}), () => world.begin('sync.now', {})])
  if (internal(answers)) return `an answer was a bug: ${codes(answers)}`
  const sent = answers[0] as Answer
  if (sent?.ok) bench.told().confirmed.set(String(sent.value?.['letterId']), { subject: String(sent.value?.['subject']), body: String(sent.value?.['body']), photos: [], stamps: Number(sent.value?.['stamps']) })
  await bench.ready()
  const letters = bench.count('SELECT count(*) FROM letter')
  return letters === (sent?.ok ? 1 : 0) ? null : `${letters} letters after ${codes(answers)}`
}

/** Somebody hands over while the mailbox is exchanged for a copy: it must not come to a desk where nobody is, and keep its owner out. */
export const signOutAndRestore: Scenario = async (bench, gate, seed) => {
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
export const handOverAndNewPassword: Scenario = async (bench, gate, seed) => {
  const { world } = bench
  const newPassword = 'Harbour9maple'
  const answers = await interleave(bench, gate, seed, [
    () => world.begin('account.changePassword', { password, newPassword, confirmPassword: newPassword }),
    () => world.begin('desk.handOver', {}),
    () => (seed % 2 === 0 ? world.begin('sync.now', {}) : world.begin('desk.lock', {}))
  ])
  if (internal(answers)) return `an answer was a bug: ${codes(answers)}`
  const session = await bench.comeBack(oks(answers.slice(0, 1)) === 1 ? newPassword : password)
  return session?.mailbox === 'open' ? null : `after ${codes(answers)} the mailbox is ${session?.mailbox ?? 'not reached'}`
}

/** Two windows sign in at once, as two people: one is at the desk afterwards, and the other's mailbox is closed. */
export const twoSignIns: Scenario = async (bench, gate, seed) => {
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
