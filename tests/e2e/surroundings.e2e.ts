/** Hostile surroundings in the real app: a folder that can only be read, somebody else at work in it, a wrong clock, a window that keeps failing, and the report. */
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { unzipSync } from 'fflate'
import { commandLine, projectFolder, type EpistleApp } from '../support/app'
import { forge, must } from '../support/bridge'
import { contactNamed, sendLetter } from '../support/correspondence'
import { createInspector } from '../support/inspector'
import { fixturePhoto } from '../support/photos'
import { removeFolder } from '../support/remove-folder'
import { expect, test } from '../support/settled'
import { danielReyes, maryKeane, Volunteer } from '../support/volunteer'

/** Names and contents of our own files in a profile; the browser's and the diary's are not ours to promise. */
const ownFiles = (profileDir: string): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {}
  const look = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const file = join(folder, name)
      if (['browser', 'logs'].includes(name) || name.startsWith('Singleton')) continue
      if (statSync(file).isDirectory()) look(file)
      else found[file.slice(profileDir.length)] = readFileSync(file).toString('base64')
    }
  }
  look(profileDir)
  return found
}

const notice = (app: EpistleApp, title: string) => app.page.getByRole('main').getByText(title)

test('a report is saved: whole, on disk before it is called saved, and without a word of anybody', async ({ startApp }) => {
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  await mary.createAccount()
  const target = join(app.profileDir, '..', 'report.zip')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, target)
  await mary.goTo('Help')
  await mary.button('What went wrong').click()
  await expect(mary.heading('What went wrong')).toBeVisible()
  await expect(app.page.getByText('Nothing went wrong lately')).toBeVisible()
  await expect(app.page.getByText(app.profileDir)).toBeVisible()
  await mary.button('Save the report').click()
  await expect(app.page.getByText('Saved to report.zip.')).toBeVisible()
  const entries = Object.entries(unzipSync(readFileSync(target))).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')] as const)
  expect(entries.map(([name]) => name)).toEqual(expect.arrayContaining(['what-went-wrong.txt', 'what-went-wrong.json']))
  const text = entries.map(([, content]) => content).join('\n')
  for (const word of [maryKeane.firstName, maryKeane.lastName, maryKeane.email, maryKeane.password, app.profileDir]) expect(text, word).not.toContain(word)
  expect(existsSync(`${target}.part`)).toBe(false)

  await test.step('a place that cannot be written is said, and nothing is called saved', async () => {
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, join(target, 'inside', 'report.zip'))
    app.expectTrouble(/surroundings\.saveReport/)
    await mary.button('Save the report').click()
    await expect(app.page.getByRole('alert')).toBeVisible()
    await expect(app.page.getByText(/^Saved to/)).toBeHidden()
  })
})

test('a clock that is behind is said on every screen with both dates, and goes when the person says the date is right', async ({ startApp }) => {
  const app = await startApp()
  await app.close()
  const desk = new Database(join(app.profileDir, 'desk.db'))
  desk.prepare('UPDATE device SET seen_at = ?').run(Date.parse('2031-05-04T12:00:00Z'))
  desk.close()
  await app.launch()
  await expect(notice(app, 'This PC’s clock looks wrong.')).toBeVisible()
  await expect(app.page.getByText(/4 May 2031/)).toBeVisible()
  const inspector = createInspector(app)
  await inspector.look('a clock that looks wrong')
  inspector.expectNothingFound()
  await app.page.getByRole('button', { name: 'The date is right' }).click()
  await expect(notice(app, 'This PC’s clock looks wrong.')).toBeHidden()
  await app.restart()
  expect(await must(app.page, 'surroundings.state', {})).toMatchObject({ clock: null })
})

