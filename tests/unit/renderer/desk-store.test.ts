/** Coming and going at a shared desk, as the window's store sees it. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppEvent } from '@contract/events'
import type { Session } from '@contract/views'

const mary: Session = {
  accountId: 'a',
  displayName: 'Mary Keane',
  email: 'mary@parish.org',
  practice: false,
  coordinator: false,
  locked: false,
  duties: [],
  mailbox: 'open',
  emessagingTermsAccepted: true,
  offline: false,
  lastSignIn: { at: 1, failuresSince: 2 },
  recoveryCodeDue: false,
  unexpectedEnd: false,
  lastChangeLost: false,
  passwordReminder: false
}
type Answer = (input: never) => Promise<unknown>
const done = async () => ({ ok: true, value: null })

const window = (session: Session | null, answers: Readonly<Record<string, Answer>> = {}) => {
  const heard: ((event: AppEvent) => void)[] = []
  const rooms: Record<string, Record<string, Answer>> = {}
  const all: Readonly<Record<string, Answer>> = {
    'app.state': async () => ({ ok: true, value: { version: '0', accounts: [], session, escrow: null } }),
    'desk.lock': done,
    'desk.handOver': done,
    'accounts.signOut': done,
    ...answers
  }
  for (const [name, answer] of Object.entries(all)) {
    const [room = '', verb = ''] = name.split('.')
    rooms[room] = { ...rooms[room], [verb]: answer }
  }
  vi.stubGlobal('window', { epistle: { ...rooms, onEvent: (listener: (event: AppEvent) => void) => void heard.push(listener) } })
  return { say: (next: Session | null) => heard.forEach((listener) => listener({ type: 'sessionChanged', session: next })) }
}

const store = async () => {
  const { useSessionStore } = await import('@/stores/session')
  const session = useSessionStore()
  await session.loaded
  return session
}

beforeEach(() => {
  vi.resetModules()
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

describe('why a session ended', () => {
  it('nothing is told to who signed out or handed over', async () => {
    const { say } = window(mary)
    const session = await store()
    expect(await session.handOver()).toBe(true)
    say(null)
    expect([session.current, session.ended]).toEqual([null, null])
  })

  it('a lock without a passcode signs out, and says why', async () => {
    const { say } = window(mary)
    const session = await store()
    expect(await session.lock()).toBe(true)
    expect(session.current?.accountId).toBe('a')
    say(null)
    expect(session.ended).toBe('noPasscode')
  })

  it('a lock covers, and a later end is nobody’s doing', async () => {
    const { say } = window(mary)
    const session = await store()
    await session.lock()
    say({ ...mary, locked: true })
    expect(session.current?.locked).toBe(true)
    say(null)
    expect(session.ended).toBe('unasked')
  })

  it('the third wrong passcode', async () => {
    let tries = 2
    const { say } = window({ ...mary, locked: true }, {
      'desk.unlock': async () => (tries-- > 0 ? { ok: false, code: 'PASSCODE_REFUSED', params: { triesLeft: tries + 1 } } : { ok: false, code: 'SIGNED_OUT' })
    })
    const session = await store()
    await session.unlock('1111')
    expect(session.ended).toBeNull()
    await session.unlock('1111')
    await session.unlock('1111')
    say(null)
    expect(session.ended).toBe('wrongPasscode')
  })

  it('is forgotten as soon as somebody signs in', async () => {
    const { say } = window(mary)
    const session = await store()
    say(null)
    expect(session.ended).toBe('unasked')
    say(mary)
    expect(session.ended).toBeNull()
  })
})

describe('what is typed comes first', () => {
  it.each(['lock', 'handOver', 'signOut'] as const)('%s waits until everything is saved, and is not done when it cannot be', async (how) => {
    const asked: string[] = []
    const noting = (name: string) => async () => {
      asked.push(name)
      return { ok: true, value: null }
    }
    window(mary, { 'desk.lock': noting('lock'), 'desk.handOver': noting('handOver'), 'accounts.signOut': noting('signOut') })
    const session = await store()
    const { registerFlush } = await import('@/composables/flush')
    let full = true
    registerFlush(async () => {
      asked.push('save')
      if (full) throw new Error('full')
    })
    expect(await session[how]()).toBe(false)
    expect(asked).toEqual(['save'])
    full = false
    expect(await session[how]()).toBe(true)
    expect(asked).toEqual(['save', 'save', how])
  })
})

describe('signing in', () => {
  it('keeps a second step until it is passed', async () => {
    const step = { outcome: 'secondStep', attemptId: 't', methods: ['totp', 'printed'], emailHint: null, phoneHint: null }
    window(null, {
      'accounts.signIn': async () => ({ ok: true, value: step }),
      'accounts.secondStep': async () => ({ ok: true, value: { outcome: 'signedIn', session: mary } })
    })
    const session = await store()
    await session.signIn({ email: 'mary@parish.org', password: 'x' })
    expect([session.current, session.secondStep?.attemptId]).toEqual([null, 't'])
    session.unfinished = { to: '/sign-in/code', label: 'Back' }
    await session.passSecondStep({ attemptId: 't', method: 'totp', code: '123456', rememberThisPc: false })
    expect([session.current?.accountId, session.secondStep, session.unfinished]).toEqual(['a', null, null])
  })

  it('the news about the last sign-in is new for everybody', async () => {
    const { say } = window(mary)
    const session = await store()
    session.lastSignInSeen = true
    say({ ...mary, locked: true })
    expect(session.lastSignInSeen).toBe(true)
    say(null)
    say({ ...mary, accountId: 'b' })
    expect(session.lastSignInSeen).toBe(false)
  })
})

describe('a list that could not be asked for while the screen was locked', () => {
  it('is no failure, and is asked for again when the screen is open', async () => {
    let locked = true
    const { say } = window(mary)
    const { mirror } = await import('@/stores/mirror')
    const list = mirror(['drafts'], async () => (locked ? { ok: false, code: 'LOCKED' } : { ok: true, value: ['a draft'] }))
    await list.load()
    expect([list.data.value, list.failed.value, list.loading.value]).toEqual([null, null, false])
    say({ ...mary, locked: true })
    locked = false
    say(mary)
    await vi.waitFor(() => expect(list.data.value).toEqual(['a draft']))
  })
})
