/** What a forged call would put into a field: things of one's own, things of others, right and wrong secrets. */
import { goodSignUp, password, testCard } from '../../support/core'
import type { Hints } from './near-valid'
import { emails, everyone, passcode, type World } from './world'

/** @param tickets that the person at the desk holds now */
export const hintsFor = (world: World, tickets: readonly string[]): Hints => {
  const all = everyone.map((who) => world.belongings[who])
  const form = goodSignUp('')
  const passwords = [password, `${password}1`, 'Harvest9moon', 'Wrong1word']
  return {
    email: [...Object.values(emails), 'nobody@parish.org', 'MARIA@parish.org', 'new@parish.org'],
    confirmEmail: [...Object.values(emails), 'new@parish.org'],
    password: passwords,
    confirmPassword: passwords,
    newPassword: passwords,
    secret: [...passwords, 'AAAA-BBBB-CCCC-DDDD-EEEE'],
    questionId: [...form.questions.map(({ questionId }) => questionId), 'second-step', 'none'],
    answer: [...form.questions.map(({ answer }) => answer), 'x'],
    firstName: [form.firstName],
    lastName: [form.lastName],
    street: [form.street],
    city: [form.city],
    state: ['TX', '', 'MA', 'XX'],
    zip: [form.zip],
    phone: [form.phone],
    passcode: [passcode, '0000', '7391'],
    confirmPasscode: [passcode, '7391'],
    verificationCode: ['PSALM', 'WRONG'],
    version: ['1', '2'],
    code: ['123456', 'AAAA-BBBB-CCCC'],
    accountId: [...all.map(({ accountId }) => accountId), 'A-999'],
    deviceId: [...world.devices, 'none'],
    entryId: all.flatMap(({ entries }) => entries.slice(0, 2)),
    site: ['This parish', 'Practice', 'Elsewhere'],
    query: ['daniel', 'reyes', '448', ''],
    facilityId: ['cedar-state', 'river-federal', 'elm-county-jail', '', 'none'],
    number: ['448213', '448214', '448216', '44821-003', '4242 4242 4242 4242', '4000000000000002', '4111111111111111'],
    contactId: [...all.flatMap(({ contacts }) => contacts), 'none'],
    packageId: ['cedar-20', 'none', ...['6', '20', '50'].map((stamps) => `cedar-state-${stamps}`)],
    ticket: [...tickets, ...tickets, ...all.flatMap((one) => one.tickets)],
    expiry: [testCard.card.expiry, '01/20'],
    securityCode: ['123', '1234'],
    name: ['Maria Delgado'],
    draftId: [...all.flatMap(({ drafts }) => drafts), 'none'],
    baseRevision: [0, 1, 2, 3],
    revision: [0, 1, 2],
    subject: ['A letter', 'x'.repeat(300)],
    body: ['Dear friend', '', 'x'.repeat(25_000)],
    letterId: [...all.flatMap(({ letters }) => letters), 'none'],
    prayerId: ['none'],
    words: ['For her mother', ''],
    text: ['Wrote about the garden', ''],
    messageId: [...all.flatMap(({ messages }) => messages), 'none'],
    page: [0, 1, 100_000],
    pageSize: [1, 50, 200],
    hours: [1, 24],
    textSize: [100, 200],
    flushId: ['none'],
    placeId: ['none', 'place-1'],
    copyId: ['none', 'thisPc/none', 'damaged-file'],
    jobId: ['none'],
    id: [...all.flatMap(({ letters, messages, contacts }) => [...letters, ...messages, ...contacts]), 'none'],
    from: [0, 1_700_000_000_000],
    until: [1_900_000_000_000],
    previewId: ['none'],
    importId: ['none'],
    returnAddress: ['The ministry\n12 Chapel Road', ''],
    year: [2026, 1970]
  }
}
