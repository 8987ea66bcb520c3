import { ipcMain, type WebContents } from 'electron'
import { droppedChannel } from '../contract/channels'
import { isTrustedSender } from './trusted-sender'

/** Longer than any system lets a path be. */
const longestPath = 32_767

/**
 * Remembers for each window which file was dropped onto it last, until it is asked for.
 * @param origin of our own pages
 * @returns the path, once; null when nothing was dropped
 */
export const listenForDroppedFiles = (origin: string): ((window: WebContents) => string | null) => {
  const dropped = new WeakMap<WebContents, string>()
  ipcMain.on(droppedChannel, (event, path: unknown) => {
    if (isTrustedSender(event.senderFrame, origin) && typeof path === 'string' && path !== '' && path.length <= longestPath) dropped.set(event.sender, path)
  })
  return (window) => {
    const path = dropped.get(window) ?? null
    dropped.delete(window)
    return path
  }
}
