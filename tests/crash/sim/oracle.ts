/**
 * What the people at the desk were told, and whether it is still true. Knows the tables, not the product's own checks: the
 * hash, the sums and the allowed steps are written here once more, so that one mistake cannot excuse itself.
 */
import type Database from 'better-sqlite3'
import { judgeAddedPhotos, judgeEachPhoto } from './judge-photos'
import type { Person } from './people'
import { prepared, sha256 } from './read'
import { nothingTold, type Told } from './told'

type Letter = {
  readonly seq: number
  readonly id: string
  readonly facility: string
  readonly number: string
  readonly subject: string
  readonly body: string
  readonly prepaid: number
  /** By their ids, in their order, with commas. */
  readonly photos: string
  readonly key: string
  readonly hash: string
  readonly wallet: string
  readonly stamps: number
  readonly state: string
  readonly attempts: number
  readonly receipt: string | null
  readonly reason: string | null
  readonly confirmedHash: string | null
}
type Line = { readonly seq: number; readonly wallet: string; readonly reason: string; readonly reference: string; readonly source: string; readonly target: string; readonly amount: number }
type ServiceLetter = { readonly key: string; readonly hash: string; readonly receipt: string; readonly stamps: number }

/** What was seen of a letter the last time: it may only go forward from there. */
type Seen = { readonly key: string; readonly text: string; readonly state: string; readonly attempts: number; readonly receipt: string | null }

const onward: Readonly<Record<string, readonly string[]>> = {
  QUEUED: ['QUEUED', 'SENDING', 'SENT', 'REJECTED', 'CANCELLED'],
  SENDING: ['SENDING', 'SENT', 'REJECTED'],
  SENT: ['SENT'],
  REJECTED: ['REJECTED'],
  CANCELLED: ['CANCELLED']
}
const settles: Readonly<Record<string, string>> = { SENT: 'post', REJECTED: 'void', CANCELLED: 'cancel' }

const canonicalHash = (letter: Letter): string => {
  const words = [letter.facility, letter.number, letter.subject.normalize('NFC'), letter.body.normalize('NFC'), letter.prepaid === 1, letter.stamps]
  return sha256(JSON.stringify(letter.photos === '' ? ['letter-1', ...words] : ['letter-2', ...words, letter.photos.split(',')]))
}

