import type { WebContents } from 'electron'

/** A page cannot open windows; ours are opened by the shell (checklist 14). */
export const denyNewWindows = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
