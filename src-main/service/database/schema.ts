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
    /** Of the password; of a one-use code while `code_until` is set. */
    password_hash: string
    /** Null where a coordinator made the account and no passcode was chosen yet. */
    passcode_hash: string | null
    first_name: string
    last_name: string
    street: string
    city: string
    state: string
    zip: string
    phone: string
    /** Null until the terms were accepted for the first time. */
    terms_version: string | null
    terms_at: number | null
    emessaging_version: string | null
    emessaging_at: number | null
    disabled: 0 | 1
    created_at: number
    site: Generated<string>
    coordinator: Generated<0 | 1>
    must_change_password: Generated<0 | 1>
    must_accept_terms: Generated<0 | 1>
    password_changed_at: Generated<number>
    last_sign_in_at: number | null
    /** Until when the one-use code of a coordinator stands in for a password; null where there is a password. */
    code_until: number | null
    /** The code's session has been used: it opens nothing any more. */
    code_used: Generated<0 | 1>
    second_step: Generated<SecondStep>
    /** The authenticator's secret, sealed; and one that waits for its first code. */
    totp_sealed: string | null
    totp_pending: string | null
    totp_last_step: number | null
    /** Wrong second steps in a row. */
    code_failures: Generated<number>
  }
  coordinator_site: { account_id: string; site: string }
  terms_acceptance: { account_id: string; document: 'terms' | 'emessaging'; version: string; at: number }
  /** What happened to an account, for its activity log (contract/activity.ts names the events). */
  account_event: {
    seq: Generated<number>
    account_id: string
    event: string
    details: string
    /** Which of its devices did it and knows already; null when it was somebody else or nobody was signed in. */
    device_id: string | null
    at: number
  }
  known_device: {
    account_id: string
    device_id: string
    name: string
    first_seen_at: number
    last_seen_at: number
    remember_hash: string | null
    remembered_until: number | null
    /** The last account_event this device was told and has confirmed by using its session. */
    told_to: Generated<number>
  }
  /** A sign-in whose password was right and whose second step is still owed. */
  waiting_sign_in: {
    token_hash: string
    account_id: string
    device_id: string
    device_name: string
    expires_at: number
    tries_left: number
    sends_left: number
    posted_method: 'email' | 'text' | null
    posted_key: string | null
    posted_until: number | null
  }
  printed_code: { account_id: string; selector: string; code_hash: string; used_at: number | null }
  /** By the keyed address, so that an unknown one is treated like any other. */
  reset_code: { email_key: string; code_key: string; expires_at: number; tries_left: number; asked: number; asked_since: number }
  password_history: { account_id: string; password_hash: string; at: number }
  security_answer: { account_id: string; position: number; question_id: string; answer_hash: string }
  /** Times on the steady clock, which nobody can set. */
  sign_in_guard: {
    email_key: string
    failures: number
    last_failure_at: number
    locks: number
    locked_until: number | null
    /** Locked until a coordinator unlocks. */
    until_coordinator: Generated<0 | 1>
  }
  session: {
    token_hash: string
    account_id: string
    device_id: string
    expires_at: number
    /** When the password was last shown in it; null for one that came back by a device's token. */
    proven_at: number | null
    /** It began with a password while a new one was owed already. */
    began_owing: Generated<0 | 1>
    /** It began with a one-use code. */
    by_code: Generated<0 | 1>
    /** A request has come with it: the answer that carried it has arrived. */
    used: Generated<0 | 1>
    /** The last account_event told with it. */
    told_to: Generated<number>
  }
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
    photos: number
    /** A photo will not get through, and the text will. */
    photo_removed: 0 | 1
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
/** How a sign-in is finished besides the password. */
export type SecondStep = 'off' | 'totp' | 'email' | 'text'
export type SessionRow = Selectable<Schema['session']>
export type AccountRow = Selectable<Schema['account']>
export type LetterRow = Selectable<Schema['letter']>
export type NewUpdate = Omit<Insertable<Schema['account_update']>, 'seq'>
