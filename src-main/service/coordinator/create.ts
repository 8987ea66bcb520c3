import { emailSkeleton, checkEmail, normaliseEmail } from '../../rules/email'
import { checkName, normaliseName } from '../../rules/person'
import { checkLine } from '../../rules/problems'
import type { MessageInput } from '../../wire/messages'
import { transact, type Tx } from '../context'
import { nextNumber } from '../database/numbers'
import type { AccountRow } from '../database/schema'
import { note } from '../identity/account-log'
import { clearGuard, emailKeyOf } from '../identity/guard'
import { postCheckEmail, postCreatedFor } from '../identity/notices'
import { isTaken } from '../identity/sign-up'
import { makeCoordinator } from '../identity/sites'
import { done, problemsFrom, refuse } from '../outcome'
import { makeOneUseCode, type OneUseCode } from './one-use-code'
import { entryOf } from './people'
import { asCoordinator, nameOf, type CoordinatorCall } from './scope'

type Input = MessageInput<'coordinator.create'>
const longestSite = 100

/**
 * `coordinator.create`: an account with a one-use code instead of a password. A site that nobody belongs to yet is founded by
 * whoever first names it; one that others look after is closed.
 */
export const createPerson = asCoordinator<'coordinator.create'>(async (call, input) => {
  const problems = problemsFrom({
    email: checkEmail(input.email) ?? undefined,
    firstName: checkName(input.firstName) ?? undefined,
    lastName: checkName(input.lastName) ?? undefined,
    site: checkLine(input.site, longestSite) ?? undefined
  })
  if (problems !== undefined) return refuse('INVALID', { problems })
  if (await isTaken(call, input.email)) {
    return transact(call, async (tx) => {
      await postCheckEmail(tx, normaliseEmail(input.email))
      return refuse('CHECK_EMAIL')
    })
  }
  const made = await makeOneUseCode(call)
  return transact(call, async (tx) => {
    const site = await openSite(tx, call, normaliseName(input.site))
    if (site === null) return refuse('NOT_ALLOWED')
    const person = await insertPerson(tx, input, site, made)
    await clearGuard(tx, emailKeyOf(call, person.email))
    await note(tx, person.id, 'accountCreated', null, { by: call.by })
    await note(tx, call.account.id, 'personCreated', call.deviceId, { name: nameOf(person) })
    await postCreatedFor(tx, person, call.by)
    return done({ person: await entryOf(tx, call, person), code: made.code, codeUntil: made.codeUntil })
  })
})

/** @returns the site as it is written, or null when others look after it */
const openSite = async (tx: Tx, call: CoordinatorCall, named: string): Promise<string | null> => {
  const same = (site: string): boolean => site.toLowerCase() === named.toLowerCase()
  const own = call.sites.find(same)
  if (own !== undefined) return own
  const others = await tx.db.selectFrom('account').select('site').union(tx.db.selectFrom('coordinator_site').select('site')).execute()
  if (others.some(({ site }) => same(site)) || same('Practice')) return null
  await tx.db.insertInto('coordinator_site').values({ account_id: call.account.id, site: named }).execute()
  return named
}

const insertPerson = async (tx: Tx, input: Input, site: string, made: OneUseCode): Promise<AccountRow> => {
  const person = await tx.db
    .insertInto('account')
    .values({
      id: await nextNumber(tx, 'A'),
      email: normaliseEmail(input.email),
      email_skeleton: emailSkeleton(input.email),
      password_hash: made.hash,
      code_until: made.codeUntil,
      passcode_hash: null,
      first_name: normaliseName(input.firstName),
      last_name: normaliseName(input.lastName),
      street: '',
      city: '',
      state: '',
      zip: '',
      phone: '',
      terms_version: null,
      terms_at: null,
      emessaging_version: null,
      emessaging_at: null,
      disabled: 0,
      created_at: tx.now,
      password_changed_at: tx.now,
      site,
      must_change_password: 1,
      must_accept_terms: 1
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return input.coordinator ? makeCoordinator(tx, person) : person
}
