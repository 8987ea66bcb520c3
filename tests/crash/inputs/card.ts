/** The card form and the purchase behind it. */
import { testCard } from '../../support/core'
import { accepted, call, each, type Call, type Item, type Row } from './item'
import type { Bench } from './bench'

type Card = typeof testCard.card
type Billing = typeof testCard.billing

const ticketFor = async ({ desk, contactId }: Bench): Promise<string> => (await desk.must('stamps.quote', { contactId, packageId: 'cedar-20' })).ticket

/** Everything right but for this. */
const paying =
  (card: Partial<Card>, billing: Partial<Billing> = {}) =>
  async (bench: Bench): Promise<Call> =>
    call('stamps.purchase', { ticket: await ticketFor(bench), card: { ...testCard.card, ...card }, billing: { ...testCard.billing, ...billing } })

const wrongCard = (key: keyof Card, says: string, entries: Readonly<Record<string, string>>, more: Partial<Card> = {}): readonly Item[] =>
  each(entries, (value) => ({ call: paying({ ...more, [key]: value }), answer: { code: 'INVALID', field: key, says } }))
const wrongBilling = (key: keyof Billing, says: string, entries: Readonly<Record<string, string>>): readonly Item[] =>
  each(entries, (value) => ({ call: paying({}, { [key]: value }), answer: { code: 'INVALID', field: key, says } }))

const goodCard = (entries: Readonly<Record<string, Partial<Card>>>): readonly Item[] => each(entries, (card) => ({ call: paying(card), answer: accepted }))
/** The bench's clock stands in November 2026. */
const thisMonth = '11/26'

/** A purchase that was begun is written down with what came of it, on both sides. */
const begun = ['mailbox: purchase', 'mailbox: activity', 'mailbox: ledger', 'mailbox: meta', 'service: key_result', 'service: purchase', 'service: meta']
const packageOf =
  (packageId: string): Item['call'] =>
  ({ contactId }) =>
    call('stamps.quote', { contactId, packageId })

export const cardRows: readonly Row[] = [
  {
    title: 'Card form: number',
    items: [
      ...wrongCard('number', 'Check the card number.', { empty: '', '12 digits': '4242 4242 4242', '20 digits': '4242 4242 4242 4242 4242', letters: 'forty-two', 'Luhn wrong': '4242 4242 4242 4241', 'pasted with text': 'card: 4242 4242 4242 4242' }),
      ...wrongCard('number', 'This is a practice shop. Use test card 4242 4242 4242 4242.', { 'one that looks real': '4539 1488 0343 6467' }),
      ...wrongCard('securityCode', '3 or 4 digits on the card.', { 'Amex with a code of 3 digits': '123' }, { number: '3782 822463 10005' }),
      ...goodCard({ 'spaces and dashes': { number: '4242-4242 4242-4242' }, 'full-width digits': { number: '４２４２４２４２４２４２４２４２' } })
    ]
  },
  {
    title: 'Card form: expiry',
    items: [
      ...wrongCard('expiry', 'Expiry is month/year, not in the past.', { empty: '', '13/30': '13/30', '00/30': '00/30', 'last month': '10/26', '+21 years': '11/47', '1/3': '1/3', text: 'next year' }),
      ...goodCard({ 'this month': { expiry: thisMonth } })
    ],
    elsewhere: [{ what: 'clock wrong', file: 'tests/e2e/surroundings.e2e.ts', test: 'a clock that is behind is said on every screen' }]
  },
  {
    title: 'Card form: code',
    items: wrongCard('securityCode', '3 or 4 digits on the card.', { empty: '', '2 digits': '12', '5 digits': '12345', letters: 'abc', spaces: '   ' }),
    elsewhere: [{ what: 'it is cleared on every error', file: 'tests/e2e/wrong-input.e2e.ts', test: 'card and billing address: every field' }]
  },
  {
    title: 'Card form: name and ZIP',
    items: [
      ...wrongCard('name', 'Please fill this in.', { 'name empty': '' }),
      ...wrongCard('name', '100 characters is the limit: 100 too many.', { '200 characters': 'a'.repeat(200) }),
      ...wrongCard('name', 'Enter the name with letters, as on an envelope.', { digits: '12345' }),
      ...wrongBilling('zip', 'Please fill this in.', { 'ZIP empty': '' }),
      ...wrongBilling('zip', 'Enter a ZIP code of 5 digits, like 78701.', { ABCDE: 'ABCDE', 'a foreign post code': 'SW1A 1AA' }),
      ...wrongBilling('zip', 'This ZIP code is not in the state you chose. Check both.', { 'state and ZIP do not fit': '10001' }),
      ...wrongBilling('state', 'Please fill this in.', { 'state missing': '' })
    ],
    // An empty field is told in words of its own where it stands.
    elsewhere: [{ what: 'each empty field by its name', file: 'tests/e2e/wrong-input.e2e.ts', test: 'Enter the name on the card.' }],
    cannotHappen: [{ what: 'country missing', why: 'the practice shop takes cards of the United States only, and asks for none' }]
  },
  {
    title: 'Card form: package',
    items: [
      ...each({ none: '-', '0': '0', '-1': '-1', '1.5': '1.5', '1e9': '1e9', 'unknown package': 'cedar-1', 'of another facility': 'elm-10' }, (packageId): Omit<Item, 'what'> => ({
        call: packageOf(packageId),
        answer: { code: 'INVALID', field: 'package', says: 'Choose a package.' }
      })),
      { what: 'no inmate chosen', call: () => call('stamps.quote', { contactId: 'none', packageId: 'cedar-20' }), answer: { code: 'NOT_FOUND', says: 'This is not here any more.' } }
    ],
    elsewhere: [{ what: 'price changed in the dialog', file: 'tests/integration/service/stamps.test.ts', test: 'refuses another price than the one agreed to' }]
  },
  {
    title: 'Card form: what comes of it',
    items: [
      { what: 'declined', call: paying({ number: '4000 0000 0000 0002' }), answer: { code: 'CARD_DECLINED', says: 'Card declined. No stamps added.' }, leaves: begun },
      { what: 'over the limit', call: paying({ number: '4000 0000 0000 9995' }), answer: { code: 'CARD_INSUFFICIENT', says: 'There is not enough money on this card. No stamps added.' }, leaves: begun },
      {
        what: 'offline',
        call: async (bench) => {
          const ready = await paying({})(bench)
          await bench.desk.must('practice.set', { offline: true })
          return ready
        },
        answer: { code: 'PURCHASE_UNSETTLED', says: 'No charge yet. We will finish when online.' },
        leaves: begun
      },
      {
        what: 'the line is back, and the ticket was used',
        call: async ({ desk }) => {
          await desk.must('practice.set', { offline: false })
          await desk.must('sync.now', {})
          return call('stamps.purchase', { ticket: 'used', ...testCard })
        },
        answer: { code: 'CONFIRM_AGAIN', says: 'Please confirm again.' }
      }
    ],
    elsewhere: [
      { what: 'lost ack, 500', file: 'tests/crash/sim/network.ts', test: 'lost answer' },
      { what: 'double click', file: 'tests/crash/confirm.ts', test: 'a double click is one' },
      { what: 'kill', file: 'tests/crash/points/flows.ts', test: 'stamps.purchase' }
    ],
    cannotHappen: [{ what: '3-D needed', why: 'no card of the practice shop asks for it' }]
  }
]
