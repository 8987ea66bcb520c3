/** What a forged caller says at the door. Every command with many such payloads is rel:ipc; here the list is gone through by name, with one. */
import { call, each, type Item, type Refused, type Row } from './item'

const badRequest: Refused = { code: 'BAD_REQUEST', says: 'Epistle did not understand its own window.' }
const notFound: Refused = { code: 'NOT_FOUND', says: 'This is not here any more.' }

const saying =
  (input: unknown): Item['call'] =>
  () => ({ name: 'drafts.open', input })
const refusedAtTheDoor = (entries: Readonly<Record<string, unknown>>): readonly Item[] => each(entries, (input) => ({ call: saying(input), answer: badRequest }))

const deep = (depth: number): unknown => {
  let value: unknown = 'x'
  for (let level = 0; level < depth; level += 1) value = { value }
  return value
}
const cyclic = (): unknown => {
  const value: Record<string, unknown> = { draftId: 'x' }
  value['self'] = value
  return value
}
const sparse = (): unknown => {
  const list = ['x']
  list[40] = 'x'
  return { draftId: list }
}
const getter = (): unknown =>
  Object.defineProperty({}, 'draftId', {
    enumerable: true,
    get: () => {
      throw new Error('looked at')
    }
  })
const named = (name: string, value: unknown): unknown => JSON.parse(`{"draftId":"x",${JSON.stringify(name)}:${JSON.stringify(value)}}`)

export const ipcRows: readonly Row[] = [
  {
    title: 'IPC: shapes',
    items: refusedAtTheDoor({
      'no args': undefined,
      null: null,
      'number for text': { draftId: 5 },
      'array for object': ['x'],
      NaN: { draftId: NaN },
      '-0': { draftId: -0 },
      '1e309': { draftId: 1e309 },
      BigInt: { draftId: 1n },
      Date: { draftId: new Date(0) },
      Map: new Map([['draftId', 'x']]),
      cyclic: cyclic(),
      '100-deep': { draftId: deep(100) },
      '3 MB': { draftId: 'x'.repeat(3 * 1024 * 1024) },
      'sparse array': sparse(),
      'typed array': new Uint8Array(10),
      function: { draftId: () => 'x' },
      Proxy: new Proxy({ draftId: 5 }, {})
    }),
    elsewhere: [
      { what: 'unknown channel, extra args', file: 'tests/e2e/security-bridge.e2e.ts', test: 'what only JavaScript can say is refused too' },
      { what: '1 log row', file: 'tests/e2e/security-bridge.e2e.ts', test: 'nothing typed reaches the diary' }
    ]
  },
  {
    title: 'IPC: keys and values',
    items: [
      ...refusedAtTheDoor({
        __proto__key: named('__proto__', { polluted: true }),
        constructor: named('constructor', { prototype: { polluted: true } }),
        toString: named('toString', 'x'),
        getter: getter(),
        'extra keys': { draftId: 'x', more: 1 }
      }),
      { what: 'negative limit', call: () => ({ name: 'inbox.list', input: { page: -1 } }), answer: badRequest },
      { what: 'limit 1e9', call: () => ({ name: 'inbox.list', input: { pageSize: 1e9 } }), answer: badRequest },
      { what: 'bad enum', call: () => ({ name: 'archive.page', input: { box: 'elsewhere' } }), answer: badRequest },
      ...each({ 'lone surrogate': '\ud800', 'SQL in id': "' OR 1=1--", 'path in id': '../../desk.db', 'locale ../': '../', 'id of another account': '01a213ed-8fb7-71d8-b8b6-5b27da428c49' }, (draftId): Omit<Item, 'what'> => ({ call: () => call('drafts.open', { draftId }), answer: notFound })),
      {
        what: 'deleted id',
        call: async ({ desk }) => {
          const { draftId } = await desk.must('drafts.create', {})
          await desk.must('drafts.discard', { draftId })
          return call('drafts.open', { draftId })
        },
        answer: { code: 'DRAFT_CLOSED', says: 'This letter was sent or discarded meanwhile.' }
      }
    ],
    elsewhere: [{ what: 'ids of another account, for every command', file: 'tests/crash/ipc/judge.ts', test: 'something of another account in the answer' }]
  },
  {
    title: 'IPC: moments',
    items: [
      { what: 'confirm without a token', call: () => ({ name: 'letters.send', input: {} }), answer: badRequest },
      { what: 'an old token', call: () => call('letters.send', { ticket: 'old' }), answer: { code: 'CONFIRM_AGAIN', says: 'Please confirm again.' } },
      {
        what: 'after lock',
        call: async ({ desk }) => {
          await desk.must('desk.lock', {})
          return call('drafts.list', {})
        },
        answer: { code: 'LOCKED', says: 'The screen is locked.', next: 'Type your passcode first, then try again.' }
      },
      { what: 'a wrong passcode', call: () => call('desk.unlock', { passcode: '7391' }), answer: { code: 'PASSCODE_REFUSED', says: 'That passcode is not right.', next: '2 tries left, then you are signed out. Your drafts are kept.' }, leaves: ['mailbox: activity', 'mailbox: meta', 'desk: passcode_guard'] },
      {
        what: 'after logout',
        call: async ({ desk }) => {
          await desk.must('accounts.signOut', {})
          return call('drafts.list', {})
        },
        answer: { code: 'SIGNED_OUT', says: 'You are signed out.' }
      }
    ],
    elsewhere: [
      { what: 'call before login', file: 'tests/e2e/security-bridge.e2e.ts', test: 'before sign-in every command that needs a person says SIGNED_OUT' },
      { what: 'child frame, null frame, devtools page', file: 'tests/e2e/security-bridge.e2e.ts', test: 'only our own top frame is answered' },
      { what: '1,000 calls/s', file: 'tests/e2e/security-bridge.e2e.ts', test: '1,000 calls a second' },
      { what: "another user's token", file: 'tests/crash/ipc/hints.ts', test: 'all.flatMap((one) => one.tickets)' },
      { what: 'cancel while SENDING, send twice at once', file: 'tests/crash/race.ts', test: 'double confirm' },
      { what: 'renderer gone mid-call', file: 'tests/e2e/draft-survives-kill.e2e.ts', test: 'the page crashes' }
    ]
  }
]
