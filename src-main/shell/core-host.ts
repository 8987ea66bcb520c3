import { Worker } from 'node:worker_threads'
import type { CommandInput, CommandOutput, CoreCommandName } from '../contract/commands'
import type { CorePort } from '../contract/core-port'
import type { AppEvent } from '../contract/events'
import type { InnerCommandName, InnerCommands } from '../contract/inner-commands'
import type { PaperRun, Sheet } from '../contract/paper'
import { failure, type Result } from '../contract/result'
import type { CoreThreadData, FromCore, ToCore } from '../core-protocol'

export type CoreStart = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string; readonly owner: string | null }

/**
 * Starts the core's thread and speaks with it. Calls may be made at once: they wait in the thread's port until it is ready,
 * so that a window loads its page while the profile is opened.
 * @param logBug gets bugs by name, never the text of a letter
 * @param paper puts a sheet on paper or into a PDF
 * @param died called when the thread ends by itself
 * @param mayPutDeskRight asks the person when this PC's own file is damaged
 * @returns the core, and what became of its start
 */
export const startCore = (
  file: URL,
  data: CoreThreadData,
  logBug: (where: string, message: string) => void,
  paper: (sheet: Sheet) => PaperRun,
  died: () => void,
  mayPutDeskRight: (from: 'copy' | 'nothing') => Promise<boolean>
): { readonly core: CorePort; readonly started: Promise<CoreStart> } => {
  const worker = new Worker(file, { workerData: data })
  const listeners = new Set<(event: AppEvent) => void>()
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  let nextId = 1
  let closing = false
  let closed: () => void = () => undefined
  const post = (message: ToCore): void => worker.postMessage(message)
  const sheets = new Map<number, PaperRun>()
  const print = async (id: number, sheet: Sheet): Promise<void> => {
    const run = paper(sheet)
    sheets.set(id, run)
    const outcome = await run.ended
    sheets.delete(id)
    post({ type: 'paperEnded', id, outcome })
  }
  const giveUp = (): void => {
    waiting.forEach((answer) => answer(failure('INTERNAL')))
    waiting.clear()
  }
  const core: CorePort = {
    call: <N extends CoreCommandName>(name: N, input: CommandInput<N>) =>
      new Promise<Result<CommandOutput<N>>>((answered) => {
        const id = nextId++
        waiting.set(id, (result) => answered(result as Result<CommandOutput<N>>))
        post({ type: 'call', id, name, input })
      }),
    grant: (grant) => post({ type: 'grant', grant }),
    callInner: <N extends InnerCommandName>(name: N, input: InnerCommands[N]['input']) =>
      new Promise<Result<InnerCommands[N]['output']>>((answered) => {
        const id = nextId++
        waiting.set(id, (result) => answered(result as Result<InnerCommands[N]['output']>))
        post({ type: 'callInner', id, name, input })
      }),
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    noteTrouble: (kind, code) => post({ type: 'trouble', kind, code }),
    saveReport: (file) =>
      new Promise<Result<null>>((answered) => {
        const id = nextId++
        waiting.set(id, (result) => answered(result as Result<null>))
        post({ type: 'saveReport', id, file })
      }),
    close: () =>
      new Promise((done) => {
        closing = true
        closed = done
        post({ type: 'close' })
      })
  }
  const started = new Promise<CoreStart>((resolve) => {
    worker.on('message', (message: FromCore) => {
      switch (message.type) {
        case 'ready':
          return resolve({ ok: true })
        case 'failed':
          closing = true
          void worker.terminate()
          return resolve({ ok: false, code: message.code, message: message.message, owner: message.owner })
        case 'deskDamaged':
          return void mayPutDeskRight(message.from).then((may) => message.answer.postMessage(may))
        case 'answer':
          waiting.get(message.id)?.(message.result)
          waiting.delete(message.id)
          return
        case 'event':
          return listeners.forEach((listener) => listener(message.event))
        case 'paper':
          return void print(message.id, message.sheet)
        case 'paperStop':
          return sheets.get(message.id)?.stop()
        case 'bug':
          return logBug(message.where, message.message)
        case 'closed':
          giveUp()
          return closed()
      }
    })
    worker.on('error', (error) => {
      logBug('core thread', `${error.name}: ${error.message}`)
      giveUp()
    })
    worker.on('exit', () => {
      giveUp()
      closed()
      resolve({ ok: false, code: 'INTERNAL', message: 'the core thread ended before it was ready', owner: null })
      if (!closing) died()
    })
  })
  return { core, started }
}
