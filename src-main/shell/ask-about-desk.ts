import { app, dialog } from 'electron'

/** What is wrong, what is safe, and what each button does. Letters, keys and copies are in files of their own. */
export const deskQuestion = (from: 'copy' | 'nothing') => ({
  title: 'A file is damaged',
  message: 'Epistle’s own file on this PC is damaged. Your letters are in other files and were not touched.',
  detail:
    (from === 'copy'
      ? 'There is a good copy from the last time Epistle was closed. Epistle can go on with that.'
      : 'There is no copy of it. Epistle can begin it anew: the names on the start screen come back when each volunteer signs in once with the internet.') +
    ' The damaged file is kept. Or close Epistle and ask whoever looks after this PC first.',
  buttons: [from === 'copy' ? 'Go on with the copy' : 'Begin it anew', 'Close Epistle']
})

/** @returns true when the person wants this PC's own file put right. Whoever says no has read why, and Epistle closes. */
export const askAboutDesk = async (from: 'copy' | 'nothing'): Promise<boolean> => {
  await app.whenReady()
  const { title, message, detail, buttons } = deskQuestion(from)
  const { response } = await dialog.showMessageBox({ type: 'warning', title, message, detail, buttons: [...buttons], defaultId: 0, cancelId: 1, noLink: true })
  if (response !== 0) app.exit(1)
  return response === 0
}
