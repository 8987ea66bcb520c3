import { commonPasswordText } from './common-passwords'
import { foldLetters } from './text'

/**
 * Passwords that thieves try first, lower case.
 * Source: ASVS 6.2.4 (the top 3,000 at least); the list and its licence are in common-passwords.ts.
 */
export const commonPasswords: ReadonlySet<string> = new Set(commonPasswordText.trim().split(/\s+/))

/** Words anybody who knows this app would try; with figures and signs around them they stay guessable (ASVS 6.2.11). */
const contextWords = [
  'securus', 'securustech', 'emessaging', 'epistle', 'parish', 'diocese', 'diocesan', 'ministry', 'prison', 'inmate', 'volunteer', 'letter', 'letters', 'stamp', 'stamps',
  'church', 'catholic', 'jesus', 'christ', 'bible', 'psalm', 'gospel', 'rosary', 'prayer', 'faith', 'blessed', 'amen', 'trinity', 'saint', 'easter', 'christmas', 'advent', 'lent',
  'password', 'passcode', 'welcome', 'login', 'letmein', 'changeme', 'admin', 'practice', 'test', 'user', 'hello', 'spring', 'summer', 'autumn', 'fall', 'winter',
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
  'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'my', 'the', 'and'
] as const
const onlyContextWords = new RegExp(`^(?:${[...contextWords].sort((a, b) => b.length - a.length).join('|')}){1,2}$`)

const rows = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertz', 'azerty', '01234567890123456789'] as const
const years = /^(?:19|20)\d\d[^a-z]{0,3}$/
const disguises: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i', '|': 'l', '+': 't' }

/**
 * Whether a password is one that thieves try first: on the list, on it once capitals, accents, disguises (`P@ssw0rd`) and a
 * short tail of figures or signs (`Password1!`, `Monkey2024`) are taken off, a word of this app's world with figures, a run
 * on the keyboard, a date, or fewer than four different characters.
 * @param password as typed
 * Source: ASVS 6.2.4 and 6.2.11; NIST SP 800-63B-4, 3.1.1.2 (compare against commonly used, expected or compromised values).
 */
export const isCommon = (password: string): boolean => {
  const plain = foldLetters(password)
  if (plain === '') return false
  if (new Set(plain).size < 4 || /^\d{1,8}$/.test(plain)) return true
  return variants(plain).some((word) => commonPasswords.has(word) || isRun(word)) || isContext(plain)
}

/** The password, its core without a short head and tail of figures and signs, and both undisguised. */
const variants = (plain: string): readonly string[] => {
  const withoutTail = plain.replace(/[^\p{L}]+$/u, '')
  const core = withoutTail.replace(/^[^\p{L}]+/u, '')
  const tail = plain.slice(withoutTail.length)
  const head = withoutTail.slice(0, withoutTail.length - core.length)
  const words = [plain]
  if (isWeakEnd(tail)) words.push(withoutTail)
  if (isWeakEnd(tail) && isWeakEnd(head)) words.push(core)
  return [...words, ...words.map(undisguise)]
}

const isWeakEnd = (end: string): boolean => end.length <= 4 || years.test(end) || isRun(end) || commonPasswords.has(end)

const isRun = (word: string): boolean =>
  word.length >= 4 && rows.some((row) => row.includes(word) || row.includes(Array.from(word).reverse().join('')))

const isContext = (plain: string): boolean =>
  [plain, undisguise(plain.replace(/[^\p{L}]+$/u, ''))].some((text) => onlyContextWords.test(text.replace(/[^\p{L}]/gu, '')))

const undisguise = (word: string): string => Array.from(word, (sign) => disguises[sign] ?? sign).join('')
