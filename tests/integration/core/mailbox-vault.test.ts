import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestDesk, password, readyToWrite, signInAs, signUp, writeDraft, type TestDesk } from '../../support/core'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(async () => {
  expect(desk.bugs).toEqual([])
  await desk.close()
})

const mailboxes = (): string => join(desk.profileDir, 'mailboxes')
const fileEnding = (ending: string): string => {
  const name = readdirSync(mailboxes()).find((file) => file.endsWith(ending))
  if (name === undefined) throw new Error(`no ${ending} file`)
  return join(mailboxes(), name)
}
const secretText = 'the tomatoes did come up after all'

test('a mailbox is encrypted: nothing written in it can be found in any file of the profile', async () => {
  const contact = await readyToWrite(desk)
  await writeDraft(desk, contact.contactId, secretText, 'Zinnia Marigold')
  await desk.must('accounts.signOut', {})
  for (const file of readdirSync(desk.profileDir, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    const bytes = readFileSync(join(file.parentPath, file.name))
    for (const canary of [secretText, 'Zinnia Marigold', password]) expect(bytes.includes(canary), `${canary} in ${file.name}`).toBe(false)
  }
  expect(readFileSync(fileEnding('.db')).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
})

test('the password opens the letters again, also without the line; a wrong one does not', async () => {
  const contact = await readyToWrite(desk)
  await writeDraft(desk, contact.contactId, secretText)
  await desk.must('accounts.signOut', {})
  await desk.must('practice.set', { offline: true })
  expect(await desk.call('accounts.signIn', { email: 'maria@parish.org', password: 'Lantern7oaks' })).toMatchObject({
    ok: false,
    code: 'SIGN_IN_REFUSED',
    params: { triesLeft: 2 }
  })
  const session = await signInAs(desk)
  expect(session).toMatchObject({ offline: true, mailbox: 'open', duties: [] })
  expect((await desk.must('drafts.list', {})).map((draft) => draft.excerpt)).toEqual([secretText])
  await desk.must('accounts.signOut', {})
  await desk.must('practice.set', { offline: false })
  expect((await signInAs(desk)).offline).toBe(false)
})

test('three wrong tries without the line lock for 15 minutes of open time, survive a restart and the clock, and even the right password waits', async () => {
  await signUp(desk)
  await desk.must('accounts.signOut', {})
  await desk.must('practice.set', { offline: true })
  const wrong = () => desk.call('accounts.signIn', { email: 'maria@parish.org', password: 'not it at all 1A' })
  expect(await wrong()).toMatchObject({ code: 'SIGN_IN_REFUSED', params: { triesLeft: 2 } })
  await desk.restart()
  expect(await wrong()).toMatchObject({ code: 'SIGN_IN_REFUSED', params: { triesLeft: 1 } })
  expect(await wrong()).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: 15 } })
  expect(await desk.call('accounts.signIn', { email: 'maria@parish.org', password })).toMatchObject({ code: 'ACCOUNT_LOCKED' })
  await desk.restart()
  await desk.time.advance(14 * 60_000)
  expect(await desk.call('accounts.signIn', { email: 'maria@parish.org', password })).toMatchObject({ code: 'ACCOUNT_LOCKED', params: { minutes: 1 } })
  await desk.time.advance(2 * 60_000)
  await signInAs(desk)
})

test('changing the password rewrites one lock: the file of letters stays as it is, the new password opens it, the old one does not', async () => {
  const contact = await readyToWrite(desk)
  await writeDraft(desk, contact.contactId, secretText)
  await desk.must('account.changePassword', { password, newPassword: 'Harvest9moon', confirmPassword: 'Harvest9moon' })
  await desk.must('accounts.signOut', {})
  await desk.must('practice.set', { offline: true })
  expect(await desk.call('accounts.signIn', { email: 'maria@parish.org', password })).toMatchObject({ code: 'SIGN_IN_REFUSED' })
  await signInAs(desk, 'maria@parish.org', 'Harvest9moon')
  expect((await desk.must('drafts.list', {})).map((draft) => draft.excerpt)).toEqual([secretText])
})

