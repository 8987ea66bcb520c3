/**
 * rel:inputs. The list of bad inputs (bad-inputs.md), line by line: each item goes through the door that windows use into the core with real files and the real service.
 * Checked: the code, the sentence a person reads and its next step, that not a byte of any file was written (or only the tables the item names), that no bug was
 * logged and that the core still answers; the judge itself is proved first. What only a window, a worker or a start can show is tried elsewhere: that test is named and has to be there. `--only=Compose`: one surface.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { proveJudge } from './inputs/control'
import type { Elsewhere, Row } from './inputs/item'
import { tryItem } from './inputs/judge'
import { linesOfTheList, surfaces } from './inputs/surfaces'
import { runProgram, type Program } from './support/program'

/** Programs run in the project's folder (scripts/rel/run-program.mjs). */
const project = process.cwd()

const checkElsewhere = (program: Program, row: Row, { what, file, test }: Elsewhere): void =>
  program.check(existsSync(join(project, file)) && readFileSync(join(project, file), 'utf8').includes(test), () => `${row.title}: ${what}: no “${test}” in ${file}`)

await runProgram('inputs', { short: 1, long: 20 }, async (program) => {
  const only = program.option('only')
  await proveJudge(program)
  const rows = surfaces.flatMap((surface) => surface.rows)
  program.check(new Set(rows.map(({ title }) => title)).size === linesOfTheList, () => `${rows.length} lines of the list are gone through, not ${linesOfTheList}`)
  for (const row of rows) {
    program.check(row.items.length + (row.elsewhere?.length ?? 0) > 0, () => `${row.title}: nothing is tried`)
    for (const test of row.elsewhere ?? []) checkElsewhere(program, row, test)
  }
  for (let round = 0; round < program.count; round += 1) {
    for (const surface of surfaces.filter(({ name }) => only === null || name === only)) {
      const bench = await surface.open()
      for (const row of surface.rows) {
        for (const item of row.items) {
          const faults = await tryItem(item, bench)
          program.check(faults.length === 0, () => `${row.title}: ${item.what}: ${faults.join('; ')}`)
        }
      }
      await bench.close()
    }
  }
  const count = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  program.say(
    `${rows.length} lines: ${count(({ items }) => items.length)} items tried here, ${count(({ elsewhere = [] }) => elsewhere.length)} groups in tests of their own, ${count(({ cannotHappen = [] }) => cannotHappen.length)} that cannot happen in this app`
  )
})
