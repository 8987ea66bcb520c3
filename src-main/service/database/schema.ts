import type { Generated, Insertable, Selectable } from 'kysely'

/** The service's tables, as Kysely sees them. Times are integer ms UTC on the service's clock, money integer cents. */
export type Schema = {
  meta: { name: string; value: string }
  challenge: {
    id: string
    code: string
    expires_at: number
    wrong_answers: number
    state: 'open' | 'closed'
    /** The account made with it: the same sign-up asked again gets the same account. */
    account_id: string | null
  }
  account: {
    id: string
    email: string
    email_skeleton: string
    password_hash: string
    passcode_hash: string
    first_name: string
    last_name: string
    street: string
    city: string
    state: string
    zip: string
    phone: string
    terms_version: string
    terms_at: number
    emessaging_version: string | null
    emessaging_at: number | null
    disabled: 0 | 1
    created_at: number
  }
  password_history: { account_id: string; password_hash: string; at: number }
  security_answer: { account_id: string; position: number; question_id: string; answer_hash: string }
  sign_in_guard: { email_key: string; failures: number; last_failure_at: number; locks: number; locked_until: number | null }
  session: { token_hash: string; account_id: string; device_id: string; expires_at: number }
  device: { seq: Generated<number>; token_hash: string; account_id: string; device_id: string; made_at: number }
  person: {
    facility_id: string
    number: string
    first_name: string
    last_name: string
    status: PersonStatus
    /** ' word word 12345678': every word begins after a space, so one LIKE finds prefixes. */
    folded: string
    sort_key: string
    /** When a stay that is known to be short ends; null elsewhere. */
    leaves_at: number | null
  }
  registration: {
    account_id: string
    facility_id: string
    number: string
    standing: 'ready' | 'invited'
    code_key: string | null
    code_expires_at: number | null
    code_tries: number
    at: number
  }
  ledger: {
    seq: Generated<number>
    account_id: string
    wallet_id: string
    reason: 'purchase' | 'message' | 'grant'
    reference: string
    amount: number
    at: number
  }
  key_result: {
    account_id: string
    key: string
    kind: 'purchase' | 'letter'
    /** Null when the key was made void before anything came with it. */
    request_hash: string | null
    outcome: 'done' | 'refused' | 'void'
    answer: string
    at: number
  }
  purchase: {
    receipt_number: string
    account_id: string
    key: string
    facility_id: string
    package_id: string
    wallet_id: string
    stamps: number
    cents: number
    card_brand: string
    card_last4: string
    at: number
  }
  letter: {
    id: string
    account_id: string
    key: string
    facility_id: string
    number: string
    payload_hash: string
    characters: number
    stamps: number
    prepaid_reply: 0 | 1
    receipt_number: string
    state: LetterState
    submitted_at: number
    /** When the next thing happens to it; null when nothing will. */
    next_at: number | null
    /** What screening made of the text, and why: all that is kept of it. */
    verdict: Verdict
    finding: string | null
    language: 'en' | 'es'
  }
  account_update: {
    account_id: string
    seq: number
    kind: 'state' | 'reply'
    key: string | null
    state: LetterState | null
    reason: string | null
    reply_id: string | null
    facility_id: string | null
    number: string | null
    subject: string | null
    body: string | null
    at: number
  }
  post_item: { seq: Generated<number>; kind: 'email' | 'text'; recipient: string; subject: string; body: string; at: number }
}

export type PersonStatus = 'active' | 'transferred' | 'released' | 'suspended'
export type LetterState = 'submitted' | 'screening' | 'held' | 'approved' | 'delivered' | 'replied' | 'rejected' | 'undeliverable'
/** Let it through; hold it and let it through then; hold it and refuse it then. */
export type Verdict = 'pass' | 'hold' | 'refuse'
export type AccountRow = Selectable<Schema['account']>
export type LetterRow = Selectable<Schema['letter']>
export type NewUpdate = Omit<Insertable<Schema['account_update']>, 'seq'>
