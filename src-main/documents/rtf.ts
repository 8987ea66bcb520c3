import { decodeBytes } from './code-pages'
import { countLeftOut, Refused, type DocumentText, type LeftOutCount, type LeftOutKind } from './outcome'
import { codePageOf, rtfCharacters, rtfSilentGroups } from './rtf-words'

/** What holds inside one pair of braces. */
type Group = {
  readonly silent: boolean
  /** Fallback characters after each `\u`. */
  readonly unicodeSkip: number
  readonly hidden: boolean
  readonly font: number
  readonly fontCodePage: string | null
  readonly into: 'text' | 'note' | 'list' | 'instruction' | 'fonts'
}

const noteMark = 'footnote'
const deepest = 10_000

/**
 * The text of a Rich Text document. Own code, because the kept readers on npm leave a stray sign after every curly quote
 * (they do not honour `\uc`), or bring 12 MB and a DOM (ecosystem.md). One pass over the bytes, no recursion.
 * @throws Refused `unsafe` when it is cut off or its groups do not close
 */
export const readRtf = (bytes: Buffer): DocumentText => {
  const reader = createReader(bytes)
  reader.run()
  return reader.result()
}

const createReader = (bytes: Buffer) => {
  const leftOut: LeftOutCount = countLeftOut()
  const notes: string[] = []
  const out: Record<Group['into'], string> = { text: '', note: '', list: '', instruction: '', fonts: '' }
  const fontPages = new Map<number, string>()
  const stack: Group[] = []
  let group: Group = { silent: false, unicodeSkip: 1, hidden: false, font: -1, fontCodePage: null, into: 'text' }
  let documentPage = 'windows-1252'
  let pending: number[] = []
  let pendingPage = documentPage
  let skip = 0
  let at = 0
  let inRow = false
  let ignorable = false
  let formatting = false

  const flush = (): void => {
    if (pending.length === 0) return
    const text = decodeBytes(Uint8Array.from(pending), pendingPage)
    pending = []
    out[group.into] += text
  }
  const audible = (): boolean => !group.silent && !group.hidden
  const put = (text: string): void => {
    flush()
    if (audible()) out[group.into] += text
  }
  const putByte = (byte: number): void => {
    if (skip > 0) {
      skip -= 1
      return
    }
    if (!audible()) return
    const page = group.fontCodePage ?? documentPage
    if (page !== pendingPage) flush()
    pendingPage = page
    pending.push(byte)
  }
  const count = (kind: LeftOutKind): void => {
    if (!group.silent) leftOut.add(kind)
  }

  const open = (): void => {
    flush()
    if (stack.length > deepest) throw new Refused('unsafe')
    stack.push(group)
    skip = 0
  }
  const close = (): void => {
    flush()
    const before = stack.pop()
    if (before === undefined) throw new Refused('unsafe')
    if (group.into !== before.into) settle(group.into, before)
    group = before
    skip = 0
  }
  /** A group with a place of its own is over: what it held goes where it belongs. */
  const settle = (into: Group['into'], outer: Group): void => {
    const text = out[into]
    out[into] = ''
    if (into === 'note') {
      notes.push(text.trim())
      if (!outer.silent) out[outer.into] += `[${notes.length}]`
    } else if (into === 'list' && !outer.silent) {
      const mark = text.trim()
      out[outer.into] += /^[\p{L}\p{N}]/u.test(mark) ? `${mark} ` : mark === '' ? '' : '- '
    } else if (into === 'instruction' && /^\s*HYPERLINK/i.test(text)) leftOut.add('links')
  }

  const enter = (into: Group['into']): void => {
    flush()
    out[into] = ''
    group = { ...group, into, silent: false }
  }

  const word = (name: string, value: number | null): void => {
    const wasIgnorable = ignorable
    ignorable = false
    if (name in rtfCharacters) return put(rtfCharacters[name as keyof typeof rtfCharacters])
    switch (name) {
      case 'u': {
        flush()
        const unit = ((value ?? 0) + 65_536) % 65_536
        put(String.fromCharCode(unit))
        skip = group.unicodeSkip
        return
      }
      case 'uc':
        group = { ...group, unicodeSkip: Math.max(0, Math.min(255, value ?? 1)) }
        return
      case 'ansicpg':
        documentPage = codePageOf(value ?? 1252)
        return
      case 'f':
        flush()
        group = { ...group, font: value ?? 0, fontCodePage: group.into === 'fonts' ? null : (fontPages.get(value ?? 0) ?? null) }
        return
      case 'fcharset':
        if (group.into === 'fonts' && value !== null) fontPages.set(group.font, codePageOf(value, 'charset'))
        return
      case 'v':
        flush()
        group = { ...group, hidden: value !== 0 }
        return
      case 'deleted':
        flush()
        if (value !== 0) count('deletedText')
        group = { ...group, hidden: value !== 0 }
        return
      case 'b':
      case 'i':
      case 'ul':
        if (value !== 0 && audible() && group.into === 'text') formatting = true
        return
      case 'bin':
        at += Math.max(0, value ?? 0)
        if (at > bytes.length) throw new Refused('unsafe')
        return
      case 'trowd':
        if (!inRow) count('tables')
        inRow = true
        return
      case 'row':
        put('\n')
        return
      case 'pard':
        inRow = false
        return
      case 'fonttbl':
        return enter('fonts')
      case 'fldinst':
        return group.silent ? undefined : enter('instruction')
      case 'listtext':
      case 'pntext':
        return group.silent ? undefined : enter('list')
      case noteMark:
        return group.silent ? undefined : enter('note')
      case 'pict':
        count('pictures')
        break
      case 'object':
        count('embedded')
        break
      case 'annotation':
        count('comments')
        break
      case 'shptxt':
        count('shapes')
        break
    }
    if (/^(header|footer)[lrf]?$/.test(name)) count('headersAndFooters')
    if (rtfSilentGroups.has(name) || wasIgnorable || /^(header|footer)[lrf]?$/.test(name)) {
      flush()
      group = { ...group, silent: true }
    }
  }

  const control = (): void => {
    const sign = bytes[at]
    if (sign === undefined) throw new Refused('unsafe')
    if (isLetter(sign)) return controlWord()
    at += 1
    if (sign === 0x27) {
      const byte = Number.parseInt(bytes.toString('latin1', at, at + 2), 16)
      at += 2
      if (!Number.isNaN(byte)) putByte(byte)
    } else if (sign === 0x2a) ignorable = true
    else if (sign === 0x7e) put('\u00a0')
    else if (sign === 0x5f) put('-')
    else if (sign === 0x0a || sign === 0x0d) put('\n')
    else if (sign === 0x5c || sign === 0x7b || sign === 0x7d) putByte(sign)
  }

  const controlWord = (): void => {
    const start = at
    while (at < bytes.length && isLetter(bytes[at] as number) && at - start < 40) at += 1
    const name = bytes.toString('latin1', start, at)
    const numberStart = at
    if (bytes[at] === 0x2d) at += 1
    while (at < bytes.length && isDigit(bytes[at] as number) && at - numberStart < 12) at += 1
    const value = at > numberStart ? Number.parseInt(bytes.toString('latin1', numberStart, at), 10) : null
    if (bytes[at] === 0x20) at += 1
    word(name, Number.isNaN(value) ? null : value)
  }

  return {
    run: (): void => {
      while (at < bytes.length) {
        const byte = bytes[at] as number
        at += 1
        if (byte === 0x7b) open()
        else if (byte === 0x7d) {
          close()
          if (stack.length === 0) break
        } else if (byte === 0x5c) control()
        else if (byte !== 0x0a && byte !== 0x0d && byte !== 0) putByte(byte)
      }
      flush()
      if (stack.length > 0) throw new Refused('unsafe')
    },
    result: (): DocumentText => {
      const body = out.text.replace(/\n$/, '')
      if (formatting) leftOut.add('formatting')
      const lines = body.split('\n')
      const text = notes.length === 0 ? body : [body, '', ...notes.map((note, index) => `[${index + 1}] ${note}`)].join('\n')
      return { text, leftOut: leftOut.counts(), paragraphsTouch: lines.length > 1 && !lines.includes('') }
    }
  }
}

const isLetter = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