export const createOracle = (person: Person) => {
  let told = nothingTold()
  let seen = new Map<string, Seen>()
  /** Every key that was ever in this mailbox, and what it stood for: a key never changes its meaning, whatever is brought back. */
  const keys = new Map<string, string>()
  /** Going back to a copy has begun; whether it came about is seen in the mailbox: its log has a line about it that was never there before. */
  let goingBack: Memory | null = null
  const returns = new Set<string>()
  let lastSeq = { letter: 0, ledger: 0, activity: 0 }
  let lastHash = '0'.repeat(64)

  const fail = (invariant: string, what: string): string => `${invariant}: ${what} (${person.mark})`

  const readLetters = (mailbox: Database.Database): readonly Letter[] =>
    prepared(
        mailbox,
        `SELECT l.seq, l.id, l.facility_id AS facility, l.number, l.subject, l.body, l.prepaid_reply AS prepaid, d.key, d.payload_hash AS hash, d.wallet_id AS wallet,
           coalesce((SELECT group_concat(photo_id ORDER BY place) FROM letter_photo WHERE letter_seq = l.seq), '') AS photos,
           d.stamps, d.state, d.attempts, d.receipt, s.reason, c.payload_hash AS confirmedHash
         FROM letter l LEFT JOIN delivery d ON d.letter_id = l.id LEFT JOIN letter_status s ON s.letter_id = l.id LEFT JOIN confirmation c ON c.letter_id = l.id ORDER BY l.seq`
      )
      .all() as Letter[]
  const readService = (service: Database.Database) => ({
    letters: prepared(service, 'SELECT key, payload_hash AS hash, receipt_number AS receipt, stamps FROM letter WHERE account_id = ?').all(person.accountId) as ServiceLetter[],
    purchases: prepared(service, 'SELECT key, receipt_number AS receipt, stamps FROM purchase WHERE account_id = ?').all(person.accountId) as { key: string; receipt: string; stamps: number }[],
    ledger: prepared(service, 'SELECT reason, reference, amount FROM ledger WHERE account_id = ?').all(person.accountId) as { reason: string; reference: string; amount: number }[]
  })
  type Service = ReturnType<typeof readService>

  const judgeLetters = (letters: readonly Letter[], service: Service): string | null => {
    const there = new Map(service.letters.map((letter) => [letter.key, letter]))
    const byId = new Map(letters.map((letter) => [letter.id, letter]))
    for (const [id, text] of told.confirmed) {
      const letter = byId.get(id)
      if (letter === undefined) return fail('I1', `a confirmed letter is gone: ${id}`)
      if (letter.stamps > text.stamps) return fail('I13', `${id} costs ${letter.stamps}, and ${text.stamps} were shown`)
      if (letter.subject !== text.subject || letter.body !== text.body) return fail('I11', `a confirmed letter reads otherwise now: ${id}`)
      if (letter.photos !== text.photos.join(',')) return fail('I11', `a confirmed letter has other photos now: ${id}`)
      if (letter.stamps <= text.photos.length) return fail('I13', `${id} has ${text.photos.length} photos for ${letter.stamps} stamps`)
    }
    let seq = 0
    let untried: string | null = null
    for (const letter of letters) {
      seq += 1
      if (letter.state === 'QUEUED') untried = letter.id
      else if (letter.attempts > 0 && untried !== null) return fail('I15', `${letter.id} left before ${untried}, which was confirmed earlier`)
      if (letter.seq !== seq) return fail('I15', `letter ${seq} has number ${letter.seq}`)
      if (letter.key === null) return fail('I1', `a letter without its delivery: ${letter.id}`)
      const before = seen.get(letter.id)
      const text = `${letter.subject}\n${letter.body}\n${letter.photos}`
      if (before === undefined) {
        if (canonicalHash(letter) !== letter.hash) return fail('I10', `the hash of ${letter.id} is another letter's`)
        if (letter.confirmedHash !== letter.hash) return fail('I13', `${letter.id} was never confirmed like this`)
        if (!letter.body.startsWith(`${person.mark} `)) return fail('I14', `somebody else's letter: ${letter.id}`)
        const owner = keys.get(letter.key)
        if (owner !== undefined && owner !== letter.id) return fail('I9', 'a key was used twice')
        keys.set(letter.key, letter.id)
      } else {
        if (before.key !== letter.key) return fail('I9', `the key of ${letter.id} changed`)
        if (before.text !== text) return fail('I11', `the text of ${letter.id} changed`)
        if (!onward[before.state]?.includes(letter.state) || letter.attempts < before.attempts) return fail('I12', `${letter.id} went from ${before.state} ${before.attempts} to ${letter.state} ${letter.attempts}`)
        if (letter.state === 'CANCELLED' && letter.attempts > 0) return fail('I12', `${letter.id} was taken back after a try`)
      }
      const mail = there.get(letter.key)
      if (mail !== undefined && mail.hash !== letter.hash) return fail('I10', `the service has another text for ${letter.id}`)
      if (letter.state === 'SENT' && (mail === undefined || mail.receipt !== letter.receipt)) return fail('I3', `${letter.id} is called sent, and the service ${mail === undefined ? 'never had it' : 'gave another receipt'}`)
      if (letter.state === 'REJECTED' && letter.reason === 'BAD_REQUEST') return fail('I10', `what came to the service of ${letter.id} is not what was confirmed`)
      if (letter.state === 'REJECTED' && mail !== undefined) return fail('I2', `${letter.id} is called refused, and the service has it`)
      if (told.takenBack.has(letter.id) && mail !== undefined) return fail('I2', `${letter.id} was taken back, and went`)
      const receipt = told.receipts.get(letter.id)
      if (receipt !== undefined && receipt !== letter.receipt) return fail('I3', `the receipt of ${letter.id} was ${receipt} and is ${String(letter.receipt)}`)
      seen.set(letter.id, { key: letter.key, text, state: letter.state, attempts: letter.attempts, receipt: letter.receipt })
    }
    return null
  }

  /** Only with the mailbox open: what was confirmed and sent in one step, with a crash behind it, has not been seen before. */
  const judgeKeys = (service: Service): string | null => {
    const unknown = service.letters.find(({ key }) => !keys.has(key))
    if (unknown !== undefined) return fail('I13', 'the service has a letter that was never in the mailbox')
    const sentOnce = new Set(service.letters.map(({ key }) => keys.get(key)))
    return sentOnce.size === service.letters.length ? null : fail('I2', 'one letter went under two keys')
  }

  const judgeService = (service: Service): string | null => {
    if (new Set(service.letters.map(({ key }) => key)).size !== service.letters.length) return fail('I2', 'the service has a letter twice')
    if (service.letters.length > told.sends) return fail('I13', `${service.letters.length} letters went, ${told.sends} were confirmed`)
    if (service.purchases.length > told.buys) return fail('I7', `${service.purchases.length} charges for ${told.buys} purchases`)
    for (const receipt of told.added) if (!service.purchases.some((purchase) => purchase.receipt === receipt)) return fail('I7', `a purchase called added is unknown to the service: ${receipt}`)
    const taken = service.ledger.filter(({ reason }) => reason === 'message')
    if (new Set(taken.map(({ reference }) => reference)).size !== taken.length) return fail('I7', 'a letter was charged twice')
    const balance = service.ledger.reduce((sum, { amount }) => sum + amount, 0)
    const spent = service.letters.reduce((sum, { stamps }) => sum + stamps, 0)
    const bought = service.purchases.reduce((sum, { stamps }) => sum + stamps, 0)
    const given = service.ledger.filter(({ reason }) => reason === 'grant').reduce((sum, { amount }) => sum + amount, 0)
    if (balance !== given + bought - spent || balance < 0) return fail('I7', `the service holds ${balance}, not ${given} + ${bought} - ${spent}`)
    return null
  }

  const judgeLedger = (lines: readonly Line[], letters: readonly Letter[], kept: readonly { wallet_id: string; available: number; reserved: number; spent: number }[]): string | null => {
    const sums = new Map<string, Record<string, number>>()
    const byReference = new Map<string, Line[]>()
    let seq = 0
    for (const line of lines) {
      seq += 1
      if (line.seq !== seq) return fail('I15', `line ${seq} of the ledger has number ${line.seq}`)
      const wallet = sums.get(line.wallet) ?? { outside: 0, available: 0, reserved: 0, spent: 0 }
      wallet[line.source] = (wallet[line.source] ?? 0) - line.amount
      wallet[line.target] = (wallet[line.target] ?? 0) + line.amount
      sums.set(line.wallet, wallet)
      byReference.set(line.reference, [...(byReference.get(line.reference) ?? []), line])
    }
    for (const [name, wallet] of sums) {
      if (Object.values(wallet).reduce((sum, value) => sum + value, 0) !== 0) return fail('I4', `wallet ${name} does not add up to nothing`)
      const row = kept.find((one) => one.wallet_id === name)
      if (row?.available !== wallet['available'] || row?.reserved !== wallet['reserved'] || row?.spent !== wallet['spent']) return fail('I4', `wallet ${name} shows other sums than its lines`)
      if ((wallet['reserved'] ?? 0) < 0 || (wallet['available'] ?? 0) + (wallet['reserved'] ?? 0) < 0) return fail('I5', `wallet ${name} is below nothing`)
      const waiting = letters.filter((letter) => letter.wallet === name && ['QUEUED', 'SENDING'].includes(letter.state)).reduce((sum, letter) => sum + letter.stamps, 0)
      if (waiting !== wallet['reserved']) return fail('I6', `wallet ${name} has ${String(wallet['reserved'])} set aside for ${waiting}`)
    }
    for (const letter of letters) {
      if (letter.stamps === 0) continue
      const own = byReference.get(letter.key) ?? []
      if (own.filter(({ reason }) => reason === 'reserve').length !== 1) return fail('I8', `${letter.id} is not reserved once`)
      const ends = own.filter(({ reason }) => ['post', 'void', 'cancel'].includes(reason)).map(({ reason }) => reason)
      const wanted = settles[letter.state]
      if (ends.length > 1 || ends[0] !== wanted) return fail('I8', `${letter.id} is ${letter.state} and its reservation ${ends.join(' and ') || 'open'}`)
    }
    return null
  }

  const judgeActivity = (mailbox: Database.Database): string | null => {
    const rows = prepared(mailbox, 'SELECT seq, id, at, kind, event, details, previous, hash FROM activity WHERE seq > ? ORDER BY seq').all(lastSeq.activity) as Record<string, string | number>[]
    const count = prepared(mailbox, 'SELECT count(*) FROM activity').pluck().get() as number
    if (count !== lastSeq.activity + rows.length) return fail('I16', 'lines of the activity log are gone')
    for (const row of rows) {
      const hash = sha256(JSON.stringify([row['seq'], row['id'], row['at'], row['kind'], row['event'], row['details'], row['previous']]))
      if (row['previous'] !== lastHash || row['hash'] !== hash) return fail('I16', `the chain is broken at ${String(row['seq'])}`)
      // In this world nobody's hand breaks the records: what the app finds broken in them is either true or a false alarm.
      if (row['event'] === 'sendingStopped') return `the app stopped sending by itself: ${String(row['details'])} (${person.mark})`
      lastHash = hash
      lastSeq = { ...lastSeq, activity: Number(row['seq']) }
    }
    return null
  }

  const judgeDrafts = (mailbox: Database.Database): string | null => {
    const find = prepared(mailbox, 'SELECT revision, body FROM draft_text WHERE draft_id = ? ORDER BY slot DESC LIMIT 1')
    for (const [draftId, text] of told.saved) {
      const row = find.get(draftId) as { revision: number; body: string } | undefined
      if (row === undefined || row.revision < text.revision) return fail('I1', `a saved draft fell back: ${draftId}`)
      if (row.revision === text.revision && row.body !== text.body) return fail('I11', `a saved draft reads otherwise: ${draftId}`)
    }
    return null
  }

  const goBackTo = (then: Memory): void => {
    const { sends, buys, added, takenBack } = told
    // What was taken back stays so, also where the copy has it waiting.
    told = { ...copyOf(then.told), sends, buys, added, takenBack: new Set(takenBack) }
    seen = new Map(then.seen)
    lastSeq = then.lastSeq
    lastHash = then.lastHash
  }

  return {
    told: (): Told => told,
    /** A return to a copy is about to begin; it may come about or not. @param then what was known when the copy was made */
    mayGoBackTo: (then: Memory): void => {
      goingBack = then
    },
    /** Looks whether it came about, before anything else is told. */
    settleReturn: (mailbox: Database.Database): void => {
      const ids = prepared(mailbox, `SELECT id FROM activity WHERE event = 'mailboxRestored'`).pluck().all() as string[]
      if (goingBack !== null && ids.some((id) => !returns.has(id))) goBackTo(goingBack)
      goingBack = null
      ids.forEach((id) => returns.add(id))
    },
    /** Judges what can be seen just now. @param mailbox null while it is closed @returns the first thing that is wrong */
    judge: (mailbox: Database.Database | null, service: Database.Database): string | null => {
      const there = readService(service)
      if (mailbox === null) return judgeService(there)
      const owner = prepared(mailbox, `SELECT value FROM meta WHERE name = 'accountId'`).pluck().get()
      if (owner !== undefined && owner !== person.accountId) return fail('I14', `the mailbox is ${String(owner)}'s`)
      const letters = readLetters(mailbox)
      const lines = prepared(mailbox, 'SELECT seq, wallet_id AS wallet, reason, reference, from_account AS source, to_account AS target, amount FROM ledger ORDER BY seq').all() as Line[]
      const kept = prepared(mailbox, 'SELECT wallet_id, available, reserved, spent FROM wallet_balance').all() as { wallet_id: string; available: number; reserved: number; spent: number }[]
      if (letters.length < lastSeq.letter || lines.length < lastSeq.ledger) return fail('I15', 'rows that were there are gone')
      lastSeq = { ...lastSeq, letter: letters.length, ledger: lines.length }
      return judgeLetters(letters, there) ?? judgeKeys(there) ?? judgeService(there) ?? judgeLedger(lines, letters, kept) ?? judgeActivity(mailbox) ?? judgeDrafts(mailbox) ?? judgeAddedPhotos(mailbox, told)
    },
    /** After the drain: nothing waits, and both books hold the same. */
    judgeEnd: (mailbox: Database.Database, service: Database.Database): string | null => {
      const waiting = prepared(mailbox, `SELECT count(*) FROM delivery WHERE state IN ('QUEUED', 'SENDING')`).pluck().get() as number
      if (waiting > 0) return fail('I18', `${waiting} letters still wait after an hour of good weather`)
      const pending = prepared(mailbox, `SELECT count(*) FROM purchase WHERE state = 'pending'`).pluck().get() as number
      if (pending > 0) return fail('I18', `${pending} purchases still hang`)
      const ours = prepared(mailbox, 'SELECT coalesce(sum(available + reserved), 0) FROM wallet_balance').pluck().get() as number
      const theirs = readService(service).ledger.reduce((sum, { amount }) => sum + amount, 0)
      if (ours !== theirs) return fail('I7', `the mailbox counts ${ours} stamps, the service ${theirs}`)
      return null
    },
    /** I17, for both files. */
    judgeFiles: (...databases: readonly (Database.Database | null)[]): string | null => {
      for (const database of databases) {
        if (database === null) continue
        if (database.pragma('integrity_check', { simple: true }) !== 'ok') return fail('I17', 'integrity_check')
        if ((database.pragma('foreign_key_check') as unknown[]).length > 0) return fail('I17', 'foreign_key_check')
      }
      return null
    },
    /** Everything that is kept of photos. */
    judgePhotos: judgeEachPhoto,
    /** The mailbox is an older copy from now on: what was told since is not held against it, except what the service has. */
    remember: () => ({ told: copyOf(told), seen: new Map(seen), lastSeq, lastHash }),
    goBackTo
  }
}

export type Memory = { readonly told: Told; readonly seen: Map<string, Seen>; readonly lastSeq: { letter: number; ledger: number; activity: number }; readonly lastHash: string }
export type Oracle = ReturnType<typeof createOracle>

const copyOf = (told: Told): Told => ({
  ...told,
  confirmed: new Map(told.confirmed),
  takenBack: new Set(told.takenBack),
  receipts: new Map(told.receipts),
  saved: new Map(told.saved),
  photos: new Map([...told.photos].map(([draftId, photos]) => [draftId, new Set(photos)])),
  added: new Set(told.added)
})
