import type { Photo } from '../contract/photos'

/** A photo on its way into a file. */
export type PhotoFile = Pick<Photo, 'name' | 'type'> & { readonly bytes: Uint8Array }

/** What a file with such a photo ends in. */
export const photoEnding: { readonly [T in Photo['type']]: string } = { jpeg: 'jpg', png: 'png' }

/** The names of a message's photos where there is room for no more than words. */
export const photoNames = (photos: readonly Pick<Photo, 'name'>[], between: string): string => photos.map(({ name }) => name).join(between)
