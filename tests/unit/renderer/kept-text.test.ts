import { beforeEach, describe, expect, it } from 'vitest'
import { failure, success, type Result } from '@contract/result'
import { createKeptText, type Kept } from '@/composables/kept-text'

let now = 0
let timers: { readonly at: number; readonly run: () => void; readonly id: number }[] = []
let nextId = 1
const sent: { readonly text: string; readonly base: number }[] = []
let answers: ((text: string, base: number) => Result<Kept>)[] = []
const saved = (text: string, base: number): Result<Kept> => success({ text, revision: base + 1, savedAt: now })

const begin = (text = '', revision = 0) =>
  createKeptText(
    { text, revision, savedAt: revision === 0 ? null : 1 },
    {
      save: async (words, base) => {
        sent.push({ text: words, base })
        return (answers.shift() ?? saved)(words, base)
      },
      clock: () => now,
      setTimer: (run, ms) => {
        timers.push({ at: now + ms, run, id: nextId })
        return nextId++
      },
      clearTimer: (id) => (timers = timers.filter((timer) => timer.id !== id))
    }
  )
const pass = async (ms: number): Promise<void> => {
  now += ms
  for (const timer of timers.filter(({ at }) => at <= now)) {
    timers = timers.filter(({ id }) => id !== timer.id)
    timer.run()
  }
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}
beforeEach(() => {
  now = 0
  timers = []
  answers = []
  sent.length = 0
})

describe('words kept while they are typed', () => {
  it('are saved a second after the last key, and at the latest every five', async () => {
    const note = begin()
    note.write('a')
    await pass(900)
    expect(sent).toEqual([])
    await pass(100)
    expect(sent).toEqual([{ text: 'a', base: 0 }])
    expect(note.status.value).toBe('saved')
    for (let key = 0; key < 12; key += 1) {
      note.write('a'.repeat(key + 2))
      await pass(500)
    }
    expect(sent.length).toBe(2)
  })
  it('nothing typed is nothing saved', async () => {
    const note = begin('here', 3)
    expect(await note.flush()).toBe(true)
    note.write('here')
    await pass(10_000)
    expect(sent).toEqual([])
  })
  it('a failed save is said and tried again, and flush says that it is not kept', async () => {
    const note = begin()
    answers = [() => failure('DISK_FULL')]
    note.write('words')
    expect(await note.flush()).toBe(false)
    expect(note.status.value).toBe('failed')
    await pass(3_000)
    expect(sent.length).toBe(2)
    expect(note.status.value).toBe('saved')
  })
  it('what another window wrote comes in, and what is typed meanwhile is not lost', async () => {
    const note = begin('', 0)
    answers = [
      (text) => {
        note.write(`${text} and more`)
        return success({ text: `theirs\n\n${text}`, revision: 5, savedAt: 1 })
      }
    ]
    note.write('mine')
    expect(await note.flush()).toBe(true)
    expect(note.state.text).toBe('theirs\n\nmine and more')
    expect(sent.at(-1)).toEqual({ text: 'theirs\n\nmine and more', base: 5 })
  })
  it('a newer text is shown only where nothing unsaved is here', () => {
    const note = begin('old', 1)
    note.offer({ text: 'new', revision: 2, savedAt: 2 })
    expect(note.state.text).toBe('new')
    note.write('typing')
    note.offer({ text: 'newer', revision: 3, savedAt: 3 })
    expect(note.state.text).toBe('typing')
    note.offer({ text: 'older', revision: 1, savedAt: 1 })
    expect(note.state.text).toBe('typing')
  })
})
