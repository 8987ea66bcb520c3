/** What a screen must be for people who see badly, use a screen reader, or cannot hit small things. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'

/** Things axe finds serious or critical, each in one line: rule, what is wrong, where. */
export const axeFindings = async (page: Page): Promise<readonly string[]> => {
  // Electron cannot open the extra page that axe's newer way needs.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.failureSummary?.replace(/\s+/g, ' ') ?? ''}`))
}

/** Elements that stick out sideways, when the page can be scrolled to a side. */
export const sidewaysOverflow = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const scrolling = [document.scrollingElement, ...document.querySelectorAll('main, dialog[open]')].filter((element): element is Element => element !== null)
    return scrolling
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .flatMap((element) => {
        const edge = element.getBoundingClientRect().left + element.clientWidth
        const out = [...element.querySelectorAll('*')].filter((inner) => inner.getBoundingClientRect().right > edge + 1)
        return [`${element.tagName.toLowerCase()} is ${element.scrollWidth} wide in ${element.clientWidth}`, ...out.slice(-3).map((inner) => inner.outerHTML.slice(0, 160))]
      })
  })

/**
 * Buttons, links and fields lower than 44 px. A link inside a sentence may be as low as its line, at least 24 px (WCAG 2.5.8
 * leaves it out because making it higher would push lines apart); a checkbox or radio button counts with its label, which
 * answers to a click as it does.
 */
export const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const root = document.querySelector('dialog[open]') ?? document
    const shown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const offScreen = (element: Element): boolean => {
      const { clipPath, position } = getComputedStyle(element)
      return position === 'absolute' && clipPath !== 'none'
    }
    const inSentence = (element: Element): boolean => {
      const paragraph = element.closest('p, li, dd')
      const around = (paragraph?.textContent ?? '').replace(element.textContent ?? '', '').trim()
      return element.tagName === 'A' && getComputedStyle(element).display === 'inline' && around !== ''
    }
    const heightOf = (element: Element): number => {
      const ownLabel = element instanceof HTMLInputElement && /^(checkbox|radio)$/.test(element.type) ? (element.closest('label') ?? element.labels?.[0]) : null
      return (ownLabel ?? element).getBoundingClientRect().height
    }
    return [...root.querySelectorAll('button, a[href], input, select, textarea, summary, [role="button"], [role="switch"]')]
      .filter((element) => shown(element) && !offScreen(element))
      .filter((element) => Math.round(heightOf(element) * 10) / 10 < (inSentence(element) ? 24 : 44))
      .map((element) => `${Math.round(heightOf(element))} px: ${element.outerHTML.replace(/ data-v-\w+=""/g, '').slice(0, 160)}`)
  })

/**
 * Buttons a dialog ends with that are out of sight until it is scrolled. Only where they would leave less than half of it to
 * read may they scroll with the rest.
 */
export const buttonsOutOfSight = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    // What depends on a size is put right in the frame after.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const dialog = document.querySelector('dialog[open]')
    const row = dialog?.lastElementChild
    if (!dialog || !row || row.getBoundingClientRect().height * 2 >= dialog.clientHeight) return []
    const edge = dialog.getBoundingClientRect()
    return [...row.querySelectorAll('button')]
      .filter((button) => button.getBoundingClientRect().bottom > edge.bottom || button.getBoundingClientRect().top < edge.top)
      .map((button) => `out of sight: ${button.outerHTML.replace(/ data-v-\w+=""/g, '').slice(0, 160)}`)
  })
