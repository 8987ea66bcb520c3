/** How much of a stranger's archive is looked at (reliability.md §1, Zip and eml bombs). Bytes unless said otherwise. */
export const archiveLimits = {
  /** One e-mail, attachments included; a larger one is left out, its neighbours are read. */
  messageBytes: 25 * 1024 * 1024,
  headerBytes: 64 * 1024,
  depth: 20,
  /** An album sent by e-mail has some hundreds. */
  parts: 1_000,
  /** The photos of one message together. Written again (base64), they and its text are an e-mail that can be read back. */
  photosBytes: 16 * 1024 * 1024,
  /** One row of a table. */
  rowBytes: 2 * 1024 * 1024,
  /** The text of one message, in characters. */
  characters: 1_000_000,
  /** The same before line breaks and accents are put in order. */
  rawCharacters: 2_000_000,
  /** A worker that is silent for this long, in ms, or holds more than this, in MiB, is ended. */
  silenceMs: 5_000,
  heapMiB: 256
} as const
