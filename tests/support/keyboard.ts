/** A person who has no mouse: everything is reached with Tab and done with Enter, Space, arrows and letters. */
import { expect, type Locator, type Page } from 'playwright/test'

/** More stops than any screen has; whoever needs more is going round in a circle. */
const mostStops = 120

const isFocused = (target: Locator): Promise<boolean> => target.evaluate((element) => element === document.activeElement)

export class Keyboard {
  readonly #page: () => Page

  constructor(page: () => Page) {
    this.#page = page
  }

  async key(name: string): Promise<void> {
    await this.#page().keyboard.press(name)
  }

  /** Tab, or Shift+Tab, until the focus is there. Fails when it cannot be reached. */
  async goTo(target: Locator, direction: 'forward' | 'back' = 'forward'): Promise<void> {
    await expect(target).toBeVisible()
    for (let stops = 0; stops < mostStops; stops += 1) {
      if (await isFocused(target)) return
      await this.key(direction === 'forward' ? 'Tab' : 'Shift+Tab')
    }
    throw new Error(`${mostStops} times Tab did not reach ${target}`)
  }

  /** What stands in a line already is marked when Tab arrives there, and typed over. */
  async write(field: Locator, text: string): Promise<void> {
    await this.goTo(field)
    await this.#page().keyboard.type(text)
    await expect(field).toHaveValue(text)
  }

  /** Down the list until the choice that begins with these words. */
  async choose(list: Locator, words: string): Promise<void> {
    await this.goTo(list)
    const labels = await list.evaluate((element) => [...(element as HTMLSelectElement).options].map((option) => option.text))
    const wanted = labels.findIndex((label) => label.startsWith(words))
    expect(wanted, `"${words}" is offered`).toBeGreaterThanOrEqual(0)
    const chosen = (): Promise<number> => list.evaluate((element) => (element as HTMLSelectElement).selectedIndex)
    for (let now = await chosen(); now !== wanted; now = await chosen()) await this.key(now < wanted ? 'ArrowDown' : 'ArrowUp')
  }

  /** A checkbox or a radio button. */
  async tick(box: Locator): Promise<void> {
    await this.goTo(box)
    await this.key('Space')
    await expect(box).toBeChecked()
  }

  /** A button. */
  async press(button: Locator): Promise<void> {
    await this.goTo(button)
    await this.key('Enter')
  }

  async follow(link: Locator): Promise<void> {
    await this.goTo(link, 'back')
    await this.key('Enter')
  }
}
