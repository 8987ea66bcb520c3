import type { Session } from 'electron'

/** The app has no business on any network: only our own scheme and the blobs and devtools of our own pages load (checklist 1). */
export const denyNetwork = (session: Session): void => {
  session.webRequest.onBeforeRequest((details, answer) => {
    const local = details.url.startsWith('app://parish/') || details.url.startsWith('blob:app://parish/') || details.url.startsWith('devtools:')
    answer({ cancel: !local })
  })
}
