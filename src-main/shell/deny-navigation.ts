import type { WebContents } from 'electron'
import { appOrigin } from './app-scheme'

const ourPage = `${appOrigin}/index.html`

/** There is one page; its screens differ after the `#`. */
const isOurs = (address: string): boolean => {
  try {
    const url = new URL(address)
    return `${url.protocol}//${url.host}${url.pathname}` === ourPage
  } catch {
    return false
  }
}

/** A window stays on our own page whatever a dropped file, a link, a form or a redirect wants (checklist 13). */
export const denyNavigation = (contents: WebContents): void => {
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  // Chromium asks nobody before it goes to about:blank, so the way leads back.
  contents.on('did-navigate', (_event, address) => {
    if (!isOurs(address)) void contents.loadURL(ourPage)
  })
}
