import { app, dialog, type BrowserWindow } from 'electron'
import { basename, join } from 'node:path'
import type { CorePort } from '../contract/core-port'
import { success, type Result } from '../contract/result'

/** `Epistle report 2026-11-26.zip`: a name that sorts, in words that a helper understands. */
export const reportName = (now: Date): string => `Epistle report ${now.toISOString().slice(0, 10)}.zip`

/**
 * Asks where the support bundle should lie, and has it written there.
 * @param window whose question it is; null when there is none to ask from
 * @returns the file's name once it is on disk, or null when the person thought better of it
 */
export const saveReport = async (core: CorePort, window: BrowserWindow | null): Promise<Result<{ readonly fileName: string | null }>> => {
  const question = {
    title: 'Save the report',
    buttonLabel: 'Save the report',
    defaultPath: join(app.getPath('documents'), reportName(new Date())),
    filters: [{ name: 'ZIP file', extensions: ['zip'] }]
  }
  const { canceled, filePath } = window === null ? await dialog.showSaveDialog(question) : await dialog.showSaveDialog(window, question)
  if (canceled || filePath === '') return success({ fileName: null })
  const saved = await core.saveReport(filePath)
  return saved.ok ? success({ fileName: basename(filePath) }) : saved
}
