/** Somebody types a letter into the app's real editor, on the real core, in real time, until the process is killed. */
import { writeSync } from 'node:fs'
import type { Draft, DraftSaved } from '../../../src-main/contract/views'
import type { Result } from '../../../src-main/contract/result'
import { createDraftEditor } from '../../../src-renderer/features/letters/draft-editor'
import { openTestDesk } from '../../support/core'
import { seededNumbers } from '../support/seeded-numbers'
import { tell } from '../volunteer/facts'
import { signIn } from '../volunteer/life'
import { createQuickTime } from '../volunteer/quick-time'
import { firstPassword } from '../volunteer/template'

/** The text that everybody types: what is on disk has to be the beginning of it. */
export const textOf = (length: number): string => {
  const words = 'Dear Daniel, thank you for your letter. We read it together on Sunday, and everybody sends you greetings. '
  return words.repeat(Math.ceil(length / words.length)).slice(0, length)
}

/** Five characters a second, unevenly; now and then somebody thinks. */
const averageMs = 200

/** One key: when it was pressed, and by how much later than it should have been, the time of saves in this thread left out. */
const tellKey = (at: number, late: number): void => {
  writeSync(1, `K ${at} ${Math.round(late)}\n`)
}

export const typeUntilKilled = async (profileDir: string, life: string, seed: number): Promise<void> => {
  try {
    const random = seededNumbers(seed)
    const desk = await openTestDesk({ seed: seed % 1_000_000 }, { profileDir, dice: life, time: createQuickTime(Date.now(), 1) })
    await signIn(desk, firstPassword)
    /** Here the core works in the same thread; in the app it has one of its own and keys are not held up by it. */
    let saveEndedAt = 0
    const timed = async <T>(work: Promise<T>): Promise<T> => {
      const answer = await work
      saveEndedAt = Date.now()
      return answer
    }
    const editor = createDraftEditor(
      { contactId: null },
      {
        create: (contactId): Promise<Result<Draft>> => timed(desk.call('drafts.create', { contactId })),
        save: async (call): Promise<Result<DraftSaved>> => {
          const saved = await timed(desk.call('drafts.save', call))
          if (saved.ok && saved.value.outcome === 'saved') tell({ t: 'saved', draftId: saved.value.draft.draftId, revision: saved.value.draft.revision, sha: String(saved.value.draft.body.length) })
          return saved
        },
        copyPhoto: () => Promise.reject(new Error('a letter of words alone has no photos')),
        clock: () => performance.now(),
        setTimer: (run, ms) => setTimeout(run, ms) as unknown as number,
        clearTimer: (timer) => clearTimeout(timer)
      }
    )
    let typed = 0
    const press = (due: number): void => {
      const now = Date.now()
      typed += 1
      // The key is pressed now; what the editor does with it comes after.
      tellKey(now, now - Math.max(due, saveEndedAt))
      editor.edit({ body: textOf(typed) })
      const wait = random.number() < 0.03 ? 1_200 : averageMs * (0.5 + random.number())
      setTimeout(() => press(now + wait), wait)
    }
    tell({ t: 'mark', name: 'typing' })
    press(Date.now())
    await new Promise(() => undefined)
  } catch (error) {
    tell({ t: 'bug', text: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    process.exit(1)
  }
}
