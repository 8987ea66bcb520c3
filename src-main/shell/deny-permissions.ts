import type { Session } from 'electron'

/** Copying a code after a click is the one thing a page may do (checklist 5). */
const allowed = 'clipboard-sanitized-write'

/** Camera, microphone, place, notifications and the rest: refused without a question. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === allowed))
  session.setPermissionCheckHandler((_contents, permission) => permission === allowed)
  session.setDevicePermissionHandler(() => false)
}
