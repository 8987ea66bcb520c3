import { fullName } from '../../rules/contact'
import type { Tx } from '../context'
import type { LetterRow, Schema } from '../database/schema'
import type { Facility } from '../directory/facilities'

/** Tells the writer by e-mail that a letter was refused: to whom and why, never what it said. */
export const postRejected = async (tx: Tx, letter: LetterRow, person: Schema['person'], facility: Facility): Promise<void> => {
  const account = await tx.db.selectFrom('account').select(['email', 'first_name']).where('id', '=', letter.account_id).executeTakeFirstOrThrow()
  const name = fullName({ firstName: person.first_name, lastName: person.last_name })
  const reason = (letter.finding ?? 'other').replaceAll('_', ' ')
  await tx.post({
    kind: 'email',
    to: account.email,
    subject: `Your letter to ${name} was not let through`,
    body: `Dear ${account.first_name},\n\n${facility.published.name} did not let your letter to ${name} through.\nReason: ${reason}\nReceipt number: ${letter.receipt_number}\n\nStamps of refused letters are not given back. You can change the letter and send it again.\n\nThis is a practice service. No real message was sent.`
  })
}
