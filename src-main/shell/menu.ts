import { Menu, type BaseWindow } from 'electron'

/** The menu of a program for writing: editing, windows, quit. Alt reaches it; everything in it is also on a screen. */
export const setMenu = (actions: { readonly openWindow: () => void; readonly show: (window: BaseWindow | undefined, screen: 'help' | 'trouble') => void }): void => {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: '&File',
        submenu: [
          { label: '&New window', accelerator: 'CmdOrCtrl+Shift+N', click: actions.openWindow },
          { type: 'separator' },
          { role: 'close', label: '&Close window' },
          { role: 'quit', label: '&Quit Epistle' }
        ]
      },
      {
        label: '&Edit',
        submenu: [
          { role: 'undo' },
          { role: 'redo' },
          { type: 'separator' },
          { role: 'cut' },
          { role: 'copy' },
          { role: 'paste' },
          { role: 'selectAll' }
        ]
      },
      { label: '&View', submenu: [{ role: 'togglefullscreen', label: '&Full screen' }] },
      {
        label: '&Help',
        submenu: [
          { label: '&Help articles', click: (_item, window) => actions.show(window, 'help') },
          { label: '&What went wrong', click: (_item, window) => actions.show(window, 'trouble') }
        ]
      }
    ])
  )
}
