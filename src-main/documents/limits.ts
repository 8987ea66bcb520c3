/** How much of a stranger's file is looked at (reliability.md §1, Hostile .docx and Zip bombs). Bytes unless said otherwise. */
export const documentLimits = {
  /** The file as it lies on the disk. */
  fileBytes: 20 * 1024 * 1024,
  /** All parts of a package together, unpacked. Only the parts with text are unpacked at all. */
  unpackedBytes: 60 * 1024 * 1024,
  /** Parts of a package. A real document with 2,000 pictures is let in: pictures are never unpacked. */
  parts: 10_000,
  /** A part above `ratioFrom` may not unpack to more than this many times its size; nothing may reach `ratioAlways`. */
  ratio: 100,
  ratioFrom: 10 * 1024 * 1024,
  ratioAlways: 500,
  ratioAlwaysFrom: 1024 * 1024,
  /** Nested parts of an e-mail, its parts in all, and the head of each. */
  emailDepth: 20,
  emailParts: 200,
  emailHeaderBytes: 64 * 1024,
  /** Characters a draft can take over the bridge (contract, limits.body). */
  characters: 1_000_000
} as const
