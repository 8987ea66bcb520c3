/** Runs checks two at a time, and shows what each said in one piece when it is done. */
import { availableParallelism } from 'node:os'
import { projectFolder } from '../runtime/folders.mjs'
import { run } from '../runtime/run.mjs'

// The tools write into a pipe and cannot see whether a terminal is behind it.
const env = { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) }

const AT_ONCE = Math.min(2, availableParallelism())

async function runOne({ name, start }) {
  const started = Date.now()
  const { command, args } = start()
  const { ok, code, signal, output } = await run(command, args, { cwd: projectFolder, env, keep: Infinity })
  console.log(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (!ok) console.log(output || `ended with ${signal ?? `exit code ${code}`}`)
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, problems: ok ? [] : [`failed: ${name}`] }
}

/** Runs the checks and gives their counts added up. */
export async function runChecks(list) {
  const waiting = [...list]
  const total = { passed: 0, failed: 0, problems: [] }
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { passed, failed, problems } = await runOne(next)
      total.passed += passed
      total.failed += failed
      total.problems.push(...problems)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return total
}
