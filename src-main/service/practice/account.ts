import { normaliseEmail, emailSkeleton } from '../../rules/email'
import { currentTerms } from '../../rules/terms'
import { walletIdOf } from '../../rules/wallet'
import { keepAcceptance } from '../identity/terms'
import { practiceSite } from '../identity/sites'
import { transact, type Call, type Tx } from '../context'
import { nextNumber } from '../database/numbers'
import type { AccountRow } from '../database/schema'
import { insertReady } from '../directory/registration'
import { findPerson } from '../directory/search'
import { replyUpdate, tell } from '../messaging/updates'
import { newToken } from '../secrets'
import { balanceOf } from '../stamps/wallets'
import { practiceContacts, practiceEmail, welcomeLetters } from './people'

const freeStamps = 20

/**
 * Makes the practice account ready: a new password each time, terms accepted, three contacts, twenty free stamps, and
 * once two letters to read.
 */
export const prepareAccount = async (call: Call): Promise<{ readonly email: string; readonly password: string }> => {
  const { kdf, randomBytes, keyed } = call.context
  const password = `Aa1${newToken(randomBytes)}`
  const passwordHash = await kdf.hash(password)
  const passcodeHash = await kdf.hash(newToken(randomBytes))
  await transact(call, async (tx) => {
    const account = (await findAccount(tx)) ?? (await makeAccount(tx, passwordHash, passcodeHash))
    await tx.db.updateTable('account').set({ ...asNew, password_hash: passwordHash, password_changed_at: tx.now }).where('id', '=', account.id).execute()
    await tx.db.deleteFrom('sign_in_guard').where('email_key', '=', keyed('email', practiceEmail)).execute()
    await approveContacts(tx, call, account)
    await topUp(tx, call, account)
    await postWelcomeLetters(tx, account)
  })
  return { email: practiceEmail, password }
}

const findAccount = (tx: Tx): Promise<AccountRow | undefined> => tx.db.selectFrom('account').selectAll().where('email', '=', practiceEmail).executeTakeFirst()

/** Whatever was practised with it, it opens with its new password alone. */
const asNew = {
  disabled: 0,
  must_change_password: 0,
  must_accept_terms: 0,
  terms_version: currentTerms.terms,
  second_step: 'off',
  totp_sealed: null,
  totp_pending: null,
  totp_last_step: null,
  code_failures: 0
} as const

const makeAccount = async (tx: Tx, passwordHash: string, passcodeHash: string): Promise<AccountRow> => {
  const account = await tx.db
    .insertInto('account')
    .values({
      id: await nextNumber(tx, 'A'),
      email: normaliseEmail(practiceEmail),
      email_skeleton: emailSkeleton(practiceEmail),
      password_hash: passwordHash,
      passcode_hash: passcodeHash,
      first_name: 'Practice',
      last_name: 'Volunteer',
      street: '1 Practice Lane',
      city: 'Austin',
      state: 'TX',
      zip: '78701',
      phone: '+15125550100',
      terms_version: currentTerms.terms,
      terms_at: tx.now,
      emessaging_version: currentTerms.emessaging,
      emessaging_at: tx.now,
      disabled: 0,
      created_at: tx.now,
      site: practiceSite
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  for (const document of ['terms', 'emessaging'] as const) await keepAcceptance(tx, account.id, document, currentTerms[document])
  return account
}

const approveContacts = async (tx: Tx, call: Call, account: AccountRow): Promise<void> => {
  for (const { facilityId, number } of practiceContacts) {
    const found = await findPerson(call, tx.db, facilityId, number)
    if (found !== null) await insertReady(tx, account.id, found.person)
  }
}

/** Fills each practice wallet up to twenty; what is there already stays. */
const topUp = async (tx: Tx, call: Call, account: AccountRow): Promise<void> => {
  const wallets = new Set(practiceContacts.flatMap(({ facilityId }) => call.context.facilities.find(facilityId)?.published ?? []).map(walletIdOf))
  for (const walletId of wallets) {
    const amount = freeStamps - (await balanceOf(tx.db, account.id, walletId))
    if (amount <= 0) continue
    const reference = await nextNumber(tx, 'R')
    await tx.db.insertInto('ledger').values({ account_id: account.id, wallet_id: walletId, reason: 'grant', reference, amount, at: tx.now }).execute()
  }
}

const postWelcomeLetters = async (tx: Tx, account: AccountRow): Promise<void> => {
  for (const [index, letter] of welcomeLetters.entries()) {
    const reply_id = `welcome-${account.id}-${index + 1}`
    const there = await tx.db.selectFrom('account_update').select('seq').where('reply_id', '=', reply_id).executeTakeFirst()
    if (there !== undefined) continue
    const { facilityId, number, subject, body } = letter
    await tell(tx, replyUpdate({ account_id: account.id, key: null, reply_id, facility_id: facilityId, number, subject, body, at: tx.now }))
  }
}
