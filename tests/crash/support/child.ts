/** Starts this very program again as a child that will be killed, reads its facts, and says how it ended. */
import { spawn } from 'node:child_process'
import { readFacts, type Fact } from '../volunteer/facts'

export type Ended = {
  readonly facts: readonly Fact[]
  readonly signal: NodeJS.Signals | null
  readonly code: number | null
  /** Whatever else it said: of a child that is only ever killed, nothing is expected. */
  readonly said: string
}

export type ChildOptions = {
  readonly args: readonly string[]
  /** Put before node: a tracer, or a tool that ends the child at a certain call. */
  readonly under?: readonly string[]
  /** Another bundle than this program's own. */
  readonly bundle?: string
  readonly env?: Readonly<Record<string, string>>
  /** Hears each piece of what the child writes; may kill it. */
  readonly onText?: (text: string, kill: () => void) => void
  /** Gets the way to kill the child as soon as it runs. */
  readonly onStart?: (kill: () => void) => void
}

/** Real milliseconds after which a child that neither ends nor is killed counts as hanging. */
const patienceMs = 120_000

export const runChildProcess = ({ args, under = [], bundle = process.argv[1] ?? '', env = {}, onText, onStart }: ChildOptions): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const [command = process.execPath, ...before] = [...under, process.execPath]
    const child = spawn(command, [...before, bundle, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    const kill = (): void => {
      child.kill('SIGKILL')
    }
    let text = ''
    let said = ''
    let hung = false
    const patience = setTimeout(() => {
      hung = true
      kill()
    }, patienceMs)
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (part: string) => {
      text += part
      onText?.(part, kill)
    })
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (part: string) => {
      said += part
    })
    child.on('error', reject)
    child.on('spawn', () => onStart?.(kill))
    child.on('close', (code, signal) => {
      clearTimeout(patience)
      if (hung) reject(new Error(`a child hung: ${args.join(' ')}\n${said}`))
      else resolve({ facts: readFacts(text), signal, code, said })
    })
  })

/** The value of `--name=value` of this process. */
export const argument = (name: string): string | undefined => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
