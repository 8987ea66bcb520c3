import { ref } from 'vue'

const app = 'Epistle'
const current = ref('')
/** Shown instead while the screen is locked: a letter's subject in the task bar would be read by everybody. */
let cover: string | null = null

const show = (): void => {
  const title = cover ?? current.value
  document.title = title ? `${title} - ${app}` : app
}

/** The window's title: "Drafts - Epistle". Screens whose name depends on their content call this themselves. */
export const setScreenTitle = (title: string): void => {
  current.value = title
  show()
}

/** @param title stands in for every other until it is taken away with null */
export const coverScreenTitle = (title: string | null): void => {
  cover = title
  show()
}

/** What assistive technology hears when a screen opens. */
export const screenTitle = current

/**
 * Puts the focus on the screen's heading. A screen may show its heading a moment later (it is loaded lazily or waits
 * for an answer), so this waits for it a little, and gives way as soon as the person has gone somewhere themselves.
 */
export const focusHeading = (withinMs = 2000): void => {
  const before = document.activeElement
  const started = performance.now()
  const attempt = (): void => {
    const active = document.activeElement
    if (active !== before && active !== document.body && active !== null) return
    const heading = document.querySelector('main h1, h1')
    if (heading instanceof HTMLElement) {
      if (!heading.hasAttribute('tabindex')) heading.setAttribute('tabindex', '-1')
      heading.focus({ preventScroll: true })
      return
    }
    if (performance.now() - started < withinMs) requestAnimationFrame(attempt)
  }
  requestAnimationFrame(attempt)
}
