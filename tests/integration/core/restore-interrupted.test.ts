/** Something comes between while a mailbox is exchanged for a copy: nothing stays open with nobody at the desk, and its owner gets in. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Contact } from '../../../src-main/contract/views'
import { diskFiles } from '../../../src-main/storage/files'
import { openTestDesk, readyToWrite, sendDraft, signInAs, writeDraft, type TestDesk } from '../../support/core'
import { openDatabaseOnDisk } from '../../support/full-disk'

let desk: TestDesk
let contact: Contact
beforeEach(async () => {
  desk = await openTestDesk()
  contact = await readyToWrite(desk)
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

const write = async (subject: string): Promise<void> => {
  await sendDraft(desk, await writeDraft(desk, contact.contactId, subject, subject))
  await desk.must('sync.now', {})
}
/** A letter, a copy, and one more letter. @returns the copy */
const writeAroundACopy = async (): Promise<string> => {
  await write('before')
  await desk.must('backups.make', {})
  await desk.work(5_000)
  await write('after')
  return (await desk.must('restore.view', {})).copies[0]?.copyId ?? ''
}
const sentSubjects = async (): Promise<readonly string[]> => (await desk.must('letters.sent', {})).items.map(({ subject }) => subject)

/** The desk of a moment ago on a disk that fills up as soon as the copy has taken the mailbox's place. */
const onDiskThatFillsUp = async (): Promise<{ readonly makeRoom: () => void; readonly fillAtSwap: () => void }> => {
  let armed = false
  let full = false
  const { profileDir } = desk
  await desk.end()
  desk = await openTestDesk(
    {},
    {
      profileDir,
      dice: 'later',
      files: {
        ...diskFiles,
        openDatabase: openDatabaseOnDisk(() => full),
        rename: (from, to) => {
          diskFiles.rename(from, to)
          full ||= armed && from.includes('.db.') && to.endsWith('.db')
        }
      }
    }
  )
  await signInAs(desk)
  return {
    makeRoom: () => {
      full = false
      armed = false
    },
    fillAtSwap: () => {
      armed = true
    }
  }
}

it('handed over meanwhile: it comes about, nothing stays open, and its owner gets in', async () => {
  const copyId = await writeAroundACopy()
  const [restored, left] = await Promise.all([desk.call('restore.from', { copyId }), desk.call('desk.handOver', {})])
  expect(left.ok).toBe(true)
  expect(restored).toMatchObject({ ok: false, code: 'SIGNED_OUT' })
  await signInAs(desk)
  expect(await sentSubjects()).toEqual(['before'])
  expect((await desk.must('account.exportActivity', {})).whole).toBe(true)
})

it('the disk fills up in the middle: said, nothing stays open, and the copy is there at the next sign-in', async () => {
  const disk = await onDiskThatFillsUp()
  const copyId = await writeAroundACopy()
  disk.fillAtSwap()
  expect(await desk.call('restore.from', { copyId })).toMatchObject({ ok: false, code: 'DISK_FULL' })
  expect((await desk.must('app.state', {})).session).toBeNull()
  disk.makeRoom()
  await signInAs(desk)
  expect(await sentSubjects()).toEqual(['before'])
})
