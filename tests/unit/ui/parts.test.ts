/**
 * The parts rendered to text, without a browser: names, wiring and the things the Content-Security-Policy forbids.
 * What needs a real page (focus, Escape, contrast as painted) is looked at end to end.
 */
import vuePlugin from '@vitejs/plugin-vue'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSSRApp, h, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'

const path = (relative: string): string => fileURLToPath(new URL(`../../../${relative}`, import.meta.url))
const ui = path('src-renderer/ui')

let server: ViteDevServer
beforeAll(async () => {
  server = await createServer({
    configFile: false,
    root: path('src-renderer'),
    logLevel: 'error',
    plugins: [vuePlugin()],
    resolve: { alias: { '@': path('src-renderer'), '@contract': path('src-main/contract'), '@rules': path('src-main/rules') } },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    appType: 'custom'
  })
})
afterAll(() => server.close())

type Slots = Record<string, () => unknown>
const icon: Component = { render: () => h('svg') }

async function render(part: string, props: Record<string, unknown> = {}, slots: Slots = {}): Promise<string> {
  const module = (await server.ssrLoadModule(`/ui/${part}.vue`)) as { default: Component }
  const html = await renderToString(createSSRApp(() => h(module.default, props, slots)))
  return html.replaceAll(/<!--.*?-->/g, '').replaceAll(/ data-v-[\w-]+/g, '')
}

const words = (text: string): Slots => ({ default: () => text })

const chapel = { photoId: 'a', name: 'Chapel', type: 'jpeg', width: 640, height: 480, bytes: 1 } as const

const examples: readonly (readonly [string, Record<string, unknown>, Slots?])[] = [
  ['AppIcon', { icon }],
  ['AppButton', { variant: 'primary', icon }, words('Send')],
  ['TextField', { label: 'Email', hint: 'h', error: 'e', icon }],
  ['PasswordField', { label: 'Password', error: 'e' }],
  ['SelectField', { label: 'State', placeholder: 'Choose a state', options: [{ value: 'OH', label: 'Ohio' }] }],
  ['TextAreaSheet', { label: 'Message' }],
  ['LetterSheet', { text: 'Dear Daniel,\n\nline' }],
  ['CheckboxField', { label: 'I have read and agree to the Terms and Conditions', hint: 'h', error: 'e' }],
  ['RadioCards', { legend: 'Package', options: [{ value: '5', label: '5 stamps', detail: 'd', aside: '$2.50' }] }],
  ['FieldError', { text: 'Enter a ZIP code' }],
  ['RuleList', { rules: [{ id: 'a', text: 'One number', met: true }] }],
  ['StepHeader', { title: 'Your sign-in', step: 1, of: 3 }],
  ['PageHeader', { title: 'Inbox' }, { actions: () => 'a' }],
  ['Card', { title: 'This letter' }, words('x')],
  ['Tile', { title: 'Maria Delgado', detail: 'Last here on Tuesday', initials: 'MD' }],
  ['ModalDialog', { open: true, title: 'T' }, words('x')],
  ['ConfirmDialog', { open: true, title: 'Use 1 stamp?' }, words('x')],
  ['MarkedText', { text: 'the psalm', ranges: [{ start: 4, end: 9 }] }],
  ['PaperDialog', { open: true, title: 'Print this letter', returnAddress: '' }],
  ['RestorePanel', { view: null, chosen: '', sealed: false, looking: true, busy: false, asking: false }],
  ['TextDifference', { earlier: 'one two', later: 'one three', removedMeans: 'taken out', addedMeans: 'added' }],
  ['VersionsDialog', { open: true, useLabel: 'Use this version', list: () => new Promise(() => undefined), read: () => new Promise(() => undefined) }],
  ['NoticeDialog', { open: true, title: 'T' }, words('x')],
  ['Banner', { tone: 'bad', title: 'T', dismissLabel: 'Close' }, words('x')],
  ['FailureBanner', { failure: { code: 'INVALID' } }],
  ['StatusPill', { tone: 'ok' }, words('Delivered')],
  ['EmptyState', { title: 'No drafts', icon }, words('x')],
  ['DataList', { label: 'Drafts' }, words('x')],
  ['ListRow', { title: 'Daniel Reyes', detail: 'd', meta: 'Today', unread: true, selected: true }],
  ['SideNav', { label: 'eMessaging' }, words('x')],
  ['NavItem', { label: 'Inbox', href: '#/inbox', icon, count: 3, countWords: '3 new letters', current: true }],
  ['AppFrame', { place: 'eMessaging' }, words('x')],
  ['SavedState', { state: 'saved', at: '10:42' }],
  ['CostMeter', { charactersLeft: 1388, stamps: 1, available: 41, share: 0.5 }],
  ['ProgressBar', { label: 'Sending', value: 12, max: 40, words: '12 of 40 letters', cancelLabel: 'Stop' }],
  ['BusyText', { text: 'Looking…' }],
  ['PageTurner', { page: 1, pageSize: 50, total: 120, label: 'Pages of letters' }],
  ['SaveLettersDialog', { open: true, title: 'Save these letters' }],
  ['ActRow', {}, { default: () => 'x', acts: () => 'y' }],
  ['BesideFrame', {}, { default: () => 'x', side: () => 'y' }],
  ['DefinitionList', { items: [{ key: 'a', term: 'Email', detail: 'x@y.org', canChange: true }] }],
  ['ToastRegion', { toasts: [{ id: 1, tone: 'ok', text: 'Added' }] }],
  ['MarkdownView', { source: '# Help' }],
  ['NewPasswordFields', { password: { id: 'a', modelValue: '' }, confirm: { id: 'b', modelValue: '' }, rules: [], strength: null }],
  ['PasswordStrength', { strength: { level: 3, name: 'Good', advice: 'This is hard to guess.' } }],
  ['SecurityQuestionFields', { form: { values: { question1: '', question2: '', question3: '' }, field: (id: string) => ({ id, modelValue: '' }) } }],
  ['QrCode', { text: 'otpauth://totp/Epistle:m@parish.org?secret=JBSWY3DPEHPK3PXP', label: 'Code for the app' }],
  ['CodeGroups', { code: 'ABCD-EFGH-JKMN' }],
  ['PrintSheet', { title: 'Recovery code' }, words('x')],
  ['OnceShown', { open: true, title: 'Your recovery code', codes: ['ABCD-EFGH'] }, words('x')],
  ['PasswordDialog', { open: true, title: 'Change the second step', failure: { code: 'PASSWORD_REFUSED' } }, words('x')],
  ['FilterChips', { legend: 'Show', options: [{ value: 'all', label: 'Everything' }] }],
  ['SubNav', { label: 'Account', items: [{ href: '#/account', label: 'You', icon, current: true }] }],
  ['LetterStanding', { letter: { state: 'held', reason: 'gang', stateSince: 0, attempts: 1, nextTryAt: null, expected: null, answersByPost: false }, line: 'online' }],
  ['LetterHistory', { history: [{ state: 'submitted', at: 0, reason: null }] }],
  ['NoteField', { note: { revision: 1, text: 'Likes psalms', before: 'Likes long psalms', savedAt: 0 }, save: () => undefined }],
  ['MarksCard', { marks: { kind: 'letter', id: 'l1', flagged: true, archived: true, note: null, prayer: null }, busy: false, archivable: true, save: () => undefined, prayersHref: '#/p' }],
  ['PhotoCount', { count: 2 }],
  ['PhotoFrame', { photoId: chapel.photoId }],
  ['PhotoThumb', { photo: chapel }],
  ['PhotoStrip', { photos: [chapel], note: 'The facility took a photo out; your words went on.' }],
  ['PhotoDialog', { photos: [chapel, { ...chapel, photoId: 'b', name: 'Candle' }], index: 0 }]
]

