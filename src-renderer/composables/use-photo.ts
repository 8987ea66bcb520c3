import { onActivated, onDeactivated, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { PhotoData } from '@contract/photos'
import type { Failure } from '@contract/result'
import { bridge, type Result } from '@/bridge'

/** A photo that is looked at: fetched once, however many places show it. */
type Held = { places: number; readonly address: Promise<Result<string>> }
const held = new Map<string, Held>()

const addressOf = ({ type, data }: PhotoData): string => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))
  return URL.createObjectURL(new Blob([bytes], { type: `image/${type}` }))
}

const fetchPhoto = async (photoId: string): Promise<Result<string>> => {
  const result = await bridge.photos.open({ photoId })
  return result.ok ? { ok: true, value: addressOf(result.value) } : result
}

const hold = (photoId: string): Held => {
  const found = held.get(photoId) ?? { places: 0, address: fetchPhoto(photoId) }
  found.places += 1
  held.set(photoId, found)
  return found
}

const letGo = (photoId: string, photo: Held): void => {
  photo.places -= 1
  if (photo.places > 0) return
  held.delete(photoId)
  void photo.address.then((address) => address.ok && URL.revokeObjectURL(address.value))
}

/**
 * A photo for an `<img>`: its address is a Blob URL, held while somebody shows it and revoked afterwards, also while the screen is locked.
 * @param photoId which one; null shows none
 * @returns its address (empty until it is here), why it could not be shown, and how to try again
 */
export const usePhoto = (
  photoId: () => string | null
): { readonly address: Readonly<Ref<string>>; readonly failed: Readonly<Ref<Failure | null>>; readonly load: () => Promise<void> } => {
  const address = ref('')
  const failed = shallowRef<Failure | null>(null)
  let mine: { readonly photoId: string; readonly photo: Held } | null = null

  const release = (): void => {
    if (mine !== null) letGo(mine.photoId, mine.photo)
    mine = null
    address.value = ''
  }

  const load = async (): Promise<void> => {
    const wanted = photoId()
    if (mine !== null && mine.photoId === wanted) return
    release()
    failed.value = null
    if (wanted === null) return
    const taken = { photoId: wanted, photo: hold(wanted) }
    mine = taken
    const result = await taken.photo.address
    if (mine !== taken) return
    if (result.ok) {
      address.value = result.value
      return
    }
    release()
    failed.value = result
  }

  watch(photoId, () => void load(), { immediate: true })
  onActivated(load)
  onDeactivated(release)
  onScopeDispose(release)
  return { address, failed, load }
}
