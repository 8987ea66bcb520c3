/** Caps at the door (characters unless said otherwise): generous enough for every real entry, small enough for none to hurt. */
export const limits = {
  /** One call over the bridge, in bytes of its JSON form (reliability.md, IPC row). */
  payloadBytes: 2 * 1024 * 1024,
  /** Calls a second on one channel before `BUSY` (bad-inputs.md, IPC row). */
  callsPerSecond: 50,
  id: 64,
  /** RFC 5321 caps an address at 254; one more is read so that the rule can say so. */
  email: 1_000,
  /** Passwords are accepted up to 64 (domain.md); longer input is read so that the rule can count it. */
  password: 10_000,
  shortText: 1_000,
  search: 5_000,
  subject: 2_000,
  /** A private note, and the words of a prayer intention. */
  note: 20_000,
  /** Far above every facility's limit, so that a long paste is kept as a draft and counted, never cut. */
  body: 1_000_000,
  /** A photo in base64: what is kept of one (rules/photo.ts), in text that still fits one call. */
  photo: 1_900_000,
  pageSize: 200,
  page: 100_000,
  /** The name of a file without its folder. */
  fileName: 150,
  /** Letters named one by one in a choice; more are chosen by person or time. */
  chosenItems: 1_000,
  /** Letters and answers of one mailbox. */
  entries: 100_000_000,
  filterChoices: 100,
  savedSearches: 200,
  /** The year 9999, in milliseconds. */
  time: 253_402_300_799_999
} as const
