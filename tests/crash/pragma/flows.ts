/** Everything that opens a file: a new PC, signing in and out, starting again, practice, a new password, an older profile. */
import { cpSync, rmSync } from 'node:fs'
import { openTestDesk, readyToWrite, sendDraft, signInAs, writeDraft } from '../../support/core'
import type { OldProfile } from '../migrate/old-profile'
import { copyTemplate, firstPassword, paidContact, type Template } from '../volunteer/template'

export type PragmaFlows = {
  readonly template: Template
  readonly old: OldProfile
  readonly root: string
  readonly look: (when: string) => void
}

export const runFlows = async ({ template, old, root, look }: PragmaFlows): Promise<void> => {
  const fresh = await openTestDesk({}, { profileDir: `${root}-new`, dice: 'new' })
  look('a new PC')
  const contact = await readyToWrite(fresh)
  look('a new account')
  await sendDraft(fresh, await writeDraft(fresh, contact.contactId, 'A letter.'))
  await fresh.must('sync.now', {})
  look('a letter sent')
  await fresh.restart()
  look('started again')
  await signInAs(fresh)
  look('signed in')
  await fresh.must('desk.handOver', {})
  await fresh.must('accounts.practice', {})
  look('practice')
  await fresh.end()

  const kept = await openTestDesk({}, { profileDir: copyTemplate(template, root, 'kept'), dice: 'kept' })
  await signInAs(kept)
  await kept.must('account.newRecoveryCode', { password: firstPassword })
  await kept.must('account.changePassword', { password: firstPassword, newPassword: 'Harbour9elm', confirmPassword: 'Harbour9elm' })
  look('a new password')
  await writeDraft(kept, await paidContact(kept), 'Another letter.')
  look('a draft')
  await kept.end()

  cpSync(old.folder, `${root}-old`, { recursive: true })
  const older = await openTestDesk({}, { profileDir: `${root}-old`, dice: 'older' })
  look('files of the first version')
  await signInAs(older)
  look('a mailbox of the first version')
  await older.must('accounts.signOut', {})
  look('signed out')
  await older.end()
  for (const folder of [`${root}-new`, root, `${root}-old`]) rmSync(folder, { recursive: true, force: true })
}
