/** Starting the app, and signing in until Home's figures are there, with the largest archive against one of ten letters: in turn, medians. */
import { median } from '../statistics.mjs'

const turns = 7

export async function rows({ sizes, open, signIn, prepare }) {
  const largest = Math.max(...sizes)
  await prepare(10)
  const sides = [10, largest].map((size) => ({ size, usable: [], home: [] }))
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const side of sides) {
      const app = await open(side.size)
      const home = await signIn(app)
      await app.close()
      // The first start of each warms the system's caches.
      if (turn === 0) continue
      side.usable.push(app.usableAfter)
      side.home.push(home)
    }
  }
  const [small, large] = sides.map(({ usable, home }) => ({ usable: median(usable), home: median(home) }))
  const against = (a, b) => `${a.toFixed(0)} ms against ${b.toFixed(0)} ms`
  const name = largest.toLocaleString('en')
  return [
    { name: `time to a usable window with ${name} letters ÷ with 10`, ratio: large.usable / small.usable, goal: 1.2, figures: against(large.usable, small.usable) },
    {
      name: `start until Home's figures with ${name} letters ÷ with 10`,
      ratio: (large.usable + large.home) / (small.usable + small.home),
      goal: 1.2,
      figures: `${against(large.usable + large.home, small.usable + small.home)}; of these signing in ${against(large.home, small.home)}, with a quick key derivation`
    }
  ]
}
