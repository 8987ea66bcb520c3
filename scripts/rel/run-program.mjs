/** Runs one bundled program and believes only its own last line: one that ends without it was NOT RUN to its end. */
import { execFileSync, spawn } from 'node:child_process'
import { withScreen } from '../runtime/electron.mjs'
import { projectFolder } from '../runtime/folders.mjs'
import { bundleOf } from './bundle.mjs'
import { needsScreen } from './programs.mjs'

/** The commit the code stands at, with a `+` when files differ from it; for the line that says how to repeat a failure. */
export function commitNow() {
  const git = (...args) => execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`
  } catch {
    return 'unknown'
  }
}

const lastLine = /^(\d+) passed, (\d+) failed$/

/** @param show takes what the program writes. @returns `{passed, failed, problems}` */
export function runProgram(name, args, commit, show) {
  return new Promise((resolve) => {
    const line = ['--enable-source-maps', bundleOf(name), `--commit=${commit}`, ...args]
    const { command, args: all } = needsScreen(name) ? withScreen(process.execPath, line) : { command: process.execPath, args: line }
    const child = spawn(command, all, {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'inherit']
    })
    let rest = ''
    let counts = null
    const problems = []
    const read = (line) => {
      const found = lastLine.exec(line)
      if (found !== null) counts = { passed: Number(found[1]), failed: Number(found[2]) }
      if (line.startsWith('FAILED ') && problems.length < 20) problems.push(`${name}: ${line}`)
    }
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text) => {
      show(text)
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(read)
    })
    child.on('error', (error) => resolve({ passed: 0, failed: 1, problems: [`NOT RUN: rel:${name} (${error.message})`] }))
    child.on('close', (code, signal) => {
      if (rest !== '') read(rest)
      const ending = signal ?? `exit code ${code}`
      if (counts === null || counts.passed + counts.failed === 0) return resolve({ passed: 0, failed: 1, problems: [...problems, `NOT RUN to its end: rel:${name} (${ending})`] })
      if ((code === 0) !== (counts.failed === 0)) return resolve({ ...counts, failed: counts.failed + 1, problems: [...problems, `rel:${name} ended with ${ending}`] })
      return resolve({ ...counts, problems })
    })
  })
}
