/** A model of the desk that fits on a page, and sequences of commands that the real one and the model have to take alike. */
import fc from 'fast-check'
import type { ErrorCode } from '../../../src-main/contract/error-codes'
import type { Result } from '../../../src-main/contract/result'
import type { DraftSaved } from '../../../src-main/contract/views'
import { password, type TestDesk } from '../../support/core'
import { emails, passcode } from './world'

type Person = 'maria' | 'joe'
type DraftModel = { readonly id: string; readonly owner: Person; body: string; revision: number; open: boolean }
type Model = { who: Person | null; locked: boolean; wrongPasscodes: number; readonly drafts: DraftModel[] }

/** One step as it is drawn; `pick` chooses among the drafts that exist by then. */
export type Step =
  | { readonly do: 'signIn'; readonly who: Person }
  | { readonly do: 'wrongSignIn'; readonly who: Person }
  | { readonly do: 'signOut' | 'handOver' | 'lock' | 'unlock' | 'wrongPasscode' | 'guessOn' | 'stay' | 'list' | 'create' }
  | { readonly do: 'open' | 'discard' | 'undo' | 'quote'; readonly pick: number }
  | { readonly do: 'save'; readonly pick: number; readonly stale: boolean; readonly text: string }

/** The more often one stands here, the more often it is drawn: most of a sequence is to be spent at an open desk. */
const simple = fc
  .constantFrom('signOut', 'handOver', 'lock', 'lock', 'unlock', 'unlock', 'wrongPasscode', 'guessOn', 'stay', 'list', 'list', 'create', 'create', 'create')
  .map((name): Step => ({ do: name as 'list' }))
const person = fc.constantFrom<Person>('maria', 'joe')
/** Few, so that the same draft is met again. */
const pick = fc.nat(7)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: person.map((who): Step => ({ do: 'signIn', who })) },
  { weight: 1, arbitrary: person.map((who): Step => ({ do: 'wrongSignIn', who })) },
  { weight: 5, arbitrary: simple },
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom('open', 'discard', 'undo', 'quote'), pick).map(([name, chosen]): Step => ({ do: name as 'open', pick: chosen })) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('save' as const), pick, stale: fc.boolean(), text: fc.string({ maxLength: 20 }) }) }
)

/** @returns so many sequences of this length, the same for the same seed */
export const drawSequences = (length: number, count: number, seed: number): readonly (readonly Step[])[] =>
  fc.sample(fc.array(step, { minLength: length, maxLength: length }), { seed, numRuns: count })

/** What the sequences have to come by, or they prove nothing. */
export const places = ['barred SIGNED_OUT', 'barred LOCKED', 'own', "somebody else's", 'saved', 'conflict', 'closed', 'third wrong passcode', 'listed', 'brought back'] as const
export type Place = (typeof places)[number]

/** Runs one sequence. @param come hears what it came by. @throws with the step and what differed */
export const runSequence = async (desk: TestDesk, steps: readonly Step[], come: (place: Place) => void): Promise<void> => {
  const model: Model = { who: null, locked: false, wrongPasscodes: 0, drafts: [] }
  await desk.call('accounts.signOut', {})
  for (const [index, one] of steps.entries()) {
    const trouble = await take(desk, model, one, come)
    if (trouble !== null) throw new Error(`step ${index + 1} ${JSON.stringify(one)}: ${trouble}`)
    const { session } = await desk.must('app.state', {})
    const sits = session === null ? null : session.email
    const due = model.who === null ? null : emails[model.who]
    if (sits !== due || (session?.locked ?? false) !== model.locked) throw new Error(`after step ${index + 1} ${JSON.stringify(one)}: ${sits} sits there, locked ${session?.locked}; ${due}, locked ${model.locked} was due`)
  }
}

