/** Reading far back in a conversation while news comes: nothing asked for is lost. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { AppEvent } from '@contract/events'

const all = 200
type Asked = { readonly pageSize: number; readonly before?: { readonly letters: { readonly seq: number } } | null }

/** A conversation of so many letters; answers are given when `answer` is called, in the order they were asked for. */
const window = () => {
  const heard: ((event: AppEvent) => void)[] = []
  const waiting: (() => void)[] = []
  const page = ({ pageSize, before }: Asked): Promise<unknown> =>
    new Promise((resolve) => {
      const from = before?.letters.seq ?? 0
      const entries = Array.from({ length: Math.min(pageSize, all - from) }, (_, at) => ({ type: 'letter', letterId: `l${from + at}` }))
      const until = from + entries.length
      const place = { at: 0, seq: until }
      waiting.push(() => resolve({ ok: true, value: { entries, next: until < all ? { letters: place, replies: place, imported: place } : null } }))
    })
  vi.stubGlobal('window', { epistle: { thread: { page }, onEvent: (listener: (event: AppEvent) => void) => void heard.push(listener) } })
  const answer = async (): Promise<void> => {
    waiting.shift()?.()
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  const answerAll = async (): Promise<void> => {
    while (waiting.length > 0) await answer()
  }
  return { answer, answerAll, change: () => heard.forEach((listener) => listener({ type: 'changed', facts: ['sent'] })) }
}
const store = async () => (await import('@/stores/thread')).useThreadStore()

beforeEach(() => {
  vi.resetModules()
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

it('goes back page by page, to the first letter', async () => {
  const { answerAll } = window()
  const thread = await store()
  void thread.show('c1')
  await answerAll()
  expect([thread.head?.entries.length, thread.older.length]).toEqual([20, 0])
  for (let press = 0; press < 10; press += 1) {
    void thread.showOlder()
    await answerAll()
  }
  expect([thread.older.length, thread.next]).toEqual([all - 20, null])
})

it('news while earlier letters are on their way: both come', async () => {
  const { answer, answerAll, change } = window()
  const thread = await store()
  void thread.show('c1')
  await answerAll()
  void thread.showOlder()
  change()
  await answerAll()
  expect([thread.older.length, thread.loading], 'the page asked for, fetched with the news').toEqual([50, false])
  change()
  await answer()
  void thread.showOlder()
  await answerAll()
  expect([thread.older.length, thread.loading], 'asked for while news were fetched').toEqual([100, false])
})
