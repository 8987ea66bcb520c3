import type { WebContents } from 'electron'

/** There is no webview in this app, so none may be attached (checklist 11 and 12). */
export const denyWebviews = (contents: WebContents): void => {
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
