import { onScopeDispose, ref, shallowRef } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import type { Photo, PhotoTrouble } from '@contract/photos'
import type { Facility } from '@contract/views'
import { safeFileName } from '@rules/file-names'
import { photoLimits } from '@rules/photo'
import { bridge, type Failure } from '@/bridge'
import { registerFlush } from '@/composables/flush'
import type { DraftEditor } from './draft-editor'
import { copyOf, type PhotoCopy } from './photo-copy'
import { readyPhoto } from './ready-photo'

/** How many photos this letter may have; without a recipient as many as any facility takes. */
export const mostPhotos = (facility: Pick<Facility, 'media'> | null): number => Math.min(facility?.media.photos ?? photoLimits.perLetter, photoLimits.perLetter)

/** Photos of the letter on the screen: chosen, dropped or pasted, made ready one at a time, taken out, brought back. A photo is there when the core has it on disk. */
export const usePhotos = (editor: DraftEditor, facility: () => Facility | null) => {
  /** How many are on their way. */
  const making = ref(0)
  /** Why some of the last ones were not added. */
  const troubles = shallowRef<readonly Failure[]>([])
  /** A file held more than its picture. */
  const leftOut = ref(false)
  const removed = shallowRef<(PhotoCopy & { readonly said: string }) | null>(null)
  let turn: Promise<void> = Promise.resolve()

  const notAdded = (name: string, why: PhotoTrouble): Failure => ({ ok: false, code: 'PHOTO_NOT_ADDED', params: { name, why, most: mostPhotos(facility()) } })

  const full = (name: string): Failure | null => {
    const most = mostPhotos(facility())
    return editor.state.photos.length < most ? null : notAdded(name, most === 0 ? 'notTaken' : 'tooMany')
  }

  const put = async (name: string, copy: PhotoCopy): Promise<Failure | null> => {
    const added = await editor.changePhotos((draftId) => bridge.photos.add({ draftId, name: copy.name, data: copy.data }))
    if (added.ok) return null
    return added.code === 'PHOTO_NOT_ADDED' ? { ...added, params: { ...added.params, name } } : added
  }

  const addOne = async (file: File): Promise<Failure | null> => {
    // The name as the person knows it, with its ending, but without signs that would turn the sentence around.
    const name = safeFileName(file.name, 'photo')
    const noRoom = full(name)
    if (noRoom) return noRoom
    const ready = await readyPhoto(file)
    if (!ready.ok) return notAdded(name, ready.why)
    const refused = await put(name, { name: file.name, data: ready.data })
    if (refused === null && !ready.bare) leftOut.value = true
    return refused
  }

  /** Whatever came before is finished first. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work)
    return turn
  }

  const add = (files: readonly File[]): Promise<void> => {
    troubles.value = []
    making.value += files.length
    return inTurn(async () => {
      for (const file of files) {
        const refused = await addOne(file).catch((): Failure => ({ ok: false, code: 'INTERNAL' }))
        if (refused) troubles.value = [...troubles.value, refused]
        making.value -= 1
      }
    })
  }

  const remove = (photo: Photo): Promise<void> =>
    inTurn(async () => {
      troubles.value = []
      const copy = await copyOf(photo)
      if (!copy.ok && copy.code !== 'NOT_FOUND') {
        troubles.value = [copy]
        return
      }
      const left = await editor.changePhotos((draftId) => bridge.photos.remove({ draftId, photoId: photo.photoId }))
      // Another window was faster: what was wanted has happened.
      if (!left.ok && left.code !== 'NOT_FOUND') troubles.value = [left]
      else removed.value = copy.ok ? { ...copy.value, said: photo.name } : null
    })

  const undoRemove = (): Promise<void> =>
    inTurn(async () => {
      const back = removed.value
      if (back === null) return
      const refused = full(back.said) ?? (await put(back.said, back))
      troubles.value = refused ? [refused] : []
      if (refused === null) removed.value = null
    })

  const settled = (): Promise<void> => turn
  onScopeDispose(registerFlush(settled))
  onBeforeRouteLeave(settled)

  return {
    making,
    troubles,
    leftOut,
    removed,
    add,
    remove,
    undoRemove,
    forgetTroubles: (): void => {
      troubles.value = []
    },
    forgetRemoved: (): void => {
      removed.value = null
    },
    /** Everything chosen is in the letter, or was refused. */
    settled
  }
}
