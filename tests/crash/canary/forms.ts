/** How one text may stand in a file: in other encodings, in hexadecimal, in base 64 at each of its three beginnings. */
export type Needle = { readonly form: string; readonly bytes: Buffer }

/** The middle of a text in base 64, which is the same wherever the text begins in the encoded whole. */
const inBase64 = (bytes: Buffer): readonly Needle[] =>
  [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes])
    const whole = padded.toString('base64').replace(/=+$/u, '')
    const start = Math.ceil((shift * 8) / 6)
    const end = Math.floor((padded.length * 8) / 6) - (padded.length % 3 === 0 ? 0 : 1)
    const middle = whole.slice(start, end)
    if (middle.length < 6) return []
    const plain = { form: `base64+${shift}`, bytes: Buffer.from(middle, 'latin1') }
    const urlSafe = middle.replaceAll('+', '-').replaceAll('/', '_')
    return urlSafe === middle ? [plain] : [plain, { form: `base64url+${shift}`, bytes: Buffer.from(urlSafe, 'latin1') }]
  })

const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16()

/** @returns every form looked for; texts of letters also in lower and upper case */
export const formsOf = (text: string): readonly Needle[] => {
  const spellings = [...new Set([text, text.toLowerCase(), text.toUpperCase(), JSON.stringify(text).slice(1, -1), encodeURIComponent(text)])]
  const plain = spellings.flatMap((spelling, index) => [
    { form: `utf-8/${index}`, bytes: Buffer.from(spelling, 'utf8') },
    { form: `utf-16le/${index}`, bytes: Buffer.from(spelling, 'utf16le') },
    { form: `utf-16be/${index}`, bytes: swapped(Buffer.from(spelling, 'utf16le')) }
  ])
  const bytes = Buffer.from(text, 'utf8')
  const hex = bytes.toString('hex')
  const wide = Buffer.from(text, 'utf16le')
  return [
    ...plain,
    { form: 'hex', bytes: Buffer.from(hex, 'latin1') },
    { form: 'HEX', bytes: Buffer.from(hex.toUpperCase(), 'latin1') },
    { form: 'hex of utf-16', bytes: Buffer.from(wide.toString('hex'), 'latin1') },
    { form: 'backwards', bytes: Buffer.from([...text].reverse().join(''), 'utf8') },
    ...inBase64(bytes),
    ...inBase64(wide)
  ]
}

const isWordByte = (byte: number | undefined): boolean => byte !== undefined && ((byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || '+/=_-.:$'.includes(String.fromCharCode(byte)))

/** Whether the digits stand alone somewhere: nothing that could belong to a longer number, hash or code touches them. */
export const standsAlone = (haystack: Buffer, digits: string): boolean => {
  const needle = Buffer.from(digits, 'latin1')
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + 1)) {
    if (!isWordByte(haystack[at - 1]) && !isWordByte(haystack[at + needle.length])) return true
  }
  return false
}
