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
    sentence: 'Epistle is already open for somebody else on this PC. Ask them to close it, then start it again. Nothing was changed.'
  },
  DISK_FAULT: {
    title: 'The disk reports a fault',
    sentence: 'The disk of this PC could not be read or written. Ask whoever looks after this PC to check it, and keep the folder of Epistle as it is. Nothing was changed.'
  },
  FILE_BUSY: {
    title: 'A file is being held',
    sentence: 'Another program, often the virus scanner, is holding a file of Epistle. Wait a minute, then start Epistle again. Nothing was changed.'
  },
  READ_ONLY: {
    title: 'The folder cannot be written',
    sentence: 'Epistle cannot write to its folder. Check that the disk is connected and not read-only, then start it again.'
  },
  DISK_FULL: { title: 'The disk is full', sentence: 'There is no room left on the disk. Free some space, then start Epistle again. No letter was lost.' }
}

/**
 * @param code a storage code
 * @param owner who holds the letters open, as this PC calls them; null when nobody said
 * @param message for other codes: the first line of the error, which names a wrong setting
 */
export const startTrouble = (code: string, message: string, owner: string | null = null): { readonly title: string; readonly sentence: string } => {
  const known = sentences[code]
  if (known !== undefined) return owner === null ? known : { ...known, sentence: known.sentence.replace('somebody else', owner) }
  return {
    title: 'Epistle cannot start',
    sentence: `${(message.split('\n')[0] ?? '').replace(/^Error: /u, '')} Nothing was changed.`
  }
}