/** The document is not there on a server, and these two live by moving focus or sit inside other parts. */
const notHere = ['ErrorSummary', 'FieldShell']

describe('every part', () => {
  it('has an example here', () => {
    const parts = readdirSync(ui).flatMap((name) => (name.endsWith('.vue') ? [name.slice(0, -4)] : []))
    expect(examples.map(([name]) => name).concat(notHere).sort()).toEqual(parts.sort())
  })

  it.each(examples.map(([part, props, slots = {}]) => [part, props, slots] as const))('%s hides its icons and brings no inline handler', async (part, props, slots) => {
    const html = await render(part, props, slots)
    for (const [tag] of html.matchAll(/<svg[^>]*>/g)) expect(tag).toContain('aria-hidden="true"')
    expect(html).not.toMatch(/ on\w+="/)
    if (part !== 'CostMeter') expect(html).not.toContain(' style=')
  })

  it.each(readdirSync(ui))('%s makes no HTML, no inline style and no fixed size in px', (name) => {
    const text = readFileSync(`${ui}/${name}`, 'utf8')
    if (name.endsWith('.md')) return
    expect(text).not.toMatch(/v-html|innerHTML|\sstyle="|data:image|url\(/)
    expect(text.replaceAll(/\/\*[\s\S]*?\*\//g, '')).not.toMatch(/[\d.]px\b/)
    expect(text).not.toMatch(/from '(?:@\/(?:stores|bridge|features)|pinia|vue-router|electron)/)
  })
})

describe('names', () => {
  it('gives a field its label, hint and error', async () => {
    const html = await render('TextField', { id: 'mail', label: 'Email', hint: 'As in your mail', error: 'Enter an email' })
    expect(html).toMatch(/<label for="mail"[^>]*>Email<\/label>/)
    expect(html).toContain('aria-describedby="mail-hint mail-error"')
    expect(html).toContain('aria-invalid="true"')
    expect(html).toContain('id="mail-error"')
  })

  it('says nothing of errors when there is none', async () => {
    const html = await render('TextField', { id: 'mail', label: 'Email' })
    expect(html).not.toMatch(/aria-invalid|aria-describedby|Error/)
  })

  it('passes what it does not know to the input, and keeps all that was typed', async () => {
    const html = await render('TextField', { label: 'Subject', maxlength: 5, modelValue: 'far too long', name: 's', class: 'wide' })
    expect(html).toMatch(/<input[^>]* name="s"/)
    expect(html).not.toMatch(/<input[^>]* maxlength/)
    expect(html).toContain('value="far too long"')
    expect(html).toContain('7 characters too many')
    expect(html).toMatch(/^<div class="field wide"/)
  })

  it('names the password toggle exactly, and differently when told', async () => {
    expect(await render('PasswordField', { label: 'Password' })).toContain('<span>Show password</span></label>')
    expect(await render('PasswordField', { label: 'Confirm password', showLabel: 'Show confirmed password' })).toContain(
      '<span>Show confirmed password</span></label>'
    )
  })

  it('keeps the count out of the name of a link', async () => {
    const html = await render('NavItem', { id: 'x', label: 'Inbox', href: '#/', icon, count: 3, countWords: '3 new letters' })
    const link = /<a[\s\S]*<\/a>/.exec(html)?.[0] ?? ''
    expect(link.replaceAll(/<span[^>]*aria-hidden="true"[^>]*>.*?<\/span>/g, '').replaceAll(/<[^>]+>/g, '').trim()).toBe('Inbox')
    const description = /aria-describedby="([^"]+)"/.exec(link)?.[1]
    expect(html).toContain(`<span id="${description}" hidden>3 new letters</span>`)
  })

  it('marks the current page in words a screen reader knows', async () => {
    expect(await render('NavItem', { label: 'Inbox', href: '#/', icon, current: true })).toContain('aria-current="page"')
    expect(await render('NavItem', { label: 'Inbox', href: '#/', icon })).not.toContain('aria-current')
  })

  it('names a photo by its file, says how many there are, and nothing where there is none', async () => {
    const strip = await render('PhotoStrip', { photos: [chapel] })
    expect(strip).toContain('1 photo')
    expect(strip.replaceAll(/<[^>]+>/g, '')).toContain('Show the photo Chapel')
    expect((await render('PhotoStrip', { photos: [] })).trim()).toBe('')
    expect(await render('PhotoCount', { count: 0 })).not.toContain('photo')
    const dialog = await render('PhotoDialog', { photos: [chapel, { ...chapel, photoId: 'b' }], index: 1 })
    expect(dialog).toContain('Photo 2 of 2')
    expect(await render('PhotoDialog', { photos: [chapel], index: 0 }), 'one alone leads nowhere').not.toMatch(/Photo 1 of|Next/)
  })

  it('names a tile and a package by their title alone', async () => {
    const tile = await render('Tile', { title: 'Maria Delgado', detail: 'Last here on Tuesday', initials: 'MD' })
    const id = /aria-labelledby="([^"]+)"/.exec(tile)?.[1]
    expect(tile).toContain(`<span id="${id}" class="title">Maria Delgado</span>`)
    const cards = await render('RadioCards', { id: 'p', legend: 'Package', options: [{ value: '5', label: '5 stamps', aside: '$2.50' }] })
    expect(cards).toContain('aria-labelledby="p-label" aria-describedby="p-aside"')
    expect(cards).toMatch(/<legend[^>]*>Package<\/legend>/)
  })

  it('asks in a dialog named by its title, with the words of the seeds', async () => {
    const html = await render('ConfirmDialog', { open: true, title: 'Use 2 stamps?' }, words('x'))
    expect(html).toContain('role="alertdialog"')
    expect(html).toMatch(/<h2 id="([^"]+)-title"[^>]*>Use 2 stamps\?<\/h2>/)
    expect(html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')).toMatch(/x Cancel Confirm $/)
  })

  it('shows nothing of a dialog that is closed', async () => {
    expect(await render('ConfirmDialog', { open: false, title: 'Use 1 stamp?' }, words('x'))).not.toContain('Use 1 stamp?')
  })

  it('says states in words', async () => {
    expect(await render('SavedState', { state: 'saved', at: '10:42' })).toContain('Saved 10:42')
    expect(await render('SavedState', { state: 'failed', at: '10:42' })).toMatch(/role="alert"[\s\S]*Not saved[\s\S]*Last saved 10:42[\s\S]*Try again/)
    expect(await render('CostMeter', { charactersLeft: 1388, stamps: 1, share: 0.5 })).toContain('1,388 characters left, 1 stamp')
    expect(await render('RuleList', { rules: [{ id: 'a', text: 'One number', met: false }] })).toMatch(/One number .*not yet/)
    expect(await render('StepHeader', { title: 'Your sign-in', step: 1, of: 3 })).toContain('Step 1 of 3')
    expect(await render('Banner', { tone: 'bad' }, words('x'))).toContain('role="alert"')
    expect(await render('Banner', { tone: 'warn' }, words('x'))).toContain('role="status"')
  })

  it('keeps a busy button in the Tab order under its name', async () => {
    const html = await render('AppButton', { busy: true, type: 'submit' }, words('Submit'))
    expect(html).toMatch(/<button[^>]*type="submit"[^>]*aria-disabled="true"/)
    expect(html).not.toMatch(/ disabled/)
    expect(html).toContain('Submit')
  })
})
