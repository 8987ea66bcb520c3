/** Turns the runners' result files into numbers. A test that did not run is not a pass. */
import { readFileSync } from 'node:fs'

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Counts of a Vitest run: `{passed, failed, problems}`, where problems are names worth repeating at the end. */
export function countVitest(path, exitCode) {
  const result = readJson(path)
  const counts = { passed: 0, failed: 0, problems: [] }
  for (const file of result?.testResults ?? []) {
    let failedHere = 0
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') counts.passed += 1
      else {
        failedHere += 1
        counts.problems.push(`${status === 'failed' ? 'failed' : 'NOT RUN'}: ${fullName}`)
      }
    }
    if (file.status === 'failed' && failedHere === 0) {
      failedHere = 1
      counts.problems.push(`failed to load: ${file.name}`)
    }
    counts.failed += failedHere
  }
  return withHonestEnding(counts, exitCode)
}

/** Counts of a Playwright run, likewise. */
export function countPlaywright(path, exitCode) {
  const result = readJson(path)
  const counts = { passed: 0, failed: 0, problems: [] }
  const visit = (suite, trail) => {
    for (const spec of suite.specs ?? []) {
      for (const { status } of spec.tests) {
        if (status === 'expected') counts.passed += 1
        else {
          counts.failed += 1
          counts.problems.push(`${status === 'skipped' ? 'NOT RUN' : 'failed'}: ${[...trail, spec.title].join(' › ')}`)
        }
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...trail, inner.title])
  }
  for (const suite of result?.suites ?? []) visit(suite, [suite.title])
  return withHonestEnding(counts, exitCode)
}

/** Counts of the reliability programs, likewise. */
export function countRel(path, exitCode) {
  const parts = readJson(path) ?? []
  const counts = {
    passed: parts.reduce((total, { passed }) => total + passed, 0),
    failed: parts.reduce((total, { failed }) => total + failed, 0),
    problems: parts.flatMap(({ problems }) => problems)
  }
  return withHonestEnding(counts, exitCode)
}

/** A runner that crashed, or ran nothing, must not look green. */
function withHonestEnding(counts, exitCode) {
  if (counts.passed + counts.failed === 0) return { passed: 0, failed: 1, problems: [`ran no test (exit code ${exitCode})`] }
  if (exitCode !== 0 && counts.failed === 0) return { ...counts, failed: 1, problems: [`ended with exit code ${exitCode} although no test failed`] }
  return counts
}
