/** `node scripts/check.mjs lint|typecheck|build`: one group of the checks that `npm test` runs. */
import { checks } from './testing/parts.mjs'
import { runChecks } from './testing/run-checks.mjs'

const group = checks[process.argv[2]]
if (!group) {
  console.error(`Say which: ${Object.keys(checks).join(', ')}`)
  process.exitCode = 2
} else {
  process.exitCode = (await runChecks(group)).failed === 0 ? 0 : 1
}
