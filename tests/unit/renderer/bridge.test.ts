import { createPinia, setActivePinia } from 'pinia'
import { reactive } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppEvent } from '@contract/events'

type Answer = (input: unknown) => Promise<unknown>

/** A preload that records what reaches it. */
const desk = (answers: Readonly<Record<string, Answer>>) => {
  const asked: [string, unknown][] = []
  const heard: ((event: AppEvent) => void)[] = []
  const rooms: Record<string, Record<string, Answer>> = {}
  for (const [name, answer] of Object.entries(answers)) {
    const [room = '', verb = ''] = name.split('.')
    rooms[room] = {
      ...rooms[room],
      [verb]: (input) => {
        asked.push([name, input])
        return answer(input)
      }
    }
  }
  vi.stubGlobal('window', { epistle: { ...rooms, onEvent: (listener: (event: AppEvent) => void) => void heard.push(listener) } })
  return { asked, heard, tell: (event: AppEvent) => heard.forEach((listener) => listener(event)) }
}

beforeEach(() => {
  vi.resetModules()
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

describe('the bridge', () => {
  it('sends plain values: a proxy of Vue cannot cross', async () => {
    const { asked } = desk({ 'drafts.save': async () => ({ ok: true, value: null }) })
    const { bridge } = await import('@/bridge')
    await bridge.drafts.save(reactive({ draftId: 'd', baseRevision: 1, patch: { body: 'Dear Daniel' } }))
    expect(asked).toEqual([['drafts.save', { draftId: 'd', baseRevision: 1, patch: { body: 'Dear Daniel' } }]])
    expect(() => structuredClone(asked[0]?.[1])).not.toThrow()
  })

  it('makes a failure of everything that breaks on the way', async () => {
    desk({ 'sync.status': () => Promise.reject(new Error('gone')) })
    const { bridge } = await import('@/bridge')
    await expect(bridge.sync.status({})).resolves.toEqual({ ok: false, code: 'INTERNAL' })
    await expect(bridge.contacts.list({})).resolves.toEqual({ ok: false, code: 'INTERNAL' })
  })

  it('listens to main once, however many want to know', async () => {
    const { heard, tell } = desk({})
    const { onChanged, onEvent } = await import('@/bridge')
    const all = vi.fn()
    const drafts = vi.fn()
    const stop = onEvent(all)
    onChanged(['drafts', 'outbox'], drafts)
    tell({ type: 'changed', facts: ['outbox'] })
    tell({ type: 'changed', facts: ['stamps'] })
    stop()
    tell({ type: 'changed', facts: ['drafts'] })
    expect(heard).toHaveLength(1)
    expect(all).toHaveBeenCalledTimes(2)
    expect(drafts).toHaveBeenCalledTimes(2)
  })
})

describe('the session', () => {
  const mary = { accountId: 'a', displayName: 'Mary Keane', email: 'mary@parish.org', practice: false, emessagingTermsAccepted: true, offline: false }
  const state = { ok: true, value: { version: '0', accounts: [], session: mary } }

  it('ends only when everything typed is saved', async () => {
    const signOut = vi.fn(async () => ({ ok: true, value: null }))
    desk({ 'app.state': async () => state, 'accounts.signOut': signOut })
    const { useSessionStore } = await import('@/stores/session')
    const { registerFlush } = await import('@/composables/flush')
    const session = useSessionStore()
    await session.loaded

    let diskIsFull = true
    const takeBack = registerFlush(async () => {
      if (diskIsFull) throw new Error('full')
    })
    expect(await session.signOut()).toBe(false)
    expect(signOut).not.toHaveBeenCalled()
    expect(session.current).toEqual(mary)

    diskIsFull = false
    expect(await session.signOut()).toBe(true)
    expect(session.current).toBeNull()
    takeBack()
  })

  it('follows what main says', async () => {
    const { tell } = desk({ 'app.state': async () => state })
    const { useSessionStore } = await import('@/stores/session')
    const session = useSessionStore()
    await session.loaded
    tell({ type: 'sessionChanged', session: null })
    expect(session.current).toBeNull()
  })
})

describe('the Service post', () => {
  const item = (postId: string) => ({ postId, kind: 'email', to: 'a@b.org', subject: 's', body: 'b', at: 1 })

  it('counts as new what came since the window opened', async () => {
    let items = [item('old')]
    const { tell } = desk({ 'post.list': async () => ({ ok: true, value: items }) })
    const { usePostStore } = await import('@/stores/post')
    const post = usePostStore()
    await post.loaded
    expect(post.unseen).toBe(0)
    items = [item('new'), item('old')]
    tell({ type: 'changed', facts: ['post'] })
    await vi.waitFor(() => expect(post.unseen).toBe(1))
    post.markSeen('new')
    expect(post.unseen).toBe(0)
  })
})
