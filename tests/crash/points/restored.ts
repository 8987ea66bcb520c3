/** A profile about to go back to a copy, and what must hold of it wherever the machine stops on the way. */
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openTestDesk, signInAs } from '../../support/core'
import { addPhoto } from '../../support/photos'
import { keyOf, openRows } from '../support/keys'
import { all, wrongIf } from '../support/rows'
import type { Fact } from '../volunteer/facts'
import { idsOf, shaOf } from '../volunteer/script'
import { firstPassword, paidContact, type Template } from '../volunteer/template'

export type BeforeRestore = { readonly folder: string; readonly known: readonly Fact[]; readonly check: (folder: string, facts: readonly Fact[]) => Promise<readonly string[]> }

/** In the copy two letters wait; since then one has gone and one was taken back. */
export const makeBeforeRestore = async (folder: string, template: Template): Promise<BeforeRestore> => {
  const working = `${folder}-working`
  cpSync(template.folder, working, { recursive: true })
  const desk = await openTestDesk({}, { profileDir: working, dice: 'before the restore' })
  await signInAs(desk)
  await desk.must('practice.set', { offline: true })
  const known: Fact[] = []
  const confirm = async (name: string): Promise<string> => {
    const draft = await desk.must('drafts.create', { contactId: await paidContact(desk) })
    const saved = await desk.must('drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { subject: name, body: `${name}. ${'And more. '.repeat(60)}` } })
    if (saved.outcome !== 'saved') throw new Error(saved.outcome)
    known.push({ t: 'photos', draftId: draft.draftId, photos: idsOf(await addPhoto(desk, draft.draftId)) })
    const quote = await desk.must('letters.quote', { draftId: draft.draftId, revision: saved.draft.revision })
    const sent = await desk.must('letters.send', { ticket: quote.ticket })
    known.push({ t: 'confirmed', letterId: sent.letterId, draftId: draft.draftId, sha: shaOf(sent), photos: idsOf(sent.photos), stamps: sent.stamps })
    return sent.letterId
  }
  await confirm('Gone since')
  const takenBack = await confirm('Taken back since')
  await desk.must('backups.make', {})
  await desk.must('letters.cancel', { letterId: takenBack })
  known.push({ t: 'cancelled', letterId: takenBack })
  await desk.must('practice.set', { offline: false })
  await desk.must('sync.now', {})
  // As a crash would leave it: leaving in order would make a newer copy in the place of this one.
  cpSync(working, folder, { recursive: true })
  await desk.end()
  return { folder, known, check: (left, facts) => check(left, facts, template.accountId) }
}

/** The old mailbox or the copy, whole; what was replaced is kept and still opens; nothing that lay ready is left over. */
const check = async (folder: string, facts: readonly Fact[], accountId: string): Promise<readonly string[]> => {
  const mailboxes = join(folder, 'mailboxes')
  const names = readdirSync(mailboxes).filter((name) => name.startsWith(`${accountId}.db`))
  const kept = names.filter((name) => name.includes('.db.before-restore-') && !name.endsWith('-wal'))
  const key = await keyOf(folder, accountId, [firstPassword])
  if (key === null) return ['the password opens nothing']
  const ask = (name: string, sql: string): unknown => {
    const file = openRows(join(mailboxes, name), key)
    try {
      return Object.values(all<Record<string, unknown>>(file, sql)[0] ?? {})[0]
    } finally {
      file.close()
    }
  }
  const isRestored = ask(`${accountId}.db`, `SELECT count(*) FROM activity WHERE event = 'mailboxRestored'`) === 1
  const wasTold = facts.some((fact) => fact.t === 'mark' && fact.name === 'restored')
  return [
    ...wrongIf(wasTold && !isRestored, () => 'it was said to be restored, and it is the old mailbox'),
    ...wrongIf(kept.length !== (isRestored ? 1 : 0), () => `${isRestored ? 'restored' : 'not restored'}, and kept is: ${kept.join(', ')}`),
    ...kept.flatMap((name) => [
      ...wrongIf(ask(name, 'PRAGMA integrity_check') !== 'ok', () => `${name} is not whole`),
      ...wrongIf(ask(name, `SELECT count(*) FROM delivery WHERE state = 'SENT'`) !== 1, () => `${name} is not the mailbox that was replaced`)
    ]),
    ...names.filter((name) => name.includes('.restor')).map((name) => `${name} is left over`)
  ]
}
