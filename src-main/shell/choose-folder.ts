import { dialog, type BrowserWindow } from 'electron'

/** Asks for a folder with the system's own dialog, so that no window of ours can name one by itself. @returns its path, or null */
export const chooseFolder = async (window: BrowserWindow | null, title: string): Promise<string | null> => {
  const options = { title, buttonLabel: 'Choose this folder', properties: ['openDirectory' as const, 'createDirectory' as const] }
  const { canceled, filePaths } = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
  return canceled ? null : (filePaths[0] ?? null)
}