/** What keeps a command of this access from being answered now, as app/commands.ts has it. */
const barrier = (model: Model, access: 'locked' | 'session'): ErrorCode | null => {
  if (model.who === null) return 'SIGNED_OUT'
  return model.locked && access !== 'locked' ? 'LOCKED' : null
}

/** @returns null when the answer is the one that was due */
const expectCode = (result: Result<unknown>, due: ErrorCode | null): string | null => {
  const found = result.ok ? null : result.code
  return found === due ? null : `${due ?? 'an answer'} was due, not ${found ?? 'an answer'}`
}

const leave = (model: Model): void => {
  model.who = null
  model.locked = false
  model.wrongPasscodes = 0
}

const take = async (desk: TestDesk, model: Model, one: Step, come: (place: Place) => void): Promise<string | null> => {
  switch (one.do) {
    case 'signIn': {
      const result = await desk.call('accounts.signIn', { email: emails[one.who], password })
      leave(model)
      model.who = one.who
      return expectCode(result, null)
    }
    case 'wrongSignIn': {
      const result = await desk.call('accounts.signIn', { email: emails[one.who], password: 'Wrong1word' })
      const refused = expectCode(result, 'SIGN_IN_REFUSED')
      if (refused !== null) return refused
      // The next right one takes the count back, so that three in a row never come together here.
      await desk.must('accounts.signIn', { email: emails[one.who], password })
      leave(model)
      model.who = one.who
      return null
    }
    case 'signOut':
    case 'handOver': {
      const due = barrier(model, 'locked')
      const result = await desk.call(one.do === 'signOut' ? 'accounts.signOut' : 'desk.handOver', {})
      leave(model)
      return expectCode(result, due)
    }
    case 'lock': {
      const due = barrier(model, 'locked')
      model.locked ||= due === null
      return expectCode(await desk.call('desk.lock', {}), due)
    }
    case 'unlock': {
      const due = barrier(model, 'locked')
      if (due === null && model.locked) {
        model.locked = false
        model.wrongPasscodes = 0
      }
      return expectCode(await desk.call('desk.unlock', { passcode }), due)
    }
    case 'wrongPasscode': {
      const result = await desk.call('desk.unlock', { passcode: '7391' })
      const due = barrier(model, 'locked')
      if (due !== null || !model.locked) return expectCode(result, due)
      model.wrongPasscodes += 1
      if (model.wrongPasscodes < 3) return expectCode(result, 'PASSCODE_REFUSED')
      leave(model)
      come('third wrong passcode')
      return expectCode(result, 'SIGNED_OUT')
    }
    case 'guessOn':
      for (const next of ['lock', 'wrongPasscode', 'wrongPasscode', 'wrongPasscode'] as const) {
        const trouble = await take(desk, model, { do: next }, come)
        if (trouble !== null) return trouble
      }
      return null
    case 'stay':
      return expectCode(await desk.call('desk.stay', {}), barrier(model, 'session'))
    case 'list': {
      const result = await desk.call('drafts.list', {})
      if (!result.ok) return expectCode(result, barrier(model, 'session'))
      const listed = new Set(result.value.map(({ draftId }) => draftId))
      if (model.drafts.length > 0) come('listed')
      const wrong = model.drafts.find(({ id, owner, open }) => listed.has(id) !== (owner === model.who && open))
      return wrong === undefined ? expectCode(result, barrier(model, 'session')) : `draft ${wrong.id} of ${wrong.owner} (open: ${wrong.open}) is ${listed.has(wrong.id) ? '' : 'not '}in the list of ${model.who}`
    }
    case 'create': {
      const due = barrier(model, 'session')
      const result = await desk.call('drafts.create', {})
      if (result.ok && model.who !== null) model.drafts.push({ id: result.value.draftId, owner: model.who, body: '', revision: result.value.revision, open: true })
      return expectCode(result, due)
    }
    default:
      return withDraft(desk, model, one, come)
  }
}

type DraftStep = Extract<Step, { readonly pick: number }>

