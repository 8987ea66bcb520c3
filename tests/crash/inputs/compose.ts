/** A letter that is written, and the moment it is sent. */
import { sendDraft, writeDraft } from '../../support/core'
import type { Bench } from './bench'
import { call, each, signs, type Call, type Item, type Row } from './item'

type Letter = { readonly contactId?: string | null; readonly subject?: string; readonly body?: string }

/** A saved draft, right but for this, and the question what it costs. */
const quoting =
  (change: Letter) =>
  async ({ desk, contactId }: Bench): Promise<Call> => {
    const { draftId, revision } = await desk.must('drafts.create', {})
    const saved = await desk.must('drafts.save', { draftId, baseRevision: revision, patch: { contactId, subject: 'A letter', body: 'Dear Daniel, a few words.', ...change } })
    if (saved.outcome !== 'saved') throw new Error(`the draft was not saved: ${saved.outcome}`)
    return call('letters.quote', { draftId, revision: saved.draft.revision })
  }

const wrong = (field: string, says: string, entries: Readonly<Record<string, Letter>>): readonly Item[] => each(entries, (change) => ({ call: quoting(change), answer: { code: 'INVALID', field, says } }))

/** Saved as this, whatever was pasted. */
const kept = (typed: string, due: string): Omit<Item, 'what'> => ({
  call: async ({ desk }) => {
    const { draftId, revision } = await desk.must('drafts.create', {})
    return call('drafts.save', { draftId, baseRevision: revision, patch: { body: typed } })
  },
  answer: async (value, { desk }) => {
    const { draft } = value as { readonly draft: { readonly draftId: string } }
    const { body } = await desk.must('drafts.open', { draftId: draft.draftId })
    return body === due ? null : `kept as ${JSON.stringify(body.slice(0, 80))}, not as ${JSON.stringify(due.slice(0, 80))}`
  }
})
const same = (entries: Readonly<Record<string, string>>): readonly Item[] => each(entries, (text) => kept(text, text))

const minute = 60_000
/** A draft that was asked about; `then` is what happens before it is confirmed. */
const confirming =
  (then: (bench: Bench, draftId: string, revision: number) => Promise<unknown>) =>
  async (bench: Bench): Promise<Call> => {
    const { desk, contactId } = bench
    const { draftId, revision } = await writeDraft(desk, contactId, 'Dear Daniel.')
    const { ticket } = await desk.must('letters.quote', { draftId, revision })
    await then(bench, draftId, revision)
    return call('letters.send', { ticket })
  }
const again = { code: 'CONFIRM_AGAIN', says: 'Please confirm again.', next: 'The question waited too long, so nothing was sent and no stamp was used.' } as const

