/** Builds `window.epistle` from the list of channels: one frozen function per command, one way to listen. No logic. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { channelPrefix, channels, droppedChannel, eventChannel } from '../contract/channels'

type Call = (input: unknown) => Promise<unknown>

const rooms: Record<string, Record<string, Call>> = {}
for (const channel of channels) {
  const [room = '', verb = ''] = channel.split('.')
  rooms[room] = { ...rooms[room], [verb]: (input) => ipcRenderer.invoke(channelPrefix + channel, input) }
}

contextBridge.exposeInMainWorld('epistle', {
  ...rooms,
  onEvent: (listener: (event: unknown) => void) => {
    // The Electron event itself never reaches the page (checklist 20).
    const forward = (_event: unknown, event: unknown): void => listener(event)
    ipcRenderer.on(eventChannel, forward)
    return () => {
      ipcRenderer.removeListener(eventChannel, forward)
    }
  }
})

// Where a dropped document lies goes from here to main, past the page (photos are read in the page); and only a hand makes such an event, no script.
window.addEventListener(
  'drop',
  ({ isTrusted, dataTransfer }) => {
    const files = [...(dataTransfer?.files ?? [])]
    const file = files.find(({ type }) => !type.startsWith('image/')) ?? files[0]
    if (isTrusted && file !== undefined) ipcRenderer.send(droppedChannel, webUtils.getPathForFile(file))
  },
  { capture: true }
)
