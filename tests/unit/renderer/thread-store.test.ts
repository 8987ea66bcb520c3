/** Reading far back in a conversation while news comes: nothing asked for is lost, and a change costs the same in a short thread and in a very long one. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { AppEvent } from '@contract/events'

type Place = { readonly letters: { readonly seq: number } } | null
type Asked = { readonly pageSize: number; readonly before?: Place; readonly downTo?: Place }
type Letter = { readonly type: 'letter'; readonly letterId: string; readonly seq: number; readonly flagged: boolean; readonly history: readonly { readonly state: string }[] }

const taken = [{ state: 'queued' }, { state: 'submitted' }]

/** A conversation of so many letters, answered as the core does: a page lies between two places. Answers are given when `answer` is called, in the order they were asked for. */
const window = (all: number) => {
  const heard: ((event: AppEvent) => void)[] = []
  const waiting: (() => void)[] = []
  const asked: Asked[] = []
  // The newest first, as far apart as much may come in between.
  let letters: readonly Letter[] = Array.from({ length: all }, (_, at) => ({ type: 'letter', letterId: `l${at}`, seq: (all - at) * 100_000, flagged: false, history: taken }))
  const page = (input: Asked): Promise<unknown> =>
    new Promise((resolve) => {
      asked.push(input)
      waiting.push(() => {
        const within = letters.filter(({ seq }) => seq < (input.before?.letters.seq ?? Infinity) && seq >= (input.downTo?.letters.seq ?? 0))
        const entries = within.slice(0, input.pageSize)
        const next = within[entries.length]
        const place = { at: 0, seq: (next?.seq ?? 0) + 1 }
        resolve({ ok: true, value: { entries, next: next === undefined ? null : { letters: place, replies: place, imported: place } } })
      })
    })
  vi.stubGlobal('window', { epistle: { thread: { page }, onEvent: (listener: (event: AppEvent) => void) => void heard.push(listener) } })
  const answer = async (): Promise<void> => {
    waiting.shift()?.()
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  const answerAll = async (): Promise<void> => {
    while (waiting.length > 0) await answer()
  }
  return {
    answer,
    answerAll,
    asked,
    change: (becomes: (letters: readonly Letter[]) => readonly Letter[] = (same) => same): void => {
      letters = becomes(letters)
      heard.forEach((listener) => listener({ type: 'changed', facts: ['sent'] }))
    },
    letters: () => letters.map(({ letterId }) => letterId)
  }
}
const store = async () => (await import('@/stores/thread')).useThreadStore()
const shown = (thread: Awaited<ReturnType<typeof store>>): readonly string[] => thread.entries.map((entry) => (entry.type === 'letter' ? entry.letterId : ''))
const flagged = (thread: Awaited<ReturnType<typeof store>>): readonly string[] => thread.entries.flatMap((entry) => (entry.type === 'letter' && entry.flagged ? [entry.letterId] : []))

beforeEach(() => {
  vi.resetModules()
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

/** The whole of a conversation on the screen, page by page. */
const readAll = async (all: number) => {
  const desk = window(all)
  const thread = await store()
  void thread.show('c1')
  await desk.answerAll()
  while (thread.more) {
    void thread.showOlder()
    await desk.answerAll()
  }
  expect(shown(thread)).toEqual(desk.letters())
  desk.asked.length = 0
  return { desk, thread }
}

it('goes back page by page, to the first letter', async () => {
  const desk = window(200)
  const thread = await store()
  void thread.show('c1')
  await desk.answerAll()
  expect([thread.entries.length, thread.more]).toEqual([20, true])
  for (let press = 0; press < 4; press += 1) {
    void thread.showOlder()
    await desk.answerAll()
  }
  expect([thread.entries.length, thread.more]).toEqual([200, false])
  expect(shown(thread)).toEqual(desk.letters())
})

it('news while earlier letters are on their way: both come', async () => {
  const desk = window(200)
  const thread = await store()
  void thread.show('c1')
  await desk.answerAll()
  void thread.showOlder()
  desk.change()
  await desk.answerAll()
  expect([thread.entries.length, thread.loading], 'the page asked for, and the news').toEqual([70, false])
  desk.change()
  await desk.answer()
  void thread.showOlder()
  await desk.answerAll()
  expect([thread.entries.length, thread.loading], 'asked for while news were fetched').toEqual([120, false])
})

it('what a change costs does not grow with the thread: the newest letters and those near the screen are fetched, the others when they come near', async () => {
  const { desk, thread } = await readAll(5_000)
  thread.look('l3000', true)
  await desk.answerAll()
  expect(desk.asked, 'nothing has changed').toEqual([])
  const flag = (...ids: readonly string[]) => (letters: readonly Letter[]): readonly Letter[] => letters.map((letter) => (ids.includes(letter.letterId) ? { ...letter, flagged: true } : letter))
  desk.change(flag('l5', 'l3001', 'l4000'))
  await desk.answerAll()
  expect(desk.asked).toHaveLength(2)
  expect(desk.asked.reduce((sum, { pageSize }) => sum + pageSize, 0)).toBeLessThanOrEqual(100)
  expect(flagged(thread)).toEqual(['l5', 'l3001'])
  thread.look('l3000', false)
  thread.look('l4010', true)
  await desk.answerAll()
  expect([flagged(thread), desk.asked.length]).toEqual([['l5', 'l3001', 'l4000'], 3])
  thread.look('l4011', true)
  await desk.answerAll()
  expect(desk.asked, 'it is fresh by now').toHaveLength(3)
  expect(shown(thread)).toEqual(desk.letters())
})

it('a new letter stands on top, an older one that comes in stands in its place, and none is lost where pages meet', async () => {
  const { desk, thread } = await readAll(300)
  const added = (letterId: string, seq: number): Letter => ({ type: 'letter', letterId, seq, flagged: false, history: taken })
  desk.change((letters) => [added('new', 40_000_000), ...letters])
  await desk.answerAll()
  expect(shown(thread).slice(0, 2)).toEqual(['new', 'l0'])
  // On each side of where the first page ended (l19 and l20), and far down.
  desk.change((letters) => [...letters, added('above', 28_050_000), added('meets', 28_100_000 - 1), added('deep', 10_050_000)].sort((a, b) => b.seq - a.seq))
  for (const key of ['l25', 'l200']) thread.look(key, true)
  await desk.answerAll()
  expect(shown(thread)).toEqual(desk.letters())
  expect(thread.more).toBe(false)
})

it('letters that wait are read in one go with the newest, down to the last of them', async () => {
  const desk = window(100)
  const waits = (letters: readonly Letter[], until: number): readonly Letter[] => letters.map((letter, at) => (at < until ? { ...letter, history: [{ state: 'queued' }] } : letter))
  desk.change((letters) => waits(letters, 30))
  const thread = await store()
  void thread.show('c1')
  await desk.answerAll()
  void thread.showOlder()
  await desk.answerAll()
  desk.asked.length = 0
  // The service takes them in another order than they stood in.
  desk.change((letters) => letters.map((letter, at) => (at < 30 ? { ...letter, seq: letter.seq - (at % 2) * 150_000, history: taken } : letter)).sort((a, b) => b.seq - a.seq))
  await desk.answerAll()
  expect(shown(thread)).toEqual(desk.letters().slice(0, thread.entries.length))
  expect(thread.entries.length).toBeGreaterThanOrEqual(70)
})

it('a whole archive that comes in is not fetched unasked: what lies behind it is a press away', async () => {
  const { desk, thread } = await readAll(60)
  const archive = Array.from({ length: 3_000 }, (_, at): Letter => ({ type: 'letter', letterId: `old${at}`, seq: 4_000_001 + at, flagged: false, history: taken }))
  desk.change((letters) => [...letters, ...archive].sort((a, b) => b.seq - a.seq))
  await desk.answerAll()
  expect(desk.asked.length).toBeLessThan(10)
  expect(shown(thread)).toEqual(desk.letters().slice(0, thread.entries.length))
  expect(thread.more).toBe(true)
  while (thread.more) {
    void thread.showOlder()
    await desk.answerAll()
  }
  expect(shown(thread)).toEqual(desk.letters())
})