export const composeRows: readonly Row[] = [
  {
    title: 'Compose: what a letter needs',
    items: [
      ...wrong('to', 'Choose who the letter is for.', { 'no recipient': { contactId: null } }),
      ...wrong('subject', 'Write a subject, a few words are enough.', { 'subject empty': { subject: '' }, 'subject of spaces': { subject: '  ' } }),
      ...wrong('subject', '200 characters is the limit: 1 too many.', { '201 characters': { subject: signs(201) } }),
      ...wrong('body', 'Write something before sending.', { 'body empty': { body: '' }, 'only spaces': { body: '     ' }, 'only zero-width': { body: '\u200b\u2060\ufeff' } }),
      ...wrong('body', '20,000 characters is the limit: 312 too many (marked).', { '20,312 characters': { body: signs(20_312) } }),
      ...wrong('body', '20,000 characters is the limit: 1 too many (marked).', { '20,001 characters': { body: signs(20_001) } }),
      ...wrong('body', '20,000 characters is the limit: 80,000 too many (marked).', { 'one word of 100,000': { body: signs(100_000) } }),
      {
        what: '5 MB paste',
        call: async ({ desk }) => {
          const { draftId, revision } = await desk.must('drafts.create', {})
          return call('drafts.save', { draftId, baseRevision: revision, patch: { body: signs(5 * 1024 * 1024) } })
        },
        answer: { code: 'BAD_REQUEST', says: 'Epistle did not understand its own window.' }
      },
      {
        what: 'line break in the subject',
        call: quoting({ subject: 'Two\nlines' }),
        answer: async (value, { desk }) => {
          const { subject } = await desk.must('letters.send', { ticket: (value as { readonly ticket: string }).ticket })
          return subject === 'Two lines' ? null : `sent as ${JSON.stringify(subject)}`
        }
      },
      {
        what: 'recipient deleted',
        call: async (bench) => {
          const { contactId } = await bench.desk.must('contacts.add', { facilityId: 'elm-county-jail', number: '448213' })
          const asked = await quoting({ contactId })(bench)
          await bench.desk.must('contacts.remove', { contactId })
          return asked
        },
        answer: { code: 'CONTACT_UNAVAILABLE', says: 'Brianna Cole is not at this facility any more.', next: 'Update the address.' }
      }
    ],
    elsewhere: [
      { what: 'recipient blocked', file: 'tests/integration/service/messaging.test.ts', test: 'CONTACT_UNAVAILABLE' },
      { what: '5 MB paste in the window: kept, and said', file: 'tests/e2e/wrong-input.e2e.ts', test: 'compose: every field, and nothing is sent' }
    ],
    cannotHappen: [{ what: '51 recipients', why: 'a letter has one recipient (S0 step 12)' }]
  },
  {
    title: 'Compose: what is pasted',
    items: [
      ...same({
        'pasted HTML': '<p>Dear <b>Daniel</b></p>',
        '<img onerror>': '<img src=x onerror=alert(1)>',
        'javascript: link': 'javascript:alert(1)',
        CSS: 'body { background: url(x) }',
        'base64 image': `data:image/png;base64,${'iVBORw0KGgo'.repeat(50)}`,
        'RTL override': 'abc \u202edef\u202c ghi',
        Zalgo: `Z${'\u0351'.repeat(40)}algo`,
        '1,000 emoji': '🕊'.repeat(1_000),
        tabs: 'one\ttwo',
        'smart quotes': '“Dear Daniel”, she said – it’s fine…'
      }),
      { what: 'Word clutter: a soft line break', ...kept('one\u000btwo', 'one\ntwo') },
      { what: 'NUL', ...kept('one\u0000two', 'onetwo') },
      { what: 'lone surrogate', ...kept('one\ud83dtwo', 'onetwo') },
      { what: 'CRLF', ...kept('one\r\ntwo\rthree', 'one\ntwo\nthree') }
    ],
    elsewhere: [{ what: 'Formatting removed', file: 'tests/e2e/paste-and-caps-lock.e2e.ts', test: 'a paste with formatting keeps the words, and says what it could not keep' }],
    cannotHappen: [{ what: '2 GB clipboard', why: 'Chromium’s own text field ends it; the door takes 2 MB' }]
  },
  {
    title: 'Compose: the moment of sending',
    items: [
      {
        what: '0 stamps, 1 short',
        // Four pages, where eighteen of the twenty stamps are spoken for.
        call: async (bench) => {
          const { desk, contactId } = bench
          await desk.must('practice.set', { offline: true })
          while ((await desk.must('stamps.wallets', {})).reduce((sum, { available }) => sum + available, 0) > 1) await sendDraft(desk, await writeDraft(desk, contactId, 'A word.'))
          return quoting({ body: signs(6_001) })(bench)
        },
        answer: { code: 'NOT_ENOUGH_STAMPS', says: 'You need 2 stamps and have 1.', next: 'Buy stamps or save for later.' }
      },
      { what: 'dialog left 6 min', call: confirming(({ desk }) => desk.work(6 * minute)), answer: again },
      {
        what: 'body changed after the dialog',
        call: confirming(({ desk }, draftId, baseRevision) => desk.must('drafts.save', { draftId, baseRevision, patch: { body: 'Other words.' } })),
        answer: { code: 'LETTER_CHANGED', says: 'The letter changed. Please confirm again.', next: 'Nothing was sent and no stamp was used.' }
      },
      {
        what: 'stamps spent in another window',
        call: confirming(async ({ desk, contactId }) => sendDraft(desk, await writeDraft(desk, contactId, 'The last one.'))),
        answer: { code: 'NOT_ENOUGH_STAMPS', says: 'You need 1 stamp and have none.', next: 'Buy stamps or save for later.' }
      },
      { what: 'confirm twice', call: () => call('letters.send', { ticket: 'used' }), answer: again },
      {
        what: 'logout pressed',
        call: async ({ desk }) => {
          await desk.must('accounts.signOut', {})
          return call('letters.send', { ticket: 'of before' })
        },
        answer: { code: 'SIGNED_OUT', says: 'You are signed out.', next: 'Sign in again: your drafts are kept.' }
      }
    ],
    elsewhere: [
      { what: 'price changed since the draft', file: 'tests/crash/sim/network.ts', test: 'price change' },
      { what: 'Enter held down', file: 'tests/e2e/offline-send-later.e2e.ts', test: 'a double click on Confirm, and Enter held down, send one letter' },
      { what: 'offline', file: 'tests/integration/core/offline.test.ts', test: 'offline: the letter waits with its stamp reserved' },
      { what: 'power cut', file: 'tests/crash/powercut.ts', test: 'rel:powercut' },
      { what: 'disk full, autosave refused', file: 'tests/e2e/full-disk.e2e.ts', test: 'what is typed on a full disk stays' },
      { what: 'draft open in two windows', file: 'tests/e2e/two-windows.e2e.ts', test: 'one draft changed in two windows' }
    ]
  }
]
