/** Every channel in every state: arbitrary and almost right payloads through the door that windows use. */
import { commands, type CommandInput, type CommandName, type CoreCommandName } from '../../../src-main/contract/commands'
import { failure, type Result } from '../../../src-main/contract/result'
import { parsePayload } from '../../../src-main/ipc/parse'
import type { Program } from '../support/program'
import { neverWhenAnswered, refusalFor } from './access'
import { hintsFor } from './hints'
import { inTime } from '../support/in-time'
import { faultOf, foreignTo, watchPrototypes } from './judge'
import { nearValid } from './near-valid'
import { show } from './show'
import { isPlainRecord, strangeValues } from './strange-values'
import { states, type State, type World } from './world'

type Case = { readonly payload: unknown; readonly mustBeRefused: boolean }

/** These end or cover the session by being answered; the way back costs, so fewer of them are answered. */
const leaving: readonly CommandName[] = ['accounts.signOut', 'desk.handOver', 'desk.lock', 'accounts.practice', 'accounts.signIn', 'accounts.create', 'practice.set', 'practice.fastForward']
const answeredInFull = 40

/** @param count payloads for each channel in each state; half of them arbitrary */
export const tryChannels = async (program: Program, world: World): Promise<void> => {
  const only = program.option('only')
  const unpolluted = watchPrototypes()
  for (const state of states) {
    const started = Date.now()
    const names = (Object.keys(commands) as CommandName[]).filter((name) => only === null || name === only)
    for (const name of names) {
      await tryChannel(program, world, state, name)
      program.check(unpolluted(), () => `${name} (${state}): a prototype of the language was changed`)
    }
    program.say(`  ${state}: ${names.length} channels, ${((Date.now() - started) / 1000).toFixed(1)} s, image used ${world.rebuilt()} times`)
  }
}

const tryChannel = async (program: Program, world: World, state: State, name: CommandName): Promise<void> => {
  const { random, count } = program
  await world.enterAnew(state)
  const strange = strangeValues(random.below(2 ** 31), Math.ceil(count / 2))
  const hints = hintsFor(world, await ticketsNow(world, state))
  const almost = Array.from({ length: Math.floor(count / 2) }, () => nearValid(name, hints, random))
  let answered = 0
  for (const [index, { payload, mustBeRefused }] of [...strange.map((value): Case => ({ payload: value, mustBeRefused: !isPlainRecord(value) })), ...almost].entries()) {
    const where = (): string => `${name} (${state}, payload ${index}): ${show(payload)}`
    const input = parseOrNull(program, where, name, payload)
    if (input === null) {
      program.passed()
      continue
    }
    if (mustBeRefused) program.failed(`${where()}: the door let it in`, `let in ${name} ${state}`)
    if (commands[name].answeredBy === 'shell') {
      program.passed()
      continue
    }
    if (leaving.includes(name) && refusalFor[state][commands[name].access] === null && ++answered > answeredInFull) continue
    if (program.option('trace') !== null) program.say(where())
    await judgeCall(program, world, state, name as CoreCommandName, input, where)
    if (!(await world.isIn(state)) || name === 'practice.set') await world.enter(state)
  }
}

const parseOrNull = (program: Program, where: () => string, name: CommandName, payload: unknown): CommandInput<CommandName> | null => {
  try {
    return parsePayload(name, payload)
  } catch (error) {
    program.failed(`${where()}: the door threw ${String(error)}`)
    return null
  }
}

const judgeCall = async (program: Program, world: World, state: State, name: CoreCommandName, input: CommandInput<CommandName>, where: () => string): Promise<void> => {
  const bugsBefore = world.desk().bugs.length
  const expected = refusalFor[state][commands[name].access]
  let result = await ask(program, world, name, input, where)
  if (expected === null && !result.ok && result.code === 'SIGNED_OUT' && name !== 'desk.unlock') {
    // An earlier call has ended this PC's session at the service; that is an answer of its own, once.
    await world.enterAnew(state)
    result = await ask(program, world, name, input, where)
  }
  const code = result.ok ? null : result.code
  if (expected !== null) program.check(code === expected, () => `${where()}: ${expected} was due, not ${code ?? 'an answer'}`)
  else {
    const thirdWrong = name === 'desk.unlock' && code === 'SIGNED_OUT'
    program.check(code === null || thirdWrong || !neverWhenAnswered.includes(code), () => `${where()}: it may be answered in this state, and was refused with ${code}`)
  }
  const fault = faultOf(name, result, foreignTo(state, world))
  if (fault !== null) program.failed(`${where()}: ${fault}`, `${name} ${state} ${fault}`)
  for (const bug of world.desk().bugs.slice(bugsBefore)) program.failed(`${where()}: a bug was logged: ${bug}`, `bug ${bug}`)
}

const ask = (program: Program, world: World, name: CoreCommandName, input: CommandInput<CommandName>, where: () => string): Promise<Result<unknown>> =>
  inTime(world.desk().call(name, input as never) as Promise<Result<unknown>>).catch((error: unknown) => {
    program.failed(`${where()}: no answer: ${String(error)}`, `no answer ${name} ${String(error)}`)
    return failure('BUSY')
  })

/** Live tickets of whoever sits at an open desk: one for a letter, one for stamps. */
const ticketsNow = async (world: World, state: State): Promise<readonly string[]> => {
  if (refusalFor[state].session !== null) return []
  const desk = world.desk()
  const [contact] = await desk.must('contacts.list', {})
  if (contact === undefined) return []
  const { contactId } = contact
  const draft = await desk.must('drafts.create', { contactId })
  await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: 0, patch: { subject: 'A letter', body: 'Dear friend' } })
  const letter = await desk.call('letters.quote', { draftId: draft.draftId, revision: 1 })
  const offer = await desk.must('stamps.offer', { contactId })
  const stamps = await desk.call('stamps.quote', { contactId, packageId: offer.packages[0]?.packageId ?? '' })
  return [...(letter.ok ? [letter.value.ticket] : []), ...(stamps.ok ? [stamps.value.ticket] : [])]
}