/** One's own draft, another's, or none: what is not there and what is not one's own are answered alike. */
const withDraft = async (desk: TestDesk, model: Model, one: DraftStep, come: (place: Place) => void): Promise<string | null> => {
  const draft = model.drafts[one.pick % (model.drafts.length + 1)]
  const draftId = draft?.id ?? 'none'
  const barred = barrier(model, 'session')
  const own = draft !== undefined && draft.owner === model.who ? draft : null
  const due: ErrorCode | null = barred ?? (own === null ? 'NOT_FOUND' : null)
  if (barred === 'SIGNED_OUT' || barred === 'LOCKED') come(`barred ${barred}`)
  else if (own !== null) come(own.open ? 'own' : 'closed')
  else if (draft !== undefined) come("somebody else's")
  switch (one.do) {
    case 'open': {
      const result = await desk.call('drafts.open', { draftId })
      // A discarded draft can still be looked at (undo), or is closed: both say nothing of anybody else's.
      if (due === null && own?.open === false) return result.ok || result.code === 'DRAFT_CLOSED' || result.code === 'NOT_FOUND' ? null : expectCode(result, null)
      const same = !result.ok || own === null || (result.value.body === own.body && result.value.revision === own.revision)
      return same ? expectCode(result, due) : `the text or revision is another: ${JSON.stringify(result)} instead of ${JSON.stringify(own)}`
    }
    case 'discard': {
      const result = await desk.call('drafts.discard', { draftId })
      if (due === null && own?.open === false) return !result.ok && result.code !== 'DRAFT_CLOSED' ? expectCode(result, null) : null
      if (due === null && own !== null) own.open = false
      return expectCode(result, due)
    }
    case 'undo': {
      const result = await desk.call('drafts.undoDiscard', { draftId })
      if (due === null && own !== null && result.ok) {
        own.open = true
        own.revision = result.value.revision
        come('brought back')
        return result.value.body === own.body ? null : 'another text came back'
      }
      if (due === null && own?.open === true) return !result.ok && result.code !== 'DRAFT_CLOSED' ? expectCode(result, null) : null
      return expectCode(result, due)
    }
    case 'quote': {
      const result = await desk.call('letters.quote', { draftId, revision: own?.revision ?? 0 })
      // None of these drafts is addressed to anybody.
      return expectCode(result, due ?? (own?.open === true ? 'INVALID' : 'DRAFT_CLOSED'))
    }
    case 'save': {
      const baseRevision = Math.max(0, (own?.revision ?? 0) - (one.stale ? 1 : 0))
      const result = await desk.call('drafts.save', { draftId, baseRevision, patch: { body: one.text }, allowEmpty: true, lossAnswered: true })
      if (due !== null || own === null) return expectCode(result, due)
      if (!own.open) return expectCode(result, 'DRAFT_CLOSED')
      if (!result.ok) return expectCode(result, null)
      return saved(model, own, one.text, result.value, come)
    }
  }
}

/** A save on what is there is kept; a save on something older becomes a copy beside it, whole. */
const saved = (model: Model, own: DraftModel, text: string, answer: DraftSaved, come: (place: Place) => void): string | null => {
  if (answer.outcome === 'emptyRefused') return 'an empty text was refused although it was asked for'
  if (answer.outcome === 'wordsLost') return 'words were held back although they were answered for'
  if (answer.outcome === 'saved') {
    own.body = answer.draft.body
    own.revision = answer.draft.revision
    come('saved')
    return own.body === text ? null : `saved as ${JSON.stringify(own.body)} instead of ${JSON.stringify(text)}`
  }
  come('conflict')
  const { copy, current } = answer
  model.drafts.push({ id: copy.draftId, owner: own.owner, body: copy.body, revision: copy.revision, open: true })
  if (copy.body !== text) return 'the text that came is not whole in the copy'
  return current.body === own.body ? null : 'the text that was there has changed in a conflict'
}
