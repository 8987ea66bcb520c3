/** Other people's programs, which read back what we wrote. A missing one fails the test and says how to get it. */
import { spawnSync } from 'node:child_process'

const mending: Readonly<Record<string, string>> = {
  python3: 'apt-get install -y python3',
  unzip: 'apt-get install -y unzip',
  pdfimages: 'apt-get install -y poppler-utils',
  pdftotext: 'apt-get install -y poppler-utils',
  pdfinfo: 'apt-get install -y poppler-utils'
}

/** Runs a program to its end. @returns what it said @throws with what it complained of, or how to get it */
export const runTool = (name: keyof typeof mending & string, args: readonly string[]): string => {
  const { error, status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') throw new Error(`${name} is not on this machine. Run: ${mending[name] ?? ''}`)
  if (error !== undefined || status !== 0) throw new Error(`${name} ${args.join(' ')}: ${error?.message ?? stderr}`)
  return stdout
}

/** Words in their order, whatever the line breaks: a page has its own. */
export const wordsOf = (text: string): string => text.replace(/\s+/g, ' ').trim()
