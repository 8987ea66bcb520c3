/** Reads a window from its top to its end, as somebody who scrolls: every word in it, and what it is built of. */
import type { Page } from 'playwright/test'

export type Reading = {
  /** Everything that can be read, in texts, fields, names and titles. */
  readonly words: string
  /** `tag attribute` of every element. */
  readonly parts: readonly string[]
  /** Addresses that lead, or ask, anywhere but into our own pages. */
  readonly foreign: readonly string[]
}

/** In the page: what is there now. */
export const look = (): Reading => {
  const words: string[] = [document.title, document.body.textContent ?? '']
  const parts = new Set<string>()
  const foreign: string[] = []
  for (const element of document.querySelectorAll('*')) {
    const tag = element.tagName.toLowerCase()
    parts.add(tag)
    for (const { name, value } of element.attributes) {
      parts.add(`${tag} ${name}`)
      if (['aria-label', 'title', 'placeholder', 'alt', 'aria-description'].includes(name)) words.push(value)
      if (['href', 'src', 'srcset', 'action', 'formaction', 'data', 'poster', 'background', 'ping', 'xlink:href'].includes(name) && !/^(#|\.?\/|app:\/\/parish\/|blob:app:\/\/parish\/|mailto:$)/.test(value)) foreign.push(`${tag} ${name}=${value}`)
      if (name === 'style' && /url\(|expression|@import|image-set/i.test(value)) foreign.push(`${tag} style=${value}`)
    }
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) words.push(element.value)
  }
  return { words: words.join('\n'), parts: [...parts], foreign }
}

/** In the page: scrolls whatever can be scrolled on by most of what is in sight. @returns whether anything moved */
const scrollOn = (): boolean => {
  let moved = false
  for (const element of [document.documentElement, ...document.querySelectorAll<HTMLElement>('#app *')]) {
    if (element.scrollHeight <= element.clientHeight + 2 || !/auto|scroll/.test(getComputedStyle(element).overflowY)) continue
    const before = element.scrollTop
    element.scrollTop = before + element.clientHeight * 0.8
    moved ||= element.scrollTop > before + 1
  }
  return moved
}

/** In the page. */
const toTheTop = (): void => {
  for (const element of [document.documentElement, ...document.querySelectorAll<HTMLElement>('#app *')]) if (element.scrollTop > 0) element.scrollTop = 0
}

/** What was read at two moments, together. */
export const join = (one: Reading, other: Reading): Reading => ({
  words: `${one.words}\n${other.words}`,
  parts: [...new Set([...one.parts, ...other.parts])],
  foreign: [...new Set([...one.foreign, ...other.foreign])]
})

/** @param settle how long rows that come into sight may take to be fetched, ms */
export const readPage = async (page: Page, settle = 50): Promise<Reading> => {
  await page.evaluate(toTheTop)
  await page.waitForTimeout(settle)
  let reading = await page.evaluate(look)
  while (await page.evaluate(scrollOn)) {
    await page.waitForTimeout(settle)
    reading = join(reading, await page.evaluate(look))
  }
  return reading
}
