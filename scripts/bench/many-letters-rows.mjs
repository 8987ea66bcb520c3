/** Rows of a mailbox that has been in use for years: its start against one of ten letters, and a save while it is being copied against a save at rest. */
import { openEpistle } from './electron-run.mjs'
import { arrive, login } from './filled-profile.mjs'
import { median, quantile } from './statistics.mjs'

const many = 20_000
const few = 10
const turns = 7
const savesAtRest = 60
const copies = 5

/** From the process's start until Home's figures are there, sign-in included; both sizes in turn. */
async function start({ profileOf, prepare }, app) {
  const sides = [few, many].map((size) => ({ size, times: [] }))
  for (const { size } of sides) await prepare(size)
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const { size, times } of sides) {
      const run = await openEpistle({ app, profile: profileOf(size) })
      const signedIn = await run.inPage(arrive, login)
      await run.close()
      // The first start of each warms the system's caches.
      if (turn > 0) times.push(run.usableAfter + signedIn)
    }
  }
  const [small, large] = sides.map(({ times }) => median(times))
  return { ratio: large / small, figures: `${large.toFixed(0)} ms against ${small.toFixed(0)} ms, sign-in included` }
}

/** In the page: autosaves of 4,000 characters, one after the other; then copies of the whole mailbox, and autosaves as long as each lasts. Returns ms. */
const saveAndCopy = async (body, atRest, copies) => {
  const must = (result) => {
    if (!result.ok) throw new Error(JSON.stringify(result))
    return result.value
  }
  const { draftId, revision } = must(await window.epistle.drafts.create({}))
  let baseRevision = revision
  let count = 0
  const save = async () => {
    const began = performance.now()
    const { draft } = must(await window.epistle.drafts.save({ draftId, baseRevision, patch: { body: body + (count += 1) } }))
    baseRevision = draft.revision
    const took = performance.now() - began
    // The door takes fifty calls a second on one channel.
    await new Promise((resolve) => setTimeout(resolve, 25))
    return took
  }
  const rest = []
  const copying = []
  let copied = 0
  for (let turn = 0; turn < copies; turn += 1) {
    for (let each = 0; each < atRest; each += 1) rest.push(await save())
    let done = false
    const began = performance.now()
    const copy = window.epistle.backups.make({}).then(must).finally(() => (done = true))
    while (!done) copying.push(await save())
    await copy
    copied += performance.now() - began
  }
  return { rest, copying, copied: copied / copies }
}

/** A save as a window feels it, while the mailbox is copied on another thread, against the same save while nothing else happens. */
async function saveWhileCopying({ profileOf }, app, body) {
  const run = await openEpistle({ app, profile: profileOf(many) })
  await run.inPage(arrive, login)
  const { rest, copying, copied } = await run.inPage(saveAndCopy, body, savesAtRest, copies)
  await run.close()
  const [slow, usual] = [median(copying), median(rest)]
  return {
    ratio: slow / usual,
    figures: `${slow.toFixed(2)} ms against ${usual.toFixed(2)} ms (p95 ${quantile(copying, 0.95).toFixed(1)} and ${quantile(rest, 0.95).toFixed(1)}), ${copying.length} saves during ${copies} copies of ${copied.toFixed(0)} ms`
  }
}

/** @param profiles from filled-profile.mjs; @param app the folder with the built app; @param body a letter */
export const manyLetters = async (profiles, app, body) => ({ start: await start(profiles, app), save: await saveWhileCopying(profiles, app, body) })