test('a window that dies comes back within three seconds with the draft; one that keeps dying asks what to do', async ({ startApp }) => {
  test.setTimeout(180_000)
  const app = await startApp()
  const mary = new Volunteer(() => app.page)
  await mary.createAccount()
  await mary.launchEmessaging()
  const draft = await must(app.page, 'drafts.create', { contactId: null })
  const words = 'Dear Daniel, these words outlive the window.'
  await must(app.page, 'drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { body: words } })
  await app.page.goto(`app://parish/index.html#/e/compose/${draft.draftId}`)
  await expect(mary.field('Message')).toHaveValue(words)
  // The question of a window that keeps failing is answered by this test; until then nobody asks.
  await app.electron.evaluate(({ dialog }) => {
    const asked: string[] = []
    Object.assign(globalThis, { askedByShell: asked })
    dialog.showMessageBox = ((...args: unknown[]) => {
      const options = args.at(-1) as { message: string; detail: string }
      asked.push(`${options.message} ${options.detail}`)
      return new Promise((resolve) => setTimeout(() => resolve({ response: 0, checkboxChecked: false }), 300))
    }) as typeof dialog.showMessageBox
  })
  const asked = (): Promise<readonly string[]> => app.electron.evaluate(() => (globalThis as unknown as { askedByShell: readonly string[] }).askedByShell)
  // A page that is being loaded may never answer a question asked too early.
  const answer = (script: string): Promise<unknown> =>
    Promise.race([app.runInWindow(script).catch(() => null), new Promise((resolve) => setTimeout(() => resolve(null), 300))])
  const shown = (): Promise<unknown> => answer(`document.querySelector('textarea')?.value ?? ''`)
  app.expectTrouble(/its process crashed|the page's process is gone/)
  const times: number[] = []
  for (let crash = 1; crash <= 10; crash += 1) {
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
    const began = Date.now()
    await expect.poll(shown, { intervals: [50] }).toBe(words)
    times.push(Date.now() - began)
  }
  expect(Math.max(...times), `ms until the draft was back: ${times.join(', ')}`).toBeLessThan(3_000)
  const questions = await asked()
  expect(questions.length, 'every third crash within a minute is a question, not a circle').toBe(3)
  expect(questions[0]).toContain('window keeps failing')
  expect(questions[0]).toContain('Your letters are safe')
  const session = (await app.runInWindow('window.epistle.app.state({})')) as { value: { session: { email: string } | null } }
  expect(session.value.session?.email, 'the session was never locked, so it is kept').toBe(maryKeane.email)

  await test.step('one that dies under a locked screen comes back locked', async () => {
    await app.runInWindow('window.epistle.desk.lock({})')
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
    await expect.poll(() => answer(`/passcode/i.test(document.body.textContent)`), { intervals: [50] }).toBe(true)
    expect(await app.runInWindow(`window.epistle.drafts.list({})`)).toMatchObject({ ok: false, code: 'LOCKED' })
    expect(await shown()).not.toBe(words)
  })
  const report = (await app.runInWindow('window.epistle.surroundings.report({})')) as { value: { troubles: { code: string; count: number }[] } }
  expect(report.value.troubles.find(({ code }) => code === 'WINDOW_CRASHED')?.count).toBe(11)
})

const holdDesk = `
  const desk = new (require('better-sqlite3'))(process.argv[1])
  desk.pragma('locking_mode = EXCLUSIVE')
  desk.exec('BEGIN IMMEDIATE')
  console.log('held')
  setInterval(() => desk, 1000)`

test('somebody else holds the folder: the sentence names them, and not a byte of ours changes', async ({ startApp }) => {
  const app = await startApp()
  await app.close()
  // Another person's copy of Epistle: what it holds is the lock on desk.db, and its note says whose it is.
  // In a process of its own: reading the file here would drop a lock of this one (POSIX).
  const holder = spawn(process.execPath, ['-e', holdDesk, join(app.profileDir, 'desk.db')], { cwd: projectFolder, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => holder.stdout.once('data', resolve))
  writeFileSync(join(app.profileDir, 'desk.owner'), JSON.stringify({ name: 'peter', at: Date.now() }))
  const before = ownFiles(app.profileDir)
  const { command, args, env } = commandLine(app.profileDir)
  const child = spawn(command, args, { cwd: projectFolder, env, stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    const said = await new Promise<string>((resolve, reject) => {
      let text = ''
      child.stderr.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.includes('Already open')) resolve(text)
      })
      child.once('exit', () => reject(new Error(`it ended without a word: ${text}`)))
    })
    expect(said).toContain('Epistle is already open for peter on this PC.')
    expect(ownFiles(app.profileDir)).toEqual(before)
  } finally {
    child.kill('SIGKILL')
    holder.kill('SIGKILL')
  }
})

/**
 * Makes a folder one that can only be read. Rights do not stop root, so there the app gets a view of the disk on which that folder
 * is mounted to be read.
 * @returns what starts Electron then
 */
const lockFolder = (profile: string, folder: string): ((executable: string) => string) => {
  if (process.getuid?.() !== 0) {
    for (const path of [profile, ...readdirSync(profile).map((name) => join(profile, name))]) chmodSync(path, statSync(path).isDirectory() ? 0o500 : 0o400)
    return (executable) => executable
  }
  const script = join(folder, 'electron')
  return (executable) => {
    const inside = `mount --bind '${profile}' '${profile}' && mount -o remount,ro,bind '${profile}' && exec '${executable}' "$@"`
    writeFileSync(script, `#!/bin/sh\nexec unshare -rm sh -c '${inside.replaceAll("'", `'\\''`)}' sh "$@"\n`, { mode: 0o755 })
    return script
  }
}

test('a folder that can only be read: letters are listed, found, opened and printed, nothing can be saved, and the app says so', async ({ startApp, startDesk }) => {
  const folder = mkdtempSync(join(tmpdir(), 'epistle-readonly-'))
  const { app: first } = await startDesk()
  await sendLetter(first.page, { contactId: await contactNamed(first.page, danielReyes.name), subject: 'The psalm', body: 'Dear Daniel, the psalm you asked for.', photos: { 'Our chapel.jpg': fixturePhoto('chapel.jpg') } })
  const draft = await must(first.page, 'drafts.create', { contactId: null })
  await must(first.page, 'drafts.save', { draftId: draft.draftId, baseRevision: draft.revision, patch: { subject: 'Kept', body: 'Written before the disk was locked.' } })
  await first.close()
  const profile = join(folder, 'profile')
  mkdirSync(profile)
  cpSync(first.profileDir, profile, { recursive: true, filter: (name) => !/browser|Singleton/.test(name) })
  const before = ownFiles(profile)
  const app = await startApp({ profileDir: profile, within: lockFolder(profile, folder) })
  try {
    const reader = new Volunteer(() => app.page)
    await expect(notice(app, 'Read-only: you can read and print, not write.')).toBeVisible()
    await expect(app.page.getByText('Read-only. The service is not available.')).toBeVisible()
    await reader.trySignIn(maryKeane.email, maryKeane.password)
    await expect(reader.heading('Home')).toBeVisible()
    await reader.goTo('Drafts')
    await expect(app.page.getByText('Kept')).toBeVisible()
    await app.page.goto(`app://parish/index.html#/e/compose/${draft.draftId}`)
    await expect(reader.field('Message')).toHaveValue('Written before the disk was locked.')
    expect(await forge(app.page, 'drafts.create', {})).toMatchObject({ ok: false, code: 'READ_ONLY' })

    await test.step('every other place shows what it has, without a refusal', async () => {
      for (const place of ['Inbox', 'Outbox', 'Contacts', 'Sent Messages'] as const) {
        await reader.goTo(place)
        await expect(reader.heading(place)).toBeVisible()
        await expect(app.page.getByRole('main').getByRole('alert'), place).toBeHidden()
      }
      await app.page.getByLabel('Search your letters').fill('psalm')
      await expect(app.page.getByRole('status').filter({ hasText: '1 match' })).toBeVisible()
      await reader.row('The psalm').getByRole('button').click()
      await expect(reader.heading(`Letter to ${danielReyes.name}`)).toBeVisible()
      await expect(app.page.getByText('Dear Daniel, the psalm you asked for.')).toBeVisible()
      await app.page.getByRole('button', { name: 'Show the photo Our chapel' }).click()
      await expect(app.page.getByRole('img', { name: 'The photo Our chapel' })).toBeVisible()
      await app.page.keyboard.press('Escape')
      await reader.button('All letters').click()
      await expect(reader.heading(`Letters with ${danielReyes.name}`)).toBeVisible()
      await expect(app.page.getByRole('article').filter({ hasText: 'the psalm you asked for' })).toBeVisible()
      await app.page.goBack()
    })
    await test.step('a letter goes into a PDF beside it', async () => {
      const pdf = join(folder, 'letter.pdf')
      await app.electron.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, pdf)
      await reader.button('Print').click()
      await app.page.getByRole('dialog', { name: 'Print this letter' }).getByRole('button', { name: 'Save as PDF' }).click()
      await expect(app.page.getByText('Saved to letter.pdf.')).toBeVisible()
      expect(readFileSync(pdf).subarray(0, 5).toString('latin1')).toBe('%PDF-')
    })
    await reader.signOut()
    await app.close()
    expect(ownFiles(profile)).toEqual(before)
  } finally {
    await app.close().catch(() => undefined)
    removeFolder(folder)
  }
})
