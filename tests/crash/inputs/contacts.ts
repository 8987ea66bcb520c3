/** Contacts: who can be added, who can be found, and what keeps them on the list. */
import { sendDraft, writeDraft } from '../../support/core'
import { accepted, call, each, type Item, type Row } from './item'

const add = (facilityId: string, number: string): Item['call'] => () => call('contacts.add', { facilityId, number })
const noFit = (facility: string, example: string): Item['answer'] => ({ code: 'INVALID', field: 'number', says: `This number does not fit ${facility}'s format, e.g. ${example}.` })
const cedar = 'cedar-state'
/** Kept as this number. */
const becomes =
  (number: string): Item['answer'] =>
  (value) => {
    const found = (value as { readonly number: string }).number
    return found === number ? null : `it is kept as ${found}, not as ${number}`
  }
const gone = (name: string, reason: string) => ({ code: 'CONTACT_UNAVAILABLE', says: `${name} is not at this facility any more (${reason}).`, next: 'Update the address.' }) as const
const search = (query: string, change: { readonly state?: string; readonly facilityId?: string } = {}): Item['call'] => () => call('directory.search', { query, state: 'TX', facilityId: cedar, ...change })
const nobody: Item['answer'] = (value) => ((value as { readonly total: number }).total === 0 ? null : 'somebody was found')
const refusedField = (field: string, says: string): Item['answer'] => ({ code: 'INVALID', field, says })

export const contactRows: readonly Row[] = [
  {
    title: 'Contacts: name',
    items: [
      ...each({ 'no name': '', spaces: '   ', 'zero-width': '\u200b\u200b', 'a mark that turns the text': '\u202e' }, (query): Omit<Item, 'what'> => ({
        call: search(query),
        answer: refusedField('query', 'Type at least 2 letters of the name, or the whole number.')
      })),
      ...each({ '300 characters': 'x'.repeat(300), 'only emoji': '🕊️🕊️', 'control characters': 'Re\u0007yes\u0001x', '=cmd() at the start': '=cmd()', HTML: '<b>Reyes</b>zz', 'a line break': 'Rey\nesx' }, (query): Omit<Item, 'what'> => ({ call: search(query), answer: nobody }))
    ],
    elsewhere: [{ what: 'the same as somebody else’s own name', file: 'tests/unit/rules/contact.test.ts', test: 'names, the list of bad inputs' }],
    cannotHappen: [{ what: 'a contact’s name typed by hand', why: 'names come from the service’s directory (S0 step 10); how a hostile one is shown is rel:xss' }]
  },
  {
    title: 'Contacts: number',
    items: [
      ...each({ empty: '', 'letters where digits': 'abcdef', 'too long': '4482130', 'the pattern of another state': 'K012345', 'O for 0': 'O12345' }, (number): Omit<Item, 'what'> => ({ call: add(cedar, number), answer: noFit('Cedar State', '012345') })),
      { what: 'leading zeros are kept', call: add(cedar, '000012'), answer: becomes('000012') },
      { what: 'full-width digits', call: add(cedar, '\uff10\uff10\uff10\uff11\uff13\uff10'), answer: becomes('000130') },
      { what: 'spaces and dashes', call: add('north-reception', '04 A 4482'), answer: becomes('04-A-4482') },
      { what: 'duplicate at the same facility', call: add(cedar, '448-213'), answer: { code: 'ALREADY_A_CONTACT', says: 'Already in your list: Daniel Reyes.' } },
      { what: 'the same number at another facility', call: add('elm-county-jail', '448213'), answer: becomes('448213') }
    ]
  },
  {
    title: 'Contacts: state, facility, search',
    items: [
      { what: 'no state', call: search('Reyes', { state: '' }), answer: refusedField('state', 'Choose a state from the list.') },
      { what: 'no facility', call: search('Reyes', { facilityId: '' }), answer: refusedField('facilityId', 'Choose a facility from the list.') },
      { what: 'facility of another state', call: search('Reyes', { state: 'NY' }), answer: nobody },
      { what: 'facility closed, or unknown', call: add('nowhere', '448213'), answer: { code: 'NOT_FOUND', says: 'This is not here any more.' } },
      { what: 'transferred', call: add(cedar, '003391'), answer: gone('Raymond Ellis', 'transferred') },
      { what: 'released', call: add(cedar, '000127'), answer: gone('Walter Hayes', 'released') },
      { what: 'blocks mail', call: add(cedar, '219004'), answer: { code: 'CONTACT_UNAVAILABLE', says: 'Marcus Dunn may not get messages at the moment.', next: 'Your text is kept. Try again another day.' } },
      { what: 'unknown number', call: add(cedar, '999999'), answer: { code: 'NOT_FOUND', says: 'This is not here any more.' } },
      { what: 'unknown id', call: () => call('contacts.remove', { contactId: 'none' }), answer: { code: 'NOT_FOUND', says: 'This is not here any more.' } },
      ...each({ '%': '%', _: '_', "'": "'", '"': '"', '*': '*', '5,000 characters': 'x'.repeat(5_000), 'FTS syntax': 'NEAR(' }, (query): Omit<Item, 'what'> => ({ call: search(query), answer: nobody })),
      ...each({ '%': '%', _: '_', "'": "'", '"': '"', '*': '*', '5,000 characters': 'x'.repeat(5_000), 'FTS syntax': 'NEAR(' }, (query): Omit<Item, 'what'> => ({
        call: () => call('archive.search', { box: 'both', query, filters: {} }),
        answer: accepted
      })).map((item) => ({ ...item, what: `in the letters: ${item.what}` }))
    ],
    cannotHappen: [{ what: '10,001st contact', why: 'there is no limit of contacts' }]
  },
  {
    title: 'Contacts: edit and delete',
    items: [
      {
        what: 'delete with queued letters',
        call: async ({ desk, contactId }) => {
          await desk.must('practice.set', { offline: true })
          await sendDraft(desk, await writeDraft(desk, contactId, 'It waits.'))
          return call('contacts.remove', { contactId })
        },
        answer: { code: 'LETTERS_WAITING', says: '1 letter is still waiting for Daniel Reyes.', next: 'Let them go, or take them back in the Outbox, then remove the contact.' }
      },
      {
        what: 'edit while deleted elsewhere',
        call: async ({ desk }) => {
          await desk.must('practice.set', { offline: false })
          await desk.must('sync.now', {})
          const contactId = (await desk.must('contacts.list', {})).find(({ number }) => number === '000012')?.contactId ?? ''
          await desk.must('contacts.remove', { contactId })
          return call('contacts.enterInvitationCode', { contactId, code: '123456' })
        },
        answer: { code: 'NOT_FOUND', says: 'This is not here any more.' }
      },
      { what: 'moved to where they are', call: ({ contactId }) => call('contacts.moved', { contactId, facilityId: cedar, number: '448213' }), answer: { code: 'ALREADY_A_CONTACT', says: 'Already in your list: Daniel Reyes.' } }
    ]
  }
]
