/** The same on a real file system of 8 MB, filled to the last byte while the app runs, and before it starts. */
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openTestDesk, signInAs, type TestDesk } from '../../support/core'
import { tell } from '../volunteer/facts'
import { shaOf } from '../volunteer/script'

const claim = (holds: boolean, what: string): void => {
  tell(holds ? { t: 'mark', name: `good ${what}` } : { t: 'bug', text: what })
}

/** Writes until the disk takes not one byte more. */
const fill = (filler: string): void => {
  for (const size of [65_536, 4_096, 512, 1]) {
    const handle = openSync(filler, 'a')
    try {
      for (;;) writeSync(handle, Buffer.alloc(size, 7))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    } finally {
      closeSync(handle)
    }
  }
}

const savings = (desk: TestDesk): readonly string[] => desk.events.flatMap((event) => (event.type === 'surroundingsChanged' ? [event.surroundings.saving] : []))

/** @param root the small file system, with a profile in it */
export const liveOnASmallDisk = async (root: string, life: string): Promise<void> => {
  const profileDir = join(root, 'profile')
  const filler = join(root, 'filler')
  const scratch = { make: () => root, remove: () => undefined }
  const desk = await openTestDesk({ seed: 7 }, { profileDir, dice: life })
  await signInAs(desk)
  const contactId = (await desk.must('contacts.list', {})).find(({ standing }) => standing === 'ready')?.contactId ?? null
  const draft = await desk.must('drafts.create', { contactId })
  let revision = draft.revision
  const save = async (body: string) => {
    const patch = { subject: life, body }
    tell({ t: 'saving', draftId: draft.draftId, revision: revision + 1, sha: shaOf(patch) })
    const saved = await desk.call('drafts.save', { draftId: draft.draftId, baseRevision: revision, patch })
    if (!saved.ok || saved.value.outcome !== 'saved') return saved
    revision = saved.value.draft.revision
    tell({ t: 'saved', draftId: draft.draftId, revision, sha: shaOf(saved.value.draft) })
    return saved
  }
  await save('Before the disk was full.')
  fill(filler)
  // What fits into room that the journal has already is still saved; more and more of it does not.
  let refused = await save('A')
  const asked = desk.time.clock.now()
  for (let size = 1; refused.ok && size < 400; size += 1) refused = await save(`${'More and more words. '.repeat(size * 50)}`)
  claim(!refused.ok && refused.code === 'DISK_FULL', `a save on a full disk is answered with DISK_FULL: ${JSON.stringify(refused).slice(0, 80)}`)
  claim(savings(desk).at(-1) === 'full' && desk.time.clock.now() - asked < 1_000, 'the notice comes within a second')
  await desk.time.advance(20_000)
  claim(savings(desk).filter((saving) => saving === 'full').length === 1, 'it is said once')
  claim(statfsSync(root).bavail === 0 && (await desk.must('drafts.open', { draftId: draft.draftId })).revision === revision, 'reading goes on with 0 bytes free')
  rmSync(filler)
  const freed = desk.time.clock.now()
  while (savings(desk).at(-1) !== 'ok' && desk.time.clock.now() - freed < 60_000) await desk.time.advance(250)
  const again = await save('After there was room again.')
  claim(again.ok && desk.time.clock.now() - freed <= 5_000, `saved again ${desk.time.clock.now() - freed} ms after there was room`)
  await desk.must('accounts.signOut', {})
  await desk.end()

  fill(filler)
  claim(statfsSync(root).bavail === 0, 'the disk is full to the last byte')
  const reader = await openTestDesk({ seed: 7 }, { profileDir, dice: `${life} reading`, pc: { scratch } })
  claim((await reader.must('surroundings.state', {})).saving === 'noRoom', 'the start says that there is no room')
  await signInAs(reader)
  claim((await reader.must('drafts.open', { draftId: draft.draftId })).body === 'After there was room again.', 'the draft can be read')
  const attempt = await reader.call('drafts.create', { contactId })
  claim(!attempt.ok && attempt.code === 'DISK_FULL', 'writing is refused')
  rmSync(filler)
  await reader.time.advance(5_000)
  claim((await reader.must('surroundings.state', {})).roomAgain, 'and the app says when there is room again')
  await reader.end()
  ;[...desk.bugs, ...reader.bugs].forEach((text) => tell({ t: 'bug', text }))
  tell({ t: 'mark', name: 'closed' })
}
