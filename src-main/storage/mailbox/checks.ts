import type { Connection } from '../open'
import type { StatementSource } from '../statements'
import { photoIdOf } from './photos'

/** One letter with everything the rules of sending hang on; null where a part is missing. */
export type LetterFacts = {
  readonly seq: number
  readonly letterId: string
  readonly facilityId: string
  readonly number: string
  readonly subject: string
  readonly body: string
  readonly prepaidReply: boolean
  /** The photos that were confirmed with it, by their hashes. */
  readonly photos: readonly string[]
  readonly status: string | null
  readonly key: string | null
  readonly payloadHash: string | null
  readonly stamps: number | null
  readonly state: string | null
  readonly attempts: number | null
  readonly receipt: string | null
  readonly confirmedHash: string | null
  readonly confirmedStamps: number | null
  readonly reserves: number
  /** Of all reservations with this key, in stamps. */
  readonly reserved: number
  /** How the reservation ended: `post`, `void`, `cancel`, several joined by commas, or null. */
  readonly settledBy: string | null
}

export type LedgerFacts = {
  readonly seq: number
  readonly walletId: string
  readonly reason: string
  readonly from: string
  readonly to: string
  readonly amount: number
  /** Where the delivery that the line is about stands; null where the line is about none. */
  readonly state: string | null
}

/** The triggers that hold the rules in the schema itself; without one of them a bug would no longer fail loudly. */
const guards = [
  'draft_text_revision_rises', 'letter_frozen', 'letter_kept', 'delivery_begins', 'delivery_fixed', 'delivery_edges', 'delivery_kept',
  'letter_event_fixed', 'letter_event_kept', 'confirmation_fixed', 'confirmation_kept', 'ledger_fixed', 'ledger_kept',
  'ledger_settles_a_reserve', 'ledger_reserves_what_is_there', 'ledger_sums', 'purchase_settles_once', 'purchase_kept', 'reply_frozen',
  'activity_fixed', 'activity_kept', 'photo_fixed', 'letter_photo_fixed', 'letter_photo_kept', 'letter_photo_in_time'
] as const

/** Of these a delivery has its own, and the schema refuses a second: one delivery for a letter, one letter for a key, one for a receipt. */
const single = ['letter_id', 'key', 'receipt'] as const

const facts = `l.seq, l.id AS letterId, l.facility_id AS facilityId, l.number, l.subject, l.body, l.prepaid_reply AS prepaidReply, s.state AS status,
  d.key, d.payload_hash AS payloadHash, d.stamps, d.state, d.attempts, d.receipt, c.payload_hash AS confirmedHash, c.stamps AS confirmedStamps,
  (SELECT group_concat(h.photo_id ORDER BY h.place) FROM letter_photo h JOIN photo p ON p.id = h.photo_id WHERE h.letter_seq = l.seq) AS photos,
  (SELECT count(*) FROM ledger WHERE reason = 'reserve' AND reference = d.key) AS reserves,
  (SELECT coalesce(sum(amount), 0) FROM ledger WHERE reason = 'reserve' AND reference = d.key) AS reserved,
  (SELECT group_concat(reason) FROM ledger WHERE reason IN ('post', 'void', 'cancel') AND reference = d.key) AS settledBy`
const parts = 'LEFT JOIN delivery d ON d.letter_id = l.id LEFT JOIN letter_status s ON s.letter_id = l.id LEFT JOIN confirmation c ON c.letter_id = l.id'

type PhotoRow = { readonly id: string; readonly bytes: Uint8Array }
type Row = Omit<LetterFacts, 'prepaidReply' | 'photos'> & { readonly prepaidReply: number; readonly photos: string | null }
const toFacts = (rows: unknown): readonly LetterFacts[] => (rows as Row[]).map((row) => ({ ...row, prepaidReply: row.prepaidReply === 1, photos: row.photos?.split(',') ?? [] }))

