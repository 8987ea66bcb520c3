import type { Photo } from '@contract/photos'
import { bridge, type Result } from '@/bridge'

/** A photo as it can be put into a draft. */
export type PhotoCopy = { readonly name: string; readonly data: string }

/** A photo of this mailbox, to be put in again: after `Remove`, or into another draft. */
export const copyOf = async ({ photoId, name }: Photo): Promise<Result<PhotoCopy>> => {
  const kept = await bridge.photos.open({ photoId })
  // The core takes an ending off; a dot inside the name is none.
  return kept.ok ? { ok: true, value: { name: `${name}.${kept.value.type}`, data: kept.value.data } } : kept
}