test('a reset password leaves the letters sealed until the printed code, or the old password, opens them', async () => {
  const contact = await readyToWrite(desk)
  await writeDraft(desk, contact.contactId, secretText)
  const { code } = await desk.must('account.newRecoveryCode', { password })
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/)
  await desk.must('accounts.signOut', {})
  await resetByPost('Harvest9moon')
  let session = await signInAs(desk, 'maria@parish.org', 'Harvest9moon')
  expect(session.mailbox).toBe('sealed')
  if (session.duties.includes('acceptTerms')) session = await desk.must('duties.acceptTerms', { version: '1' })
  expect(session.duties).toEqual(['openMailbox'])
  expect(await desk.call('drafts.list', {})).toMatchObject({ code: 'DUTY_FIRST' })
  expect(await desk.call('duties.openMailbox', { with: 'recoveryCode', secret: 'AAAA-BBBB-CCCC-DDDD-EEEE' })).toMatchObject({ code: 'MAILBOX_STAYS_SEALED' })
  expect(await desk.call('duties.openMailbox', { with: 'oldPassword', secret: 'Wrong1word' })).toMatchObject({ code: 'MAILBOX_STAYS_SEALED' })
  session = await desk.must('duties.openMailbox', { with: 'recoveryCode', secret: code.toLowerCase().replaceAll('-', ' ') })
  expect(session).toMatchObject({ mailbox: 'open', duties: [] })
  expect((await desk.must('drafts.list', {})).map((draft) => draft.excerpt)).toEqual([secretText])
  await desk.must('accounts.signOut', {})
  expect((await signInAs(desk, 'maria@parish.org', 'Harvest9moon')).mailbox).toBe('open')
})

test('whoever has neither code nor old password can begin a new mailbox; the sealed one is kept aside', async () => {
  await readyToWrite(desk)
  await desk.must('accounts.signOut', {})
  await resetByPost('Harvest9moon')
  await signInAs(desk, 'maria@parish.org', 'Harvest9moon')
  await desk.must('duties.acceptTerms', { version: '1' })
  const session = await desk.must('duties.startNewMailbox', {})
  expect(session).toMatchObject({ mailbox: 'open', duties: [] })
  expect(await desk.must('contacts.list', {})).toEqual([])
  expect(readdirSync(mailboxes()).filter((file) => file.includes('.sealed-')).length).toBeGreaterThanOrEqual(2)
})

test('a damaged mailbox, a damaged header and a missing file are told from a wrong password and from each other', async () => {
  await signUp(desk)
  await desk.must('accounts.signOut', {})
  const header = fileEnding('.vault')
  const file = fileEnding('.db')
  const whole = readFileSync(header)
  const letters = readFileSync(file)
  // With a copy at hand a lost header is taken from there (restore.test.ts).
  const withoutCopies = (): void => rmSync(join(desk.profileDir, 'backups'), { recursive: true, force: true })

  withoutCopies()
  writeFileSync(header, 'garbage')
  rmSync(`${header}.before`, { force: true })
  expect((await signInAs(desk)).mailbox).toBe('damaged')
  await desk.must('accounts.signOut', {})
  writeFileSync(header, whole)
  withoutCopies()

  const flipped = Buffer.from(letters)
  flipped[200] = (flipped[200] ?? 0) ^ 1
  writeFileSync(file, flipped)
  expect((await signInAs(desk)).mailbox).toBe('damaged')
  await desk.must('accounts.signOut', {})

  rmSync(file)
  expect((await signInAs(desk)).mailbox).toBe('missing')
  await desk.must('accounts.signOut', {})
  await desk.must('practice.set', { offline: true })
  withoutCopies()
  expect(await desk.call('accounts.signIn', { email: 'maria@parish.org', password })).toMatchObject({ code: 'MAILBOX_MISSING', params: { name: 'Maria Delgado' } })
  writeFileSync(file, letters)
  expect((await signInAs(desk)).mailbox).toBe('open')
})

test('a mailbox from before encryption is encrypted in place at the next sign-in, and no plain copy is left', async () => {
  const contact = await readyToWrite(desk)
  await writeDraft(desk, contact.contactId, secretText)
  await desk.must('accounts.signOut', {})
  await makePlain()
  const session = await signInAs(desk)
  expect(session.mailbox).toBe('open')
  expect((await desk.must('drafts.list', {})).map((draft) => draft.excerpt)).toEqual([secretText])
  expect((await desk.must('account.activity', { kind: 'security' })).items.map((entry) => entry.event)).toContain('mailboxEncrypted')
  await desk.must('accounts.signOut', {})
  expect(readdirSync(mailboxes()).filter((file) => /plain|encrypting/.test(file))).toEqual([])
  expect(readFileSync(fileEnding('.db')).includes(secretText)).toBe(false)
})

