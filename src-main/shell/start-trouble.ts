/** What a person reads when the profile cannot be opened: what is wrong, and the next step. */
const sentences: Readonly<Record<string, { readonly title: string; readonly sentence: string }>> = {
  NEWER_VERSION: {
    title: 'Made by a newer version',
    sentence: 'These letters were last opened by a newer version of Epistle. Nothing was changed. Please update Epistle on this PC, then start it again.'
  },
  DAMAGED: {
    title: 'A file is damaged',
    sentence: 'One of Epistle’s files is damaged, so it was not opened and not changed. Keep the folder as it is and ask your coordinator for the latest backup.'
  },
  ALREADY_OPEN: {
    title: 'Already open',
    sentence: 'Epistle is already open for somebody else on this PC. Ask them to close it, then start it again.'
  },
  READ_ONLY: {
    title: 'The folder cannot be written',
    sentence: 'Epistle cannot write to its folder. Check that the disk is connected and not read-only, then start it again.'
  },
  DISK_FULL: { title: 'The disk is full', sentence: 'There is no room left on the disk. Free some space, then start Epistle again. No letter was lost.' }
}

/**
 * @param code a storage code
 * @param message for other codes: the first line of the error, which names a wrong setting
 */
export const startTrouble = (code: string, message: string): { readonly title: string; readonly sentence: string } =>
  sentences[code] ?? {
    title: 'Epistle cannot start',
    sentence: `${(message.split('\n')[0] ?? '').replace(/^Error: /u, '')} Nothing was changed.`
  }
