/** Photos that go with a letter, or came with one of an older archive. */

/** A photo as lists and letters show it. `photoId`: the SHA-256 of its bytes, hex; `bytes`: how many; 0: it was lost with a damaged mailbox, and no more than its name is left. */
export type Photo = {
  readonly photoId: string
  readonly name: string
  readonly type: 'jpeg' | 'png'
  readonly width: number
  readonly height: number
  readonly bytes: number
}

/** The photo itself, base64. */
export type PhotoData = { readonly type: 'jpeg' | 'png'; readonly data: string }

/**
 * Why a photo did not go into a letter. `unreadable`: the file could not be read; `empty`: nothing is in it; `notPhoto`: neither JPEG nor PNG, whatever its
 * name says; `heic`: as some phones make them; `cut`: not whole; `tooLarge`: more bytes or dots than anybody can look at; `twice`: it is in this letter
 * already; `tooMany`: a letter can have no more; `notTaken`: this facility takes none.
 */
export const photoTroubles = ['unreadable', 'empty', 'notPhoto', 'heic', 'cut', 'tooLarge', 'twice', 'tooMany', 'notTaken'] as const
export type PhotoTrouble = (typeof photoTroubles)[number]
