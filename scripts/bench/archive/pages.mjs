/** Any page of the list, newest first, through the window's bridge. */
import { setTimeout as pause } from 'node:timers/promises'
import { quantile } from '../statistics.mjs'

const turns = 30

/** In the page. */
const page = async (offset) => {
  const started = performance.now()
  const result = await window.epistle.archive.page({ box: 'sent', order: 'time', offset, limit: 100 })
  if (!result.ok) throw new Error(JSON.stringify(result))
  return { ms: performance.now() - started, total: result.value.total, rows: result.value.items.length }
}

export async function rows({ sizes, openSignedIn }) {
  const made = []
  for (const size of sizes) {
    const app = await openSignedIn(size)
    const { total } = await app.inPage(page, 0)
    for (const depth of [0, 50, 100]) {
      const times = []
      for (let turn = 0; turn < turns; turn += 1) {
        const offset = Math.max(0, Math.min(total - 100, Math.floor((total * depth) / 100)) - turn * 7)
        const { ms, rows: count } = await app.inPage(page, offset)
        if (count !== Math.min(100, total - offset)) throw new Error(`${count} rows at ${offset} of ${total}`)
        times.push(ms)
        await pause(25)
      }
      made.push({ name: `a page of 100 at ${depth} % of ${size.toLocaleString('en')} letters, p95, ms`, value: quantile(times, 0.95), goal: 16, figures: `median ${quantile(times, 0.5).toFixed(1)} ms, ${turns} pages` })
    }
    await app.close()
  }
  return made
}
