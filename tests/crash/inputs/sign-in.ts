/** Sign-in: what does not fit, the tries, the codes, the file behind it. */
import { password, type TestDesk } from '../../support/core'
import { email } from './bench'
import { accepted, call, each, type Item, type Row } from './item'

const refused = { code: 'SIGN_IN_REFUSED', says: 'That e-mail and password do not match.' } as const
/** Failures are counted, at the service and on this PC. */
const counted = ['service: sign_in_guard', 'service: account_event', 'service: post_item', 'service: meta', 'desk: pending_activity']

const tries = (entries: Readonly<Record<string, readonly [email: string, password: string]>>): readonly Item[] =>
  each(entries, ([who, secret]) => ({
    call: async ({ desk }) => {
      // A right one between two wrong ones takes the count back.
      await desk.must('accounts.signIn', { email, password })
      await desk.must('accounts.signOut', {})
      return call('accounts.signIn', { email: who, password: secret })
    },
    answer: refused,
    leaves: counted
  }))

const wrongTry = (what: string, answer: Item['answer'], before: readonly string[] = []): Item => ({
  what,
  call: async ({ desk }) => {
    for (const secret of before) await desk.call('accounts.signIn', { email, password: secret })
    return call('accounts.signIn', { email, password: 'Wrong1word' })
  },
  answer,
  leaves: counted
})
const locked = { code: 'ACCOUNT_LOCKED', says: 'Locked for 15 minutes, or ask your coordinator.' } as const
const minute = 60_000

const right = (what: string, answer: Item['answer'], wait: number): Item => ({
  what,
  call: async ({ desk }) => {
    await desk.time.advance(wait)
    return call('accounts.signIn', { email, password })
  },
  answer,
  leaves: counted
})

/** A sign-in that waits for its code; the second step is switched on when it is not yet. */
const waiting = async (desk: TestDesk): Promise<string> => {
  await desk.call('accounts.signOut', {})
  const asked = await desk.must('accounts.signIn', { email, password })
  if (asked.outcome === 'secondStep') return asked.attemptId
  await desk.must('account.setCodeByPost', { password, method: 'email' })
  return waiting(desk)
}

/** Asks for a code and reads it in the post. */
const codeFor = async (desk: TestDesk, attemptId: string): Promise<string> => {
  const before = new Set((await desk.must('post.list', {})).map(({ postId }) => postId))
  await desk.must('accounts.sendSignInCode', { attemptId, method: 'email' })
  const fresh = (await desk.must('post.list', {})).filter(({ postId }) => !before.has(postId))
  const code = fresh.map(({ body }) => /\b\d{6}\b/u.exec(body)?.[0]).find((found) => found !== undefined)
  if (code === undefined) throw new Error('no code came by post')
  return code
}

/** @param code what is typed, after whatever came before it. @param elsewhere it is typed into another sign-in than the one it was made in */
const withCode = (method: 'email' | 'printed', code: (desk: TestDesk, attemptId: string) => Promise<string>, elsewhere = false): Pick<Item, 'call' | 'answer' | 'leaves'> => ({
  call: async ({ desk }) => {
    const attemptId = await waiting(desk)
    const typed = await code(desk, attemptId)
    return call('accounts.secondStep', { attemptId: elsewhere ? await waiting(desk) : attemptId, method, code: typed, rememberThisPc: false })
  },
  answer: { code: 'CODE_REFUSED', says: 'That code is not valid now.' },
  leaves: [...counted, 'service: waiting_sign_in', 'service: account']
})