test('an encryption that a crash cut short is finished or begun again', async () => {
  const contact = await readyToWrite(desk)
  await writeDraft(desk, contact.contactId, secretText)
  await desk.must('accounts.signOut', {})
  const file = fileEnding('.db')
  // Cut after the encrypted copy took the name, before the plain file was destroyed.
  writeFileSync(`${file}.plain`, `plain copy: ${secretText}`)
  writeFileSync(`${file}.encrypting`, 'half a copy')
  await signInAs(desk)
  expect(existsSync(`${file}.plain`)).toBe(false)
  expect(existsSync(`${file}.encrypting`)).toBe(false)
  await desk.must('accounts.signOut', {})
  // Cut between the two renames: only the plain file, stepped aside, is there.
  await makePlain()
  copyFileSync(file, `${file}.plain`)
  rmSync(file)
  await signInAs(desk)
  expect((await desk.must('drafts.list', {})).map((draft) => draft.excerpt)).toEqual([secretText])
})

test('a folder carried to another PC is not remembered there', async () => {
  await signUp(desk)
  await desk.must('account.setCodeByPost', { password, method: 'email' })
  await desk.must('accounts.signOut', {})
  await secondStepByPost(true)
  await desk.must('accounts.signOut', {})
  expect((await desk.must('accounts.signIn', { email: 'maria@parish.org', password })).outcome).toBe('signedIn')
  await desk.must('accounts.signOut', {})
  const folder = mkdtempSync(join(tmpdir(), 'epistle-carried-'))
  await desk.restart()
  const { cpSync } = await import('node:fs')
  await desk.must('accounts.practice', {})
  await desk.must('accounts.signOut', {})
  cpSync(desk.profileDir, folder, { recursive: true })
  const carried = await openTestDesk({}, { profileDir: folder, fingerprint: 'another-pc' })
  try {
    expect((await carried.must('accounts.signIn', { email: 'maria@parish.org', password })).outcome).toBe('secondStep')
  } finally {
    await carried.close()
  }
})

/** The newest code that the simulated post brought. */
const newestCode = async (): Promise<string> => {
  const post = await desk.must('post.list', {})
  const code = post.map((item) => /\b\d{6}\b/.exec(item.body)?.[0]).find((found) => found !== undefined)
  if (code === undefined) throw new Error('no code in the post')
  return code
}

const resetByPost = async (newPassword: string): Promise<void> => {
  await desk.must('accounts.forgotStart', { email: 'maria@parish.org' })
  await desk.must('accounts.forgotFinish', {
    email: 'maria@parish.org',
    code: await newestCode(),
    answers: [
      { questionId: 'first-school', answer: 'saint brigid primary' },
      { questionId: 'childhood-street', answer: 'Alder  Lane' },
      { questionId: 'favorite-pet', answer: 'BISCUIT' }
    ],
    newPassword,
    confirmPassword: newPassword
  })
}

const secondStepByPost = async (remember: boolean): Promise<void> => {
  const asked = await desk.must('accounts.signIn', { email: 'maria@parish.org', password })
  if (asked.outcome !== 'secondStep') throw new Error('no second step was asked')
  await desk.must('accounts.sendSignInCode', { attemptId: asked.attemptId, method: 'email' })
  await desk.must('accounts.secondStep', { attemptId: asked.attemptId, method: 'email', code: await newestCode(), rememberThisPc: remember })
}

/** Turns the mailbox back into what it was before encryption: a plain file without a header, the password's hash beside it. */
const makePlain = async (): Promise<void> => {
  const header = fileEnding('.vault')
  const file = fileEnding('.db')
  const key = await keyOf(header)
  const database = new Database(file)
  database.pragma(`cipher = 'chacha20'`)
  database.pragma(`key = "raw:${key}"`)
  database.pragma('journal_mode = DELETE')
  database.pragma(`rekey = ""`)
  database.close()
  rmSync(header)
  rmSync(`${header}.before`, { force: true })
}

const keyOf = async (header: string): Promise<string> => {
  const { openVaults } = await import('../../../src-main/storage/vault')
  const { hashRaw } = await import('@node-rs/argon2')
  const accountId = header.slice(header.lastIndexOf('/') + 1, -'.vault'.length)
  const vaults = openVaults({
    folder: mailboxes(),
    derive: (secret, salt, cost) => hashRaw(secret, { algorithm: 2, memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: cost.lanes, outputLen: 32, salt }),
    cost: { memoryKiB: 8, passes: 1, lanes: 1 },
    random: () => new Uint8Array(),
    now: () => 0
  })
  const opened = await vaults.unlock(accountId, password)
  if (opened === null) throw new Error('the mailbox did not open')
  return Buffer.from(opened.key).toString('hex')
}
