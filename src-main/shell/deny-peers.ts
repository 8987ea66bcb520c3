import type { WebContents } from 'electron'

/** No page speaks to another computer directly. WebRTC's packets are no requests, so the rule for requests never sees them (checklist 1). */
export const denyPeers = (contents: WebContents): void => {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