export const signInRows: readonly Row[] = [
  {
    title: 'Login: e-mail and password',
    items: [
      ...tries({
        'empty user': ['', password],
        'empty password': [email, ''],
        'unknown user': ['nobody@parish.org', password],
        'wrong password': [email, 'Wrong1word'],
        'right password and a space': [email, `${password} `],
        'other case': [email, password.toUpperCase()],
        '10,000 characters': ['long@parish.org', 'x'.repeat(10_000)],
        'NUL': ['nul@parish.org', 'Lantern\u00007oak'],
        'SQL': ["' OR 1=1--", "' OR 1=1--"],
        'an object written as text': ['{"email":"maria@parish.org"}', '{}'],
        'emoji': ['emoji@parish.org', '🕯️🕯️🕯️🕯️'],
        'a mark that turns the text': ['rtl@parish.org', `\u202e${password}`]
      }),
      { what: 'an object instead of text', call: () => ({ name: 'accounts.signIn', input: { email: { toString: 'x' }, password } }), answer: { code: 'BAD_REQUEST', says: 'Epistle did not understand its own window.' } }
    ],
    elsewhere: [
      { what: 'disabled account', file: 'tests/integration/service/sign-in-locks.test.ts', test: 'Which error' },
      { what: 'NFD form of an NFC password', file: 'tests/integration/service/sign-in-passwords.test.ts', test: 'Length' },
      { what: 'caps lock on', file: 'tests/e2e/paste-and-caps-lock.e2e.ts', test: 'Caps Lock is said beside the password' }
    ]
  },
  {
    title: 'Login: tries and lock',
    items: [
      right('a right one, so that the count begins anew', accepted, 0),
      { what: 'signed out again', call: () => call('accounts.signOut', {}), answer: accepted },
      wrongTry('2nd wrong', { ...refused, next: 'One try left.' }, ['Wrong2word']),
      wrongTry('3rd wrong', locked),
      right('right while locked', locked, 0),
      right('right at 14:59', { code: 'ACCOUNT_LOCKED', says: 'Locked for 1 minute, or ask your coordinator.' }, 15 * minute - 1_000),
      right('right at 15:01', accepted, 2_000),
      { what: 'and out', call: () => call('accounts.signOut', {}), answer: accepted }
    ],
    elsewhere: [
      { what: 'clock +1 year, clock -1 year', file: 'tests/integration/service/sign-in-locks.test.ts', test: 'Lock timer' },
      { what: 'kill between tries', file: 'tests/integration/service/sign-in-locks.test.ts', test: 'fifty kills between try and answer' },
      { what: 'two windows at once', file: 'tests/crash/race.ts', test: 'every password check waits at a gate' },
      { what: 'locked admin', file: 'tests/integration/service/sign-in-locks.test.ts', test: 'Last admin' }
    ]
  },
  {
    title: 'Login: codes',
    items: [
      ...each({ empty: '', '5 digits': '12345', letters: 'abcdef' }, (code): Omit<Item, 'what'> => withCode('email', async () => code)),
      {
        what: 'superseded code',
        ...withCode('email', async (desk, attemptId) => {
          const first = await codeFor(desk, attemptId)
          await codeFor(desk, attemptId)
          return first
        })
      },
      { what: 'code of another sign-in', ...withCode('email', async (desk) => codeFor(desk, await waiting(desk)), true) },
      {
        what: 'printed code used twice',
        ...withCode('printed', async (desk, attemptId) => {
          await desk.must('accounts.secondStep', { attemptId, method: 'email', code: await codeFor(desk, attemptId), rememberThisPc: false })
          const [printed = ''] = (await desk.must('account.newPrintedCodes', { password })).printedCodes
          await desk.must('accounts.secondStep', { attemptId: await waiting(desk), method: 'printed', code: printed, rememberThisPc: false })
          return printed
        }, true)
      },
      {
        what: 'e-mailed code after 10 min',
        ...withCode('email', async (desk, attemptId) => {
          const code = await codeFor(desk, attemptId)
          await desk.time.advance(10 * minute)
          return code
        }),
        answer: { code: 'SIGN_IN_AGAIN', says: 'This sign-in took too long, or too many codes were wrong.', next: 'Nothing is lost. Type your password again.' }
      }
    ],
    elsewhere: [
      { what: 'old step, next step +2, reused', file: 'tests/integration/service/second-step.test.ts', test: 'never a step that was used' },
      { what: 'reused', file: 'tests/e2e/accounts-second-step.e2e.ts', test: 'the same one a second time does not' },
      { what: '4th try (the app takes five)', file: 'tests/integration/service/second-step.test.ts', test: 'takes five codes, then begins again' },
      { what: 'clock wrong by 1 day', file: 'tests/e2e/surroundings.e2e.ts', test: 'a clock that is behind is said on every screen' }
    ]
  },
  {
    title: 'Login: the file behind it',
    items: [],
    elsewhere: [
      { what: 'vault file missing', file: 'tests/e2e/accounts-damaged.e2e.ts', test: 'a missing file: the letters are not here' },
      { what: 'from another PC', file: 'tests/integration/core/mailbox-vault.test.ts', test: 'a folder carried to another PC is not remembered there' },
      { what: 'damaged header', file: 'tests/e2e/accounts-damaged.e2e.ts', test: 'a header of garbage' }
    ]
  }
]
