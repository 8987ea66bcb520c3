import type { Problem, Problems } from '../contract/problem-codes'
import { collectProblems, problem } from './problems'
import { countCodePoints } from './text'

/** RFC 5321: the longest address, and the longest part before the @, in characters. */
const longestAddress = 254
const longestLocalPart = 64
const longestLabel = 63

const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const domainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u
const topLabel = /^(?=.*\p{L})[\p{L}\p{M}\p{N}-]{2,}$/u
const edges = /^[\s\p{Cf}\p{Cc}]+|[\s\p{Cf}\p{Cc}]+$/gu

const trimmed = (text: string): string => text.replace(edges, '').normalize('NFC')

/**
 * An address as it is stored and compared: without spaces and invisible marks at its ends, NFC, lower case.
 * @returns the same text; doing it again changes nothing
 * Source: S2 (a space too many is the usual mistake), bad-inputs.md (already used, any case).
 */
export const normaliseEmail = (text: string): string => trimmed(trimmed(text).toLowerCase())

/**
 * Whether this is one usable address. Letters of any script are let through; see {@link emailSkeleton} for look-alikes.
 * @returns EMAIL_INVALID or null
 * Source: S0 step 4; bad-inputs.md (Sign-up).
 */
export const checkEmail = (text: string): Problem | null => (isAddress(normaliseEmail(text)) ? null : problem('EMAIL_INVALID'))

/**
 * The address and its repetition (S0 step 4: enter an email, then re-enter it). Typed twice means typed the same twice,
 * capitals included: a difference is a slip worth a second look (bad-inputs.md).
 * @returns EMAIL_INVALID on `email`, EMAILS_DIFFER on `confirmEmail`
 */
export const checkEmailPair = (email: string, confirm: string): Problems<'email' | 'confirmEmail'> =>
  collectProblems({
    email: checkEmail(email),
    confirmEmail: trimmed(email) === trimmed(confirm) ? null : problem('EMAILS_DIFFER')
  })

const isAddress = (address: string): boolean => {
  if (countCodePoints(address) > longestAddress) return false
  const parts = address.split('@')
  const [local, domain] = parts
  if (parts.length !== 2 || local === undefined || domain === undefined) return false
  if (countCodePoints(local) > longestLocalPart || !localPart.test(local)) return false
  const labels = domain.split('.')
  const top = labels.at(-1)
  return (
    labels.length >= 2 &&
    top !== undefined &&
    topLabel.test(top) &&
    labels.every((label) => countCodePoints(label) <= longestLabel && domainLabel.test(label))
  )
}

// Lower-case letters of other scripts that are read as a Latin one (chosen after Unicode TR39, Cyrillic, Greek, Armenian, Latin variants).
const lookAlikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', һ: 'h', н: 'h', і: 'i', ї: 'i', ј: 'j', к: 'k', ӏ: 'l', м: 'm', о: 'o', р: 'p', ԛ: 'q',
    г: 'r', ѕ: 's', т: 't', ц: 'u', ѵ: 'v', ԝ: 'w', х: 'x', у: 'y', ү: 'y', ё: 'e', ѐ: 'e',
    α: 'a', β: 'b', ϲ: 'c', ε: 'e', η: 'n', ι: 'i', κ: 'k', μ: 'm', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', γ: 'y', ω: 'w', σ: 'o', ϳ: 'j',
    ա: 'w', զ: 'q', հ: 'h', ո: 'n', ս: 'u', օ: 'o', ց: 'g', յ: 'j',
    ı: 'i', ɩ: 'i', ɑ: 'a', ɡ: 'g', ʏ: 'y', ɪ: 'i', ƅ: 'b'
  })
)

/**
 * What an address looks like: letters of other scripts that are read as Latin ones replaced by them, widths and accents folded.
 * Two addresses with the same skeleton but different spelling are one suspicious pair; a skeleton is never written to.
 * @returns a lower-case text for comparing only
 * Source: bad-inputs.md (Cyrillic look-alike held for the admin).
 */
export const emailSkeleton = (text: string): string =>
  Array.from(bareLetters(normaliseEmail(text.normalize('NFKC'))), (letter) => lookAlikes.get(letter) ?? letter).join('')

// Some marks that stand alone come apart into a space and the mark: what is left at the ends is trimmed once more.
const bareLetters = (text: string): string =>
  text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '').replace(edges, '')

const commonDomains = [
  'gmail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'icloud.com', 'aol.com', 'comcast.net', 'verizon.net', 'sbcglobal.net', 'bellsouth.net',
  'earthlink.net', 'charter.net', 'protonmail.com', 'live.com'
] as const
// Real providers that are one letter away from those above: never "corrected".
const otherRealDomains: ReadonlySet<string> = new Set([
  'mail.com', 'email.com', 'ymail.com', 'gmx.com', 'gmx.net', 'me.com', 'mac.com', 'msn.com', 'att.net', 'cox.net', 'googlemail.com', 'rocketmail.com', 'proton.me',
  'pm.me', 'zoho.com', 'hotmail.co', 'aim.com', 'fastmail.com', 'hushmail.com', 'juno.com', 'netzero.net', 'optonline.net', 'frontier.com', 'q.com', 'hey.com'
])
const slippedEndings: ReadonlyMap<string, string> = new Map([
  ['con', 'com'], ['cmo', 'com'], ['ocm', 'com'], ['vom', 'com'], ['xom', 'com'], ['comm', 'com'], ['cim', 'com'], ['ogr', 'org'], ['rog', 'org'], ['orgg', 'org'],
  ['og', 'org'], ['ent', 'net'], ['nte', 'net'], ['nett', 'net'], ['deu', 'edu']
])

/**
 * A gentle "did you mean …?" for a slip in the part after the @. A hint, never a refusal.
 * @returns the whole address as it was probably meant, or null
 * Source: S2 (double-check for typos).
 */
export const suggestEmail = (text: string): string | null => {
  const address = normaliseEmail(text)
  if (!isAddress(address)) return null
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const meant = meantDomain(domain)
  return meant === null || meant === domain ? null : `${address.slice(0, at)}@${meant}`
}

const meantDomain = (domain: string): string | null => {
  if (otherRealDomains.has(domain)) return null
  const dot = domain.lastIndexOf('.')
  const ending = slippedEndings.get(domain.slice(dot + 1))
  const mended = ending === undefined ? domain : `${domain.slice(0, dot)}.${ending}`
  const near = commonDomains.find((known) => known === mended) ?? commonDomains.find((known) => slips(known, mended) <= slipsAllowed(known))
  return near ?? mended
}

/** Short names have too many real neighbours (live.com, love.com) to be guessed from a slip. */
const slipsAllowed = (known: string): number => (known.length < 9 ? 0 : known.length < 11 ? 1 : 2)

/** Slips between two short words: letters added, left out, changed, or two neighbours swapped. */
const slips = (a: string, b: string): number => {
  if (Math.abs(a.length - b.length) > 2) return 3
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