/** What the invariants look at (reliability.md §5): reads only, in slices that a caller bounds. @param file the same file, for what SQLite itself checks */
export const checkTable = (connection: StatementSource, file: Pick<Connection, 'pragma'>) => {
  const one = connection.prepare(`SELECT ${facts} FROM letter l ${parts} WHERE l.id = ?`)
  const unsettled = connection.prepare(`SELECT ${facts} FROM delivery w INDEXED BY delivery_due JOIN letter l ON l.id = w.letter_id ${parts}
    WHERE w.state IN ('QUEUED', 'SENDING')`)
  const letters = connection.prepare(`SELECT ${facts} FROM letter l ${parts} WHERE l.seq > ? ORDER BY l.seq LIMIT ?`)
  const ledger = connection.prepare(`SELECT b.seq, b.wallet_id AS walletId, b.reason, b.from_account AS "from", b.to_account AS "to", b.amount, d.state
    FROM ledger b LEFT JOIN delivery d ON d.key = b.reference AND b.reason IN ('reserve', 'post', 'void', 'cancel') WHERE b.seq > ? ORDER BY b.seq LIMIT ?`)
  const ends = connection.prepare(`SELECT (SELECT coalesce(max(seq), 0) FROM letter) AS letter, (SELECT coalesce(max(seq), 0) FROM ledger) AS ledger,
    (SELECT coalesce(max(seq), 0) FROM activity) AS activity`)
  const waiting = connection.prepare(`SELECT wallet_id AS walletId, sum(stamps) AS stamps FROM delivery WHERE state IN ('QUEUED', 'SENDING') GROUP BY wallet_id`)
  const guarded = connection.prepare(`SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name IN (SELECT value FROM json_each(?))`).pluck()
  const keptSingle = connection.prepare(`SELECT count(DISTINCT name) FROM
    (SELECT min(c.name) AS name FROM pragma_index_list('delivery') i, pragma_index_info(i.name) c WHERE i."unique" = 1 AND i.partial = 0 GROUP BY i.name HAVING count(*) = 1)
    WHERE name IN (SELECT value FROM json_each(?))`).pluck()
  const purchases = connection.prepare(`SELECT p.rowid AS place,
      (p.state = 'added' AND b.amount IS NOT p.stamps) OR (p.state IN ('declined', 'cancelled') AND b.seq IS NOT NULL) AS isOdd
    FROM purchase p LEFT JOIN ledger b ON b.reason = 'purchase' AND b.reference = p.key WHERE p.rowid > ? ORDER BY p.rowid LIMIT ?`)
  const tables = connection.prepare(`SELECT name, wr AS isKeyed FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'photo' ORDER BY name`)
  const photosOf = connection.prepare('SELECT p.id, p.bytes FROM letter l JOIN letter_photo h ON h.letter_seq = l.seq JOIN photo p ON p.id = h.photo_id WHERE l.id = ?')
  const nextPhoto = connection.prepare('SELECT rowid AS place, id, bytes FROM photo WHERE rowid > ? ORDER BY rowid LIMIT 1')
  const isSmall = (table: string, isKeyed: number, rows: number): boolean => {
    const size = isKeyed === 1 ? `count(*) FROM (SELECT 1 FROM "${table}" LIMIT ${rows + 1})` : `coalesce(max(rowid), 0) FROM "${table}"`
    return (connection.prepare(`SELECT ${size}`).pluck().get() as number) <= rows
  }
  return {
    letter: (letterId: string): LetterFacts | null => toFacts([one.get(letterId)].filter((row) => row !== undefined))[0] ?? null,
    unsettledLetters: (): readonly LetterFacts[] => toFacts(unsettled.all()),
    lettersAfter: (seq: number, limit: number): readonly LetterFacts[] => toFacts(letters.all(seq, limit)),
    ledgerAfter: (seq: number, limit: number): readonly LedgerFacts[] => ledger.all(seq, limit) as LedgerFacts[],
    ends: (): { readonly letter: number; readonly ledger: number; readonly activity: number } => ends.get() as { letter: number; ledger: number; activity: number },
    /** Stamps that waiting letters hold, by wallet. */
    waiting: (): ReadonlyMap<string, number> => new Map((waiting.all() as { walletId: string; stamps: number }[]).map((row) => [row.walletId, row.stamps])),
    isGuarded: (): boolean => guarded.get(JSON.stringify(guards)) === guards.length,
    /** Whether no two deliveries can share a letter, a key or a receipt. */
    keepsSingle: (): boolean => keptSingle.get(JSON.stringify(single)) === single.length,
    /** Purchases after a place. `isOdd`: called added without its stamps, or called off with them. */
    purchasesAfter: (place: number, limit: number): readonly { readonly place: number; readonly isOdd: boolean }[] =>
      (purchases.all(place, limit) as { place: number; isOdd: number }[]).map((row) => ({ place: row.place, isOdd: row.isOdd === 1 })),
    /** Whether each photo of a letter that is to leave is what was confirmed: the bytes that its hash is of. */
    hasItsPhotos: (letterId: string): boolean => (photosOf.all(letterId) as PhotoRow[]).every(({ id, bytes }) => photoIdOf(bytes) === id),
    /** One photo after a place, which is read whole. `isItself`: its bytes are those its name is the hash of, or it is known to be lost. Null: there is no more. */
    photoAfter: (place: number): { readonly place: number; readonly isItself: boolean } | null => {
      const photo = nextPhoto.get(place) as (PhotoRow & { readonly place: number }) | undefined
      return photo === undefined ? null : { place: photo.place, isItself: photo.bytes.length === 0 || photoIdOf(photo.bytes) === photo.id }
    },
    /** Tables whose pages and indexes one look can go through without holding anybody up. Photos are looked at one by one. @param rows at most */
    smallTables: (rows: number): readonly string[] =>
      (tables.all() as { name: string; isKeyed: number }[]).filter(({ name, isKeyed }) => isSmall(name, isKeyed, rows)).map(({ name }) => name),
    /** @returns whether SQLite finds the table, its indexes and its references in order */
    isTableWhole: (table: string): boolean =>
      file.pragma(`integrity_check("${table}")`, { simple: true }) === 'ok' && (file.pragma(`foreign_key_check("${table}")`) as unknown[]).length === 0
  }
}
