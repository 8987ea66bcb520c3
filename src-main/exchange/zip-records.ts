/** The records of a ZIP file, as PKWARE's APPNOTE 6.3 has them; the numbers in brackets are its sections. */

export type WrittenEntry = {
  readonly name: string
  /** Milliseconds UTC. */
  readonly at: number
  /** Where its local header stands in the file. */
  readonly offset: number
  readonly crc: number
  /** Bytes before and after packing. */
  readonly size: number
  readonly packed: number
  /** Its bytes stand as they are: a photo is packed already. */
  readonly stored: boolean
  /** Its sizes were not known before its bytes: they stand behind them, and not in the local header. */
  readonly sizesFollow: boolean
  /** Its sizes have eight bytes instead of four. */
  readonly huge: boolean
}

const most16 = 0xffff
const most32 = 0xffffffff
const utf8Name = 1 << 11
const sizesBehind = 1 << 3
const methods = { stored: 0, deflated: 8 } as const
const version = 20
const version64 = 45
/** Made on a system with UNIX rights, which are read and write for the owner alone. */
const madeBy = (3 << 8) | version64
const ownersFile = 0o100600 * 2 ** 16

/**
 * Two seconds are its smallest step; local time, as every program shows it (4.4.6). A ZIP has no time before 1980: an older letter's file is from its first moment,
 * and the letter's own time stands in the file's name and in the letter.
 */
const dosTime = (at: number): { readonly date: number; readonly time: number } => {
  const day = new Date(Math.max(at, new Date(1980, 0, 1).getTime()))
  return {
    date: ((day.getFullYear() - 1980) << 9) | ((day.getMonth() + 1) << 5) | day.getDate(),
    time: (day.getHours() << 11) | (day.getMinutes() << 5) | (day.getSeconds() >> 1)
  }
}

type Field = readonly [bytes: 2 | 4 | 8, value: number]

const record = (fields: readonly Field[], ...rest: readonly Uint8Array[]): Buffer => {
  const head = Buffer.allocUnsafe(fields.reduce((sum, [bytes]) => sum + bytes, 0))
  let place = 0
  for (const [bytes, value] of fields) {
    if (bytes === 8) head.writeBigUInt64LE(BigInt(value), place)
    else head.writeUIntLE(value, place, bytes)
    place += bytes
  }
  return rest.length === 0 ? head : Buffer.concat([head, ...rest])
}

/** The Zip64 extended information of an entry (4.5.3). */
const wide = (values: readonly number[]): Buffer =>
  values.length === 0 ? Buffer.alloc(0) : record([[2, 1], [2, values.length * 8], ...values.map((value): Field => [8, value])])

const methodOf = ({ stored }: WrittenEntry): number => (stored ? methods.stored : methods.deflated)

const flagsOf = ({ sizesFollow }: WrittenEntry): number => utf8Name | (sizesFollow ? sizesBehind : 0)

/** Before the bytes of an entry (4.3.7). */
export const localHeader = (entry: WrittenEntry): Uint8Array => {
  const name = Buffer.from(entry.name, 'utf8')
  const { date, time } = dosTime(entry.at)
  const known = !entry.sizesFollow
  const extra = entry.huge ? wide([known ? entry.size : 0, known ? entry.packed : 0]) : wide([])
  const size = (value: number): number => (entry.huge ? most32 : known ? value : 0)
  return record(
    [
      [4, 0x04034b50], [2, entry.huge ? version64 : version], [2, flagsOf(entry)], [2, methodOf(entry)], [2, time], [2, date],
      [4, known ? entry.crc : 0], [4, size(entry.packed)], [4, size(entry.size)], [2, name.length], [2, extra.length]
    ],
    name,
    extra
  )
}

/** Behind the bytes of an entry whose sizes follow (4.3.9). */
export const descriptor = ({ crc, size, packed, huge }: WrittenEntry): Uint8Array => {
  if (!huge && Math.max(size, packed) > most32) throw new RangeError('an entry grew beyond the sizes it was begun with')
  return record([[4, 0x08074b50], [4, crc], [huge ? 8 : 4, packed], [huge ? 8 : 4, size]])
}

/** One line of the list at the end (4.3.12). */
export const centralRecord = (entry: WrittenEntry): Uint8Array => {
  const name = Buffer.from(entry.name, 'utf8')
  const { date, time } = dosTime(entry.at)
  const far = entry.offset >= most32
  const extra = wide([...(entry.huge ? [entry.size, entry.packed] : []), ...(far ? [entry.offset] : [])])
  return record(
    [
      [4, 0x02014b50], [2, madeBy], [2, entry.huge || far ? version64 : version], [2, flagsOf(entry)], [2, methodOf(entry)], [2, time], [2, date],
      [4, entry.crc], [4, entry.huge ? most32 : entry.packed], [4, entry.huge ? most32 : entry.size], [2, name.length], [2, extra.length],
      [2, 0], [2, 0], [2, 0], [4, ownersFile], [4, far ? most32 : entry.offset]
    ],
    name,
    extra
  )
}

/** The end of the file: how many entries there are, and where their list stands (4.3.14 to 4.3.16). */
export const endOfDirectory = ({ count, start, bytes }: { readonly count: number; readonly start: number; readonly bytes: number }): Uint8Array => {
  const wideEnd = count >= most16 || start >= most32 || bytes >= most32
  const place = start + bytes
  const zip64 = wideEnd
    ? record([
        [4, 0x06064b50], [8, 44], [2, madeBy], [2, version64], [4, 0], [4, 0], [8, count], [8, count], [8, bytes], [8, start],
        [4, 0x07064b50], [4, 0], [8, place], [4, 1]
      ])
    : Buffer.alloc(0)
  const few = Math.min(count, most16)
  return Buffer.concat([zip64, record([[4, 0x06054b50], [2, 0], [2, 0], [2, few], [2, few], [4, Math.min(bytes, most32)], [4, Math.min(start, most32)], [2, 0]])])
}
