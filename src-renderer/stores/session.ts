import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { AppState, Session, SignInAnswer } from '@contract/views'
import type { CommandCall } from '@contract/commands'
import { bridge, onChanged, onEvent } from '../bridge'
import type { Result } from '../bridge'
import { runFlush } from '../composables/flush'

/** Why the last session ended, when the person who comes back should be told. */
export type Ended = 'noPasscode' | 'nothingOpen' | 'wrongPasscode' | 'unasked'
/** Something a visitor began and can go on with, after a look into the Service post or Help. */
export type Unfinished = { readonly to: string; readonly label: string }
export type SecondStep = Extract<SignInAnswer, { outcome: 'secondStep' }>

/** What this window just asked for that ends a session. */
type Asked = 'signOut' | 'handOver' | 'lock' | 'unlock'

/** What to tell about a session that was there a moment ago. Nothing, when this window asked for its end. */
const whyEnded = (before: Session, asked: Asked | null): Ended | null => {
  switch (asked) {
    case null:
      return 'unasked'
    case 'lock':
      return before.mailbox === 'open' ? 'noPasscode' : 'nothingOpen'
    case 'unlock':
      return 'wrongPasscode'
    case 'signOut':
    case 'handOver':
      return null
  }
}

/** Who is at this PC, who has been here before, and how to come and go. */
export const useSessionStore = defineStore('session', () => {
  const state = ref<AppState>({ version: '', accounts: [], session: null, escrow: null })
  const current = computed(() => state.value.session)
  const accounts = computed(() => state.value.accounts)
  /** A sign-in whose password was right and whose second step is owed. */
  const secondStep = ref<SecondStep | null>(null)
  const unfinished = ref<Unfinished | null>(null)
  const ended = ref<Ended | null>(null)
  /** The news about the last sign-in was read. */
  const lastSignInSeen = ref(false)
  /** What a crash left open was looked at here, whether or not that could be written down. */
  const endSeen = ref(false)
  const lostChangeSeen = ref(false)
  let asked: Asked | null = null

  const load = async (): Promise<void> => {
    const result = await bridge.app.state({})
    if (result.ok) state.value = result.value
  }

  const take = (session: Session | null): void => {
    const before = state.value.session
    if (session?.accountId !== before?.accountId) {
      lastSignInSeen.value = false
      endSeen.value = false
      lostChangeSeen.value = false
    }
    if (session !== null) {
      ended.value = null
      secondStep.value = null
      unfinished.value = null
    } else if (before !== null) {
      ended.value = whyEnded(before, asked)
    }
    state.value = { ...state.value, session }
  }

  const taking = async (answer: Promise<Result<Session>>): Promise<Result<Session>> => {
    const result = await answer
    if (result.ok) take(result.value)
    return result
  }

  const arriving = async (answer: Promise<Result<SignInAnswer>>): Promise<Result<SignInAnswer>> => {
    const result = await answer
    if (!result.ok) return result
    if (result.value.outcome === 'signedIn') take(result.value.session)
    else secondStep.value = result.value
    return result
  }

  /** Main says that nobody is at the desk any more; its own answer may wait for the last copy. */
  const untilGone = (): Promise<Result<null>> =>
    new Promise((resolve) => {
      const stop = watch(current, (session) => {
        if (session !== null) return
        stop()
        resolve({ ok: true, value: null })
      }, { flush: 'sync' })
    })

  /** Saves what is typed first. False: something could not be saved, and everything is as it was. */
  const leaving = async (how: Asked, ask: () => Promise<Result<null>>, force = false): Promise<boolean> => {
    if (!(await runFlush()) && !force) return false
    asked = how
    const before = state.value.session
    const result = how === 'lock' ? await ask() : await Promise.race([ask(), untilGone()])
    if (!result.ok) asked = null
    // The desk is free before the last copy is made: by now somebody else may sit at it.
    else if (how !== 'lock' && state.value.session === before) take(null)
    return result.ok
  }

  const loaded = load()
  onEvent((event) => {
    if (event.type !== 'sessionChanged') return
    take(event.session)
    asked = null
  })
  onChanged(['accounts'], () => void load())

  return {
    state,
    current,
    accounts,
    secondStep,
    unfinished,
    ended,
    lastSignInSeen,
    endSeen,
    lostChangeSeen,
    /** Resolves when the first answer is here. */
    loaded,
    signIn: (input: CommandCall<'accounts.signIn'>) => arriving(bridge.accounts.signIn(input)),
    sendCode: (input: CommandCall<'accounts.sendSignInCode'>) => bridge.accounts.sendSignInCode(input),
    passSecondStep: (input: CommandCall<'accounts.secondStep'>) => arriving(bridge.accounts.secondStep(input)),
    forgotStart: (email: string) => bridge.accounts.forgotStart({ email }),
    forgotFinish: (input: CommandCall<'accounts.forgotFinish'>) => bridge.accounts.forgotFinish(input),
    create: (input: CommandCall<'accounts.create'>) => taking(bridge.accounts.create(input)),
    practice: () => taking(bridge.accounts.practice({})),
    forget: (accountId: string) => bridge.accounts.forget({ accountId }),
    acceptTerms: (version: string) => taking(bridge.accounts.acceptEmessagingTerms({ version })),
    acceptOwedTerms: (version: string) => taking(bridge.duties.acceptTerms({ version })),
    changeOwedPassword: (input: CommandCall<'duties.changePassword'>) => taking(bridge.duties.changePassword(input)),
    openMailbox: (input: CommandCall<'duties.openMailbox'>) => taking(bridge.duties.openMailbox(input)),
    startNewMailbox: () => taking(bridge.duties.startNewMailbox({})),

    /** False: something typed could not be saved, and nobody was signed out. @param force leave all the same */
    signOut: (force = false): Promise<boolean> => leaving('signOut', () => bridge.accounts.signOut({}), force),
    /** For the next volunteer: as `signOut`, without a question. */
    handOver: (force = false): Promise<boolean> => leaving('handOver', () => bridge.desk.handOver({}), force),
    /** Covers the screen. False: something typed could not be saved, and the screen is not locked. */
    lock: (): Promise<boolean> => leaving('lock', () => bridge.desk.lock({})),
    unlock: async (passcode: string): Promise<Result<Session>> => {
      asked = 'unlock'
      const result = await taking(bridge.desk.unlock({ passcode }))
      if (!result.ok && result.code !== 'SIGNED_OUT') asked = null
      return result
    },
    /** Somebody is there. */
    stay: () => bridge.desk.stay({})
  }
})
