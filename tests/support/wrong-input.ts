/** Wrong entries, one after the other: each is refused in its own words, nothing else that was typed changes, and the page stays. */
import { expect, type Locator, type Page } from 'playwright/test'

export type Wrong = { readonly what: string; readonly value: string; readonly says: string }

/** Several entries that get the same sentence. */
export const wrong = (says: string, entries: Readonly<Record<string, string>>): readonly Wrong[] =>
  Object.entries(entries).map(([what, value]) => ({ what, value, says }))

/** What a person sees in every field of the page, by its label. */
const typed = (page: Page): Promise<Readonly<Record<string, string | boolean>>> =>
  page.getByRole('main').evaluate((main) =>
    Object.fromEntries(
      [...main.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea')].map((field) => [
        field.labels?.[0]?.textContent?.trim() ?? field.id,
        field instanceof HTMLInputElement && field.type === 'checkbox' ? field.checked : field.value
      ])
    )
  )

const literally = (words: string): RegExp => new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))

/** The sentence stands beside the field and leads there from the summary. */
export const expectRefused = async (field: Locator, says: string): Promise<void> => {
  await expect(field).toHaveAccessibleDescription(literally(says))
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field.page().getByRole('alert').getByRole('link', { name: says, exact: true }).first()).toBeVisible()
}

export type FieldTrial = {
  readonly field: Locator
  readonly entries: readonly Wrong[]
  /** What to put back afterwards. */
  readonly good: string
  /** A second field that must say the same (a repetition). */
  readonly twin?: Locator
  /** Labels of fields that lose what was typed, because it is secret or used up. */
  readonly cleared?: readonly string[]
  /** Before each try: what the try before has cleared. */
  readonly refill?: () => Promise<void>
}

/** @param send presses the button that would go on if nothing were wrong */
export const tryWrong = async (trial: FieldTrial, send: () => Promise<void>): Promise<void> => {
  const { field, entries, good, twin, cleared = [], refill } = trial
  const page = field.page()
  const heading = await page.getByRole('heading', { level: 1 }).textContent()
  for (const { what, value, says } of entries) {
    await refill?.()
    await field.fill(value)
    await twin?.fill(value)
    const before = await typed(page)
    await send()
    await expectRefused(field, says)
    const kept = { ...before, ...Object.fromEntries(cleared.map((label) => [label, ''])) }
    expect(await typed(page), `what was typed stays, with ${what}`).toEqual(kept)
    await expect(page.getByRole('heading', { level: 1 }), `the page stays, with ${what}`).toHaveText(heading ?? '')
  }
  await refill?.()
  await field.fill(good)
  await twin?.fill(good)
}
