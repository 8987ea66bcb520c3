/** Search as you type, through the window's bridge: each keystroke until its first answer, and until a page of rows is full or nothing is left. */
import { setTimeout as pause } from 'node:timers/promises'
import { quantile } from '../statistics.mjs'

/** What a person types, letter by letter: common and rare words, a name, a phrase, an exclusion, accents, nothing that is there. */
const typed = ['psalm', 'the lemon cake', '"the psalm for Daniel"', 'jose guitarra', 'roof pigeons', 'lord -shepherd', 'quince', 'xylophone', 'thank you for your letter', 'dictionary side']

/** Words somebody remembers of a letter that had a photo with it, and none: all of them. */
const typedWithPhotos = ['', 'garden', 'psalm', 'thank you', 'xylophone']

/** In the page: asks as the screen asks. Returns ms until the first answer (it shows what is there), and until the page is full or all was looked at. */
const look = async (query, box, filters) => {
  const started = performance.now()
  let found = 0
  let first = 0
  for (let after = null; ; ) {
    const result = await window.epistle.archive.search({ box, query, filters, after, limit: 30 })
    if (!result.ok) throw new Error(JSON.stringify(result))
    first ||= performance.now() - started
    found += result.value.items.length
    after = result.value.next
    if (after === null || found >= 30) return { first, full: performance.now() - started }
    // The same pace as src-renderer/stores/archive-box.ts.
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

const goalFor = (size) => (size > 100_000 ? 50 : 16)

export async function rows({ sizes, openSignedIn }) {
  const made = []
  for (const size of sizes) {
    const app = await openSignedIn(size)
    await app.inPage(look, 'warm', 'sent', {})
    await app.longestGap()
    const times = []
    const whole = []
    let slowest = { ms: 0, query: '' }
    for (const words of typed) {
      for (let length = 1; length <= words.length; length += 1) {
        const query = words.slice(0, length)
        const { first, full } = await app.inPage(look, query, 'sent', {})
        times.push(first)
        whole.push(full)
        if (full > slowest.ms) slowest = { ms: full, query }
        // A quick typist's pace; the door takes fifty calls a second on one channel.
        await pause(25)
      }
    }
    const filtered = []
    for (const words of typedWithPhotos) {
      for (let length = Math.min(1, words.length); length <= words.length; length += 1) {
        filtered.push(await app.inPage(look, words.slice(0, length), 'sent', { photos: true }))
        await pause(25)
      }
    }
    const gap = await app.longestGap()
    await app.close()
    const name = size.toLocaleString('en')
    const ms = (value) => `${value.toFixed(1)} ms`
    made.push({ name: `search as you type among ${name} letters, p95 of a keystroke, ms`, value: quantile(times, 0.95), goal: goalFor(size), figures: `first answer: median ${ms(quantile(times, 0.5))}; page full or all looked at: median ${ms(quantile(whole, 0.5))}, p95 ${ms(quantile(whole, 0.95))}, longest ${ms(slowest.ms)} (${slowest.query}); ${times.length} keystrokes` })
    const firsts = filtered.map(({ first }) => first)
    made.push({ name: `letters with photos among ${name} letters, p95 of a keystroke, ms`, value: quantile(firsts, 0.95), goal: goalFor(size), figures: `first answer: median ${ms(quantile(firsts, 0.5))}; page full or all looked at: p95 ${ms(quantile(filtered.map(({ full }) => full), 0.95))}; ${firsts.length} keystrokes` })
    made.push({ name: `longest stand-still of main while searching ${name} letters, ms`, value: gap, goal: 40, figures: 'a 5 ms tick in the main process' })
  }
  return made
}
