/** One page of the mailbox cannot be read: whatever page it is, its owner gets in, and what is wrong has a page of its own. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openTestDesk, password, readyToWrite, sendDraft, writeDraft } from '../../support/core'

const root = mkdtempSync(join(tmpdir(), 'epistle-page-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const pageBytes = 4096

describe('a page of the mailbox that cannot be read', () => {
  it('never keeps anybody out, and never shows another text', async () => {
    const whole = join(root, 'whole')
    const desk = await openTestDesk({}, { profileDir: whole, dice: 'damaged page' })
    const contact = await readyToWrite(desk)
    for (const name of ['one', 'two', 'three']) await sendDraft(desk, await writeDraft(desk, contact.contactId, `${name}. ${'The same words again. '.repeat(40)}`, name))
    await desk.must('sync.now', {})
    await desk.must('backups.make', {})
    await desk.must('accounts.signOut', {})
    await desk.end()
    const mailbox = join('mailboxes', readdirSync(join(whole, 'mailboxes')).find((name) => name.endsWith('.db')) ?? '')
    const pages = Math.floor(readFileSync(join(whole, mailbox)).length / pageBytes)

    const seen = { open: 0, damaged: 0 }
    for (let page = 1; page < pages; page += 3) {
      const profileDir = join(root, `page-${page}`)
      cpSync(whole, profileDir, { recursive: true })
      const bytes = readFileSync(join(profileDir, mailbox))
      bytes[page * pageBytes + 100] = (bytes[page * pageBytes + 100] ?? 0) ^ 4
      writeFileSync(join(profileDir, mailbox), bytes)
      const spoilt = await openTestDesk({}, { profileDir, dice: `page ${page}` })
      const answer = await spoilt.must('accounts.signIn', { email: 'maria@parish.org', password })
      expect(answer.outcome, `page ${page}`).toBe('signedIn')
      const session = (await spoilt.must('app.state', {})).session
      if (session?.mailbox === 'open') seen.open += 1
      else {
        seen.damaged += 1
        expect(session?.duties, `page ${page}`).toContain('openMailbox')
        const { copies } = await spoilt.must('restore.view', {})
        expect(copies.length, `page ${page}`).toBeGreaterThan(0)
      }
      expect(spoilt.bugs, `page ${page}`).toEqual([])
      await spoilt.close()
      rmSync(profileDir, { recursive: true, force: true })
    }
    expect(seen.damaged).toBeGreaterThan(0)
    expect(seen.open).toBeGreaterThan(0)
  })
})
