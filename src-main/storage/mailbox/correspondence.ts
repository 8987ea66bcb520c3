import type { Message, MessageKind } from '../../contract/exchange'
import type { StatementSource } from '../statements'

/** Which messages: everybody's (null), or those with one person at these addresses. `until` is not included. */
export type Choice = { readonly contactIds: readonly string[] | null; readonly from: number | null; readonly until: number | null }

type Row = Omit<Message, 'photos'> & { readonly seq: number; readonly photos: string }
/** Where a reading stands: behind this time and number. */
type Mark = { readonly at: number; readonly seq: number }
/** Before every time there is: letters of an older archive may be from before 1970. */
const beginning: Mark = { at: Number.MIN_SAFE_INTEGER, seq: 0 }
type Bounds = { readonly from: number; readonly until: number; readonly at: number; readonly seq: number; readonly contactId: string | null; readonly limit: number }

const photosIn = (holder: string, which: string): string =>
  `(SELECT json_group_array(json_object('photoId', h.photo_id, 'name', h.name, 'type', p.type, 'bytes', length(p.bytes)) ORDER BY h.place) FROM ${holder} h JOIN photo p ON p.id = h.photo_id WHERE h.${which})`

const letterColumns = `l.seq, 'letter' AS kind, l.id, 'sent' AS direction, l.contact_id AS contactId, l.contact_name AS personName, l.number,
  l.facility_id AS facilityId, l.facility_name AS facilityName, l.subject, l.body, l.confirmed_at AS at, s.state, d.stamps, d.unit, d.receipt,
  NULL AS answers, NULL AS originId, ${photosIn('letter_photo', 'letter_seq = l.seq')} AS photos`
const letters = 'letter l JOIN delivery d ON d.letter_id = l.id JOIN letter_status s ON s.letter_id = l.id'
// What waits or was taken back is no letter of the archive yet.
const gone = `d.state = 'SENT'`

const replyColumns = `r.seq, 'reply' AS kind, r.id, 'received' AS direction, c.id AS contactId,
  coalesce(c.first_name || ' ' || c.last_name, r.sender_name) AS personName, r.number, r.facility_id AS facilityId,
  coalesce(json_extract(f.rules, '$.name'), r.facility_id) AS facilityName, r.subject, r.body, r.received_at AS at, NULL AS state, NULL AS stamps,
  NULL AS unit, NULL AS receipt, r.letter_id AS answers, NULL AS originId, '[]' AS photos`
const replies = `reply r LEFT JOIN contact c ON c.facility_id = r.facility_id AND c.number = r.number LEFT JOIN facility f ON f.id = r.facility_id`
const repliesOfContact = `contact c JOIN reply r ON r.facility_id = c.facility_id AND r.number = c.number LEFT JOIN facility f ON f.id = r.facility_id`

const importedColumns = `i.seq, 'imported' AS kind, i.id, i.direction, i.contact_id AS contactId, i.person_name AS personName, i.number, i.facility_id AS facilityId,
  i.facility_name AS facilityName, i.subject, i.body, i.at, i.state, i.stamps, i.unit, i.receipt, i.answers, i.origin_id AS originId,
  ${photosIn('imported_photo', 'message_seq = i.seq')} AS photos`

/** How many rows are read in one go: a megabyte of long letters, and no more. */
const pageRows = 40

