/**
 * rel:pragma. Every connection that the whole app opens, in every flow that opens one, is seen in the driver itself and asked for its
 * settings, again and again while it works: WAL, synchronous FULL, foreign keys, untrusted schemas, cell checks, locked for itself.
 * `--count`: rounds of everything.
 */
import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import { makeOldProfile } from './migrate/old-profile'
import { runFlows } from './pragma/flows'
import { lacks, required, watchConnections, type Seen } from './pragma/watch'
import { folderInMemory } from './support/folders'
import { runProgram } from './support/program'
import { makeTemplate } from './volunteer/template'

/** Files that a connection of ours must have been seen to. */
const expected = [/^desk\.db$/u, /^service\.db$/u, /^A-[\d-]+\.db$/u, /\.encrypting$/u] as const

/**
 * A file cannot be given a key in WAL mode (reliability.md M7), so the connection that does it has other settings. It is a copy that
 * nobody stands on until it has been flushed, opened again with every setting and compared row by row (vault/encrypt-in-place.ts).
 */
const isException = (file: string, openedBy: string): boolean => file.endsWith('.encrypting') && openedBy.includes('encryptInPlace') && !openedBy.includes('openConnection')

await runProgram('pragma', { short: 2, long: 20 }, async (program) => {
  const root = folderInMemory('pragma')
  for (let round = 0; round < program.count; round += 1) {
    const template = await makeTemplate(`${root}/template-${round}`, program.seed + round)
    const old = await makeOldProfile(`${root}/old-${round}`, template, { desk: 1, mailbox: 1, service: 1, sealed: false })
    const wrong = new Map<string, string>()
    let looks = 0
    const lookAt = (when: string, { file, connection, openedBy }: Seen): void => {
      if (!connection.open || connection.inTransaction || isException(file, openedBy)) return
      looks += 1
      // What lies in memory has no log: there the steps of a file are run, to see what they make (storage/strangers.ts).
      for (const lack of lacks(connection)) if (!connection.memory || lack !== 'journal_mode is memory') wrong.set(`${basename(file)}: ${lack}`, `${when}; ${openedBy}`)
    }
    const watch = watchConnections((seen) => lookAt('closing', seen))
    const look = (when: string): void => [...watch.seen].forEach((seen) => lookAt(when, seen))
    try {
      await runFlows({ template, old, root: `${root}/round-${round}`, look })
    } finally {
      watch.stop()
    }
    for (const [what, where] of wrong) program.failed(`${what} (${where})`, what)
    const files = new Set(watch.seen.map(({ file }) => basename(file)))
    for (const pattern of expected) program.check([...files].some((file) => pattern.test(file)), () => `no connection to ${String(pattern)} was seen; seen: ${[...files].join(', ')}`)
    program.check(wrong.size === 0 && looks >= watch.seen.length, () => `${looks} looks at ${watch.seen.length} connections`)
    program.passed(looks * Object.keys(required).length - wrong.size)
    program.say(`  round ${round + 1}: ${watch.seen.length} connections to ${files.size} files, ${looks} looks, ${watch.asks.count} calls of the driver`)
  }
  rmSync(root, { recursive: true, force: true })
})
