import type { AppEvent } from '../contract/events'
import type { JobKind, JobView } from '../contract/jobs'
import { failure, success, type Failure, type Result } from '../contract/result'
import { storageCode } from '../storage/open'
import { FileError } from '../storage/outside-files'
import type { Outside } from './outside'
import type { Clock, Ids } from './ports'

/** Thrown inside a job that was cancelled; the job's own code only cleans up. */
export class Cancelled extends Error {}

/** What long work gets to tell how far it is and to hear whether it should go on. */
export type Job = {
  /** Says how far it is. Cheap: the windows hear of it a few times a second. */
  readonly moved: (done: number, total?: number | null) => void
  /** Lets everything else have its turn; to be called between slices of a few milliseconds. @throws Cancelled */
  readonly breathe: () => Promise<void>
  /** Called at once when somebody cancels: to stop what cannot breathe. */
  readonly onCancel: (stop: () => void) => void
}

/** Windows hear of progress at most this often, in ms. */
const tellEveryMs = 120

/**
 * Long work of one visit, one at a time. The windows hear of every step as `jobChanged`; what it came to is said only after it is on the disk.
 */
export const createJobs = (context: {
  readonly ids: Ids
  readonly clock: Clock
  readonly outside: Outside
  readonly emit: (event: AppEvent) => void
  readonly logBug: (where: string, error: unknown) => void
}) => {
  const { ids, clock, outside, emit, logBug } = context
  let current: JobView | null = null
  let cancelled = false
  let stops: (() => void)[] = []
  let ended: Promise<void> = Promise.resolve()

  const tell = (view: JobView): JobView => {
    current = view
    emit({ type: 'jobChanged', job: view })
    return view
  }

  const attend = async (started: JobView, work: (job: Job) => Promise<Result<unknown>>): Promise<void> => {
    let view = started
    let toldAt = clock.now()
    const stopIfCancelled = (): void => {
      if (cancelled) throw new Cancelled()
    }
    const job: Job = {
      moved: (done, total = view.total) => {
        view = { ...view, done, total }
        current = view
        if (clock.now() - toldAt < tellEveryMs) return
        toldAt = clock.now()
        tell(view)
      },
      breathe: async () => {
        stopIfCancelled()
        await outside.turn()
        stopIfCancelled()
      },
      onCancel: (stop) => {
        stops.push(stop)
        if (cancelled) stop()
      }
    }
    try {
      const result = await work(job)
      tell(result.ok ? { ...view, state: 'done' } : cancelled ? { ...view, state: 'cancelled' } : { ...view, state: 'failed', failure: result })
    } catch (error) {
      if (cancelled) return void tell({ ...view, state: 'cancelled' })
      const code = storageCode(error) ?? 'INTERNAL'
      if (!(error instanceof FileError) && code === 'INTERNAL') logBug(`job ${view.kind}`, error)
      tell({ ...view, state: 'failed', failure: error instanceof FileError ? fileFailure(error, view.fileName ?? '') : failure(code) })
    }
  }

  return {
    /**
     * Begins work and answers at once; the rest comes as events.
     * @param work cleans up after itself when it ends early: nothing half-done may be left
     * @returns JOB_RUNNING while other work is under way
     */
    start: (kind: JobKind, fileName: string | null, work: (job: Job) => Promise<Result<unknown>>): Result<JobView> => {
      if (current?.state === 'running') return failure('JOB_RUNNING')
      cancelled = false
      stops = []
      const view = tell({ jobId: ids.next(), kind, state: 'running', done: 0, total: null, fileName, failure: null })
      ended = outside.turn().then(() => attend(view, work))
      return success(view)
    },
    /** The newest job of this visit, whatever became of it. */
    current: (): JobView | null => current,
    /** Asks it to stop; the event says when it has. @returns whether such a job is under way */
    cancel: (jobId: string): boolean => {
      if (current?.jobId !== jobId || current.state !== 'running') return false
      cancelled = true
      stops.forEach((stop) => stop())
      return true
    },
    /** The visit ends: stops what is under way and waits until it has cleaned up. */
    stop: async (): Promise<void> => {
      if (current?.state !== 'running') return
      cancelled = true
      stops.forEach((stop) => stop())
      await ended
    }
  }
}

export type Jobs = ReturnType<typeof createJobs>

/** What trouble with a file of the person's own means to them. */
export const fileFailure = (error: FileError, name: string): Failure =>
  failure('FILE_NOT_WRITTEN', { params: { name, reason: error.trouble } })