/** Reads letters, answers and imported messages as one correspondence, oldest first, a page at a time: never more than a page of each is held. */
export const correspondenceReader = (connection: StatementSource) => {
  const between = (time: string): string => `${time} >= @from AND ${time} < @until`
  const onward = (time: string, seq: string): string => `${between(time)} AND (${time}, ${seq}) > (@at, @seq) ORDER BY ${time}, ${seq} LIMIT @limit`
  const sources = [
    {
      all: connection.prepare(`SELECT ${letterColumns} FROM ${letters} WHERE ${gone} AND ${onward('l.confirmed_at', 'l.seq')}`),
      ofContact: connection.prepare(`SELECT ${letterColumns} FROM ${letters} WHERE l.contact_id = @contactId AND ${gone} AND ${onward('l.confirmed_at', 'l.seq')}`),
      countAll: connection.prepare(`SELECT count(*) FROM letter l JOIN delivery d ON d.letter_id = l.id WHERE ${gone} AND ${between('l.confirmed_at')}`).pluck(),
      countOfContact: connection.prepare(`SELECT count(*) FROM letter l JOIN delivery d ON d.letter_id = l.id WHERE l.contact_id = @contactId AND ${gone} AND ${between('l.confirmed_at')}`).pluck()
    },
    {
      all: connection.prepare(`SELECT ${replyColumns} FROM ${replies} WHERE ${onward('r.received_at', 'r.seq')}`),
      ofContact: connection.prepare(`SELECT ${replyColumns} FROM ${repliesOfContact} WHERE c.id = @contactId AND ${onward('r.received_at', 'r.seq')}`),
      countAll: connection.prepare(`SELECT count(*) FROM reply r WHERE ${between('r.received_at')}`).pluck(),
      countOfContact: connection.prepare(`SELECT count(*) FROM ${repliesOfContact} WHERE c.id = @contactId AND ${between('r.received_at')}`).pluck()
    },
    {
      all: connection.prepare(`SELECT ${importedColumns} FROM imported i WHERE ${onward('i.at', 'i.seq')}`),
      ofContact: connection.prepare(`SELECT ${importedColumns} FROM imported i WHERE i.contact_id = @contactId AND ${onward('i.at', 'i.seq')}`),
      countAll: connection.prepare(`SELECT count(*) FROM imported i WHERE ${between('i.at')}`).pluck(),
      countOfContact: connection.prepare(`SELECT count(*) FROM imported i WHERE i.contact_id = @contactId AND ${between('i.at')}`).pluck()
    }
  ]
  const one = {
    letter: connection.prepare(`SELECT ${letterColumns} FROM ${letters} WHERE l.id = ?`),
    reply: connection.prepare(`SELECT ${replyColumns} FROM ${replies} WHERE r.id = ?`),
    imported: connection.prepare(`SELECT ${importedColumns} FROM imported i WHERE i.id = ?`)
  } satisfies Readonly<Record<MessageKind, unknown>>

  const boundsOf = (choice: Choice, contactId: string | null, mark: Mark): Bounds => ({
    from: choice.from ?? beginning.at,
    until: choice.until ?? Number.MAX_SAFE_INTEGER,
    contactId,
    limit: pageRows,
    ...mark
  })

  /** Each table, as often as there are addresses. */
  const streamsOf = ({ contactIds }: Choice) => sources.flatMap((source) => (contactIds ?? [null]).map((contactId) => ({ source, contactId })))

  const toMessage = (row: Row): Message => ({ ...row, photos: JSON.parse(row.photos) as Message['photos'] })

  /** The rows of one table, page by page. */
  const walk = function* ({ source, contactId }: ReturnType<typeof streamsOf>[number], choice: Choice): Generator<Row> {
    const statement = contactId === null ? source.all : source.ofContact
    let mark = beginning
    for (;;) {
      const rows = statement.all(boundsOf(choice, contactId, mark)) as Row[]
      yield* rows
      const last = rows.at(-1)
      if (last === undefined || rows.length < pageRows) return
      mark = last
    }
  }

  return {
    count: (choice: Choice): number =>
      streamsOf(choice).reduce((sum, { source, contactId }) => sum + ((contactId === null ? source.countAll : source.countOfContact).get(boundsOf(choice, contactId, beginning)) as number), 0),
    /** Oldest first. Reads as it is asked: between two messages anything may be written. */
    messages: function* (choice: Choice): Generator<Message> {
      const walks = streamsOf(choice).map((stream) => walk(stream, choice))
      const heads = walks.map((rows) => rows.next())
      for (;;) {
        let first = -1
        heads.forEach((head, index) => {
          const best = heads[first]
          if (head.done !== true && (best === undefined || best.done === true || head.value.at < best.value.at)) first = index
        })
        const head = heads[first]
        const rows = walks[first]
        if (head === undefined || rows === undefined || head.done === true) return
        yield toMessage(head.value)
        heads[first] = rows.next()
      }
    },
    /** One message, whatever its state. */
    get: (kind: MessageKind, id: string): Message | null => {
      const row = one[kind].get(id) as Row | undefined
      return row === undefined ? null : toMessage(row)
    }
  }
}
