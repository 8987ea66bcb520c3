import type { LeftOut } from '../contract/documents'
import { normaliseText } from './text'

/**
 * A document's text as it comes into a letter.
 * @param spaced an empty line between paragraphs, where the document parted them by spacing alone; items of a list stay together
 * @returns plain text, no space at line ends, at most two empty lines in a row
 * Source: S0 step 12 (texts are composed in a separate document).
 */
export const documentText = (text: string, spaced: boolean): string => {
  const lines = normaliseText(text).split('\n').map((line) => line.replace(/[^\S\n]+$/u, ''))
  const parted = spaced ? lines.flatMap((line, index) => (index > 0 && !(isItem(line) && isItem(lines[index - 1] ?? '')) ? ['', line] : [line])) : lines
  return parted.join('\n').replace(/\n{4,}/g, '\n\n\n').replace(/^\n+|\n+$/g, '')
}

const isItem = (line: string): boolean => /^\s*(-|\d+\.|\[\d+\]|\[[ x]\]) /u.test(line) || line.includes('\t')

/**
 * Signs that many kiosks and printers show as an empty box: pictures among the letters (emoji) and signs of a private font.
 * @returns how many, each family of joined signs counted once
 */
export const countRiskySigns = (text: string): number =>
  text.match(/\p{Extended_Pictographic}(?:[\ufe0f\u{1f3fb}-\u{1f3ff}]|\u200d\p{Extended_Pictographic})*|[\p{Co}\ufffd]/gu)?.filter((sign) => !/^[©®™‼⁉]$/u.test(sign)).length ?? 0

/**
 * What a paste from Word, a page or a mail brought besides its words. Only counts what is in the clipboard's HTML; nothing of it is ever shown.
 * @param html the clipboard's `text/html`, or empty
 */
export const leftOutOfPaste = (html: string): LeftOut => {
  // Word repeats every picture in a comment for its own use.
  const shown = html.replace(/<!--[\s\S]*?-->/g, '')
  const count = (pattern: RegExp): number => shown.match(pattern)?.length ?? 0
  const found: LeftOut = {
    pictures: count(/<(?:img|svg|picture)[\s>]/gi),
    links: count(/<a\s[^>]*href\s*=/gi),
    tables: count(/<table[\s>]/gi),
    formatting: /<(?:b|strong|i|em|u|h[1-6]|font|span|li|s|sup|sub)[\s>]/i.test(shown) ? 1 : 0
  }
  return Object.fromEntries(Object.entries(found).filter(([, times]) => times > 0))
}
