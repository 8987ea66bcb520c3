import type { Session } from 'electron'

/** A proxy where nobody listens (the port for discarding). */
const nowhere = { mode: 'fixed_servers', proxyRules: '127.0.0.1:9', proxyBypassRules: '<-loopback>' } as const

/** The app has no business on any network: only our own scheme and the blobs and devtools of our own pages load (checklist 1). */
export const denyNetwork = (session: Session): void => {
  session.webRequest.onBeforeRequest((details, answer) => {
    const local = details.url.startsWith('app://parish/') || details.url.startsWith('blob:app://parish/') || details.url.startsWith('devtools:')
    answer({ cancel: !local })
  })
  // What is no request, like WebRTC's relays over TCP, goes past that; it is sent nowhere.
  void session.setProxy(nowhere)
}
