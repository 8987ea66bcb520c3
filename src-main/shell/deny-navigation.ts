import type { WebContents } from 'electron'
import { appOrigin } from './app-scheme'

const ourPage = `${appOrigin}/index.html`

/** There is one page; its screens differ after the `#`. */
const isPage = (address: string, page: string): boolean => {
  try {
    const url = new URL(address)
    return `${url.protocol}//${url.host}${url.pathname}` === page
  } catch {
    return false
  }
}

/** A window stays on its own page whatever a dropped file, a link, a form or a redirect wants (checklist 13). @param page the app's, or the one for paper */
export const denyNavigation = (contents: WebContents, page = ourPage): void => {
  const isOurs = (address: string): boolean => isPage(address, page)
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
    if (!isOurs(address)) void contents.loadURL(page)
  })
}
