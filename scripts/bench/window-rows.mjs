/** Rows that need a window: Epistle in the real Electron against a bare Electron window, one after the other, in turn. */
import { setTimeout as pause } from 'node:timers/promises'
import { buyStamps, letterOf } from './core-rows.mjs'
import { openBare, openEpistle } from './electron-run.mjs'
import { canMeasureMemory, memoryOfTree } from './memory.mjs'
import { median, quantile } from './statistics.mjs'

const starts = 8
const settleMs = 1_500
const frameMs = 1_000 / 60
export const blockGoalMs = 40

/** A desk as the tests have it, whose commands go through the window's bridge. */
const deskOf = (app) => ({
  must: async (name, input) => {
    const result = await app.inPage((room, verb, sent) => window.epistle[room][verb](sent), ...name.split('.'), input)
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result)}`)
    return result.value
  }
})

/** A profile with an account, a contact, stamps and a letter begun. @returns how long its very first start took */
export async function prepareProfile(place, support) {
  const app = await openEpistle(place)
  const desk = deskOf(app)
  const contact = await support.readyToWrite(desk)
  await buyStamps(desk, support, contact, 100)
  await support.writeDraft(desk, contact.contactId, letterOf(4_000), 'Begun')
  await app.close()
  return app.usableAfter
}

/** Start after start, Epistle and bare in turn: time to a window that can be used, memory once it has settled, stand-stills. */
export async function startsAndMemory(place) {
  const sides = [openEpistle, openBare].map((open) => ({ open, usable: [], memory: [], gaps: [] }))
  for (let turn = 0; turn <= starts; turn += 1) {
    for (const side of sides) {
      const app = await side.open(place)
      await pause(settleMs)
      const memory = canMeasureMemory() ? memoryOfTree(app.pid) : NaN
      await app.close()
      // The first start of each warms the system's caches.
      if (turn === 0) continue
      side.usable.push(app.usableAfter)
      side.memory.push(memory)
      side.gaps.push(app.startGap)
    }
  }
  const [app, bare] = sides.map(({ usable, memory, gaps }) => ({ usable: median(usable), memory: median(memory), gap: median(gaps) }))
  return { app, bare }
}

/** In the page: from the moment a key went down to the first moment after the next frame was drawn. */
const watchKeys = (selector, text) => {
  const box = document.querySelector(selector)
  if (text !== null) box.value = text
  box.focus()
  window.benchKeys = []
  document.addEventListener(
    'keydown',
    (event) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => window.benchKeys.push(performance.now() - event.timeStamp)
        port2.postMessage(0)
      })
    },
    true
  )
}

/** In the page: four more autosaves a second, of another letter, so that far more keys than one in a hundred meet one. */
const keepSaving = async (draftId, revision, body) => {
  let baseRevision = revision
  window.benchSaves = 0
  for (;;) {
    const saved = await window.epistle.drafts.save({ draftId, baseRevision, patch: { body: body + window.benchSaves } })
    if (!saved.ok) return
    baseRevision = saved.value.draft.revision
    window.benchSaves += 1
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

const typed = 'Dear Daniel, thank you for your letter. It made me smile all of the way home on the bus. '
const rounds = 5
const keyEveryMs = 35

/** Typing in Compose while letters are saved, against typing at the end of the same letter in the bare window's text box. */
export async function typing(app, bare, desk, contact, support) {
  const body = letterOf(4_000)
  const writing = await support.writeDraft(desk, contact.contactId, body, 'Written now')
  const other = await support.writeDraft(desk, contact.contactId, letterOf(8_000), 'Saved meanwhile')
  await app.inPage(async (address) => {
    location.hash = address
    while (!document.querySelector('main textarea')) await new Promise((resolve) => setTimeout(resolve, 20))
  }, `#/e/compose/${writing.draftId}`)
  await app.inPage(watchKeys, 'main textarea', null)
  await bare.inPage(watchKeys, 'textarea', body)
  await app.inPage(`(...given) => void (${keepSaving})(...given)`, other.draftId, other.revision, letterOf(8_000))
  const sides = [app, bare].map((window) => ({ window, all: [], p99: [] }))
  for (let round = 0; round < rounds; round += 1) {
    for (const { window, all, p99 } of sides) {
      await window.type(typed + typed, keyEveryMs)
      await pause(300)
      const times = await window.inPage(() => globalThis.benchKeys.splice(0))
      if (times.length !== 2 * typed.length) throw new Error(`${times.length} keys arrived instead of ${2 * typed.length}`)
      all.push(...times)
      p99.push(quantile(times, 0.99))
    }
  }
  const saves = await app.inPage(() => window.benchSaves)
  const [ours, theirs] = sides.map(({ all, p99 }) => ({ median: median(all), p99: median(p99) }))
  const inWords = (side) => `median ${side.median.toFixed(0)} ms, p99 ${side.p99.toFixed(0)} ms`
  return {
    ratio: Math.max(0, ours.p99 - theirs.p99) / frameMs,
    figures: `${inWords(ours)} against ${inWords(theirs)}; ${rounds * 2 * typed.length} keys each, ${saves} saves`
  }
}

/** In the page: commands one after the other, at most about forty a second. */
const repeat = async (room, verb, inputs) => {
  for (const input of inputs) {
    const result = await window.epistle[room][verb](input)
    if (!result.ok) throw new Error(JSON.stringify(result))
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

const blockRounds = 5

/**
 * The longest stand-still of the main process while it saves, searches and sends. What the app does to itself happens in
 * every round, what the machine does only in some: the best of five rounds counts.
 */
export async function blocks(app, desk, contact, support) {
  const act = {
    saving: async () => {
      const { draftId, revision } = await support.writeDraft(desk, contact.contactId, letterOf(8_000), 'Saved often')
      const inputs = Array.from({ length: 30 }, (_, turn) => ({ draftId, baseRevision: revision + turn, patch: { body: `${letterOf(8_000)}${turn}` } }))
      await app.inPage(repeat, 'drafts', 'save', inputs)
    },
    searching: () => app.inPage(repeat, 'directory', 'search', Array.from({ length: 30 }, (_, turn) => ({ query: 'ga', state: 'TX', facilityId: 'cedar-state', page: turn % 2 }))),
    sending: async () => {
      for (let turn = 0; turn < 8; turn += 1) await support.sendDraft(desk, await support.writeDraft(desk, contact.contactId, `${letterOf(1_500)}${turn}`))
      await desk.must('sync.now', {})
    }
  }
  const gaps = {}
  for (let round = 0; round < blockRounds; round += 1) {
    for (const [name, run] of Object.entries(act)) {
      await app.longestGap()
      await run()
      gaps[name] = [...(gaps[name] ?? []), await app.longestGap()]
    }
  }
  return Object.fromEntries(Object.entries(gaps).map(([name, values]) => [name, Math.min(...values)]))
}

/** The profile's own person signs in, in a window that stays open for the rows about typing and blocking. */
export async function openSignedIn(place) {
  const app = await openEpistle(place)
  const desk = deskOf(app)
  await desk.must('accounts.signIn', { email: 'maria@parish.org', password: 'Lantern7oak' })
  const [contact] = await desk.must('contacts.list', {})
  return { app, desk, contact }
}
