import { computed, nextTick, onBeforeUnmount, onMounted, ref, watch } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate, useRouter } from 'vue-router'
import type { RouteLocationNormalized } from 'vue-router'
import type { Draft } from '@contract/views'
import { bridge, onChanged } from '@/bridge'
import { registerFlush } from '@/composables/flush'
import { useDraftsStore } from '@/stores/drafts'
import { createDraftEditor } from './draft-editor'
import { copyOf } from './photo-copy'

/** One letter's edit buffer, wired to the window: saved when hidden, left or closed, and never left unsaved unasked. */
export const useLetterEditor = (start: Draft | { readonly contactId: string | null }) => {
  const drafts = useDraftsStore()
  const router = useRouter()
  const editor = createDraftEditor(start, {
    create: drafts.create,
    save: drafts.save,
    copyPhoto: async (draftId, photo) => {
      const copy = await copyOf(photo)
      return copy.ok ? bridge.photos.add({ draftId, ...copy.value }) : copy
    },
    clock: () => performance.now(),
    setTimer: (run, ms) => window.setTimeout(run, ms),
    clearTimer: (timer) => window.clearTimeout(timer)
  })
  /** The letter was sent or discarded from here: nothing is left to save. */
  const finished = ref(false)
  /** Leaving is asked for, and the words are not on disk. */
  const askingToLeave = ref(false)
  let answerLeave: (leave: boolean) => void = () => undefined
  /** On the way to another screen: the letter's own address is no longer of interest. */
  let leaving = false

  const finish = (): void => {
    finished.value = true
    editor.stop()
  }

  const asking = (): boolean => editor.state.askingAboutEmpty || editor.state.askingAboutLoss
  /** Shows the question that has to be answered first, if there is one. */
  const askFirst = (): boolean => editor.askAboutEmpty() || editor.askAboutLoss()
  const answered = (): Promise<void> =>
    new Promise((resolve) => {
      const stop = watch(
        asking,
        (still) => {
          if (still) return
          stop()
          resolve()
        }
      )
    })

  const kept = async (): Promise<boolean> => {
    if (finished.value) return true
    if (askFirst()) await answered()
    // Only main knows whether most of the words would go: the question may come with the last save.
    while (await editor.flush()) {
      if (!askFirst()) return true
      await answered()
    }
    if (editor.state.failure?.code === 'SIGNED_OUT') return true
    askingToLeave.value = true
    return new Promise((resolve) => {
      answerLeave = resolve
    })
  }

  const mayLeave = async (): Promise<boolean> => {
    leaving = true
    leaving = await kept()
    return leaving
  }

  const leaveAnswered = (leave: boolean): void => {
    askingToLeave.value = false
    if (leave) finish()
    answerLeave(leave)
  }

  const isOwn = (to: RouteLocationNormalized): boolean => to.name === 'compose' && to.params['draftId'] === editor.state.draftId
  onBeforeRouteLeave(() => mayLeave())
  onBeforeRouteUpdate((to) => isOwn(to) || mayLeave())

  // A new letter gets its address once it is kept, so that a reload of the window comes back to it.
  watch(
    () => editor.state.draftId,
    (draftId, before) => {
      if (draftId && before === null && !editor.state.movedOn && !finished.value && !leaving) void router.replace({ name: 'compose', params: { draftId } })
    }
  )

  const saveWhenHidden = (): void => {
    if (document.visibilityState === 'hidden') void editor.flush()
  }

  /** Fetches what another window may have written; true when it is on the screen now. */
  const refresh = async (): Promise<boolean> => {
    const draftId = editor.state.draftId
    if (draftId === null || finished.value) return false
    const result = await drafts.open(draftId)
    return result.ok && editor.offer(result.value)
  }
  const refreshPhotos = async (): Promise<void> => {
    const draftId = editor.state.draftId
    if (draftId === null || finished.value) return
    const result = await drafts.open(draftId)
    if (result.ok) editor.offerPhotos(result.value)
  }
  /** Only while this window is looking elsewhere: a text must not change under somebody's eyes. */
  const stopListening = onChanged(['drafts'], () => {
    if (!document.hasFocus()) void refresh()
  })
  const stopListeningForPhotos = onChanged(['photos'], () => void refreshPhotos())
  const stopFlushing = registerFlush(async () => {
    if (!finished.value && !(await editor.flush())) throw new Error('The letter could not be saved')
  })

  onMounted(() => {
    document.addEventListener('visibilitychange', saveWhenHidden)
    window.addEventListener('pagehide', leavePage)
    window.addEventListener('blur', saveNow)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', saveWhenHidden)
    window.removeEventListener('pagehide', leavePage)
    window.removeEventListener('blur', saveNow)
    stopListening()
    stopListeningForPhotos()
    stopFlushing()
    const last = finished.value ? Promise.resolve(true) : editor.flush()
    void last.then(putDown)
    editor.stop()
  })

  /** The draft is not in anybody's hand any more: a crash from here on has nothing to do with it. */
  function putDown(): void {
    if (editor.state.draftId !== null) void drafts.putDown(editor.state.draftId)
  }
  function leavePage(): void {
    saveWhenHidden()
    putDown()
  }
  function saveNow(): void {
    if (!finished.value) void editor.flush()
  }

  return {
    editor,
    finish,
    refresh,
    saveNow,
    askFirst,
    /** `Keep the earlier text` or `Save it empty`. */
    answerEmpty: async (keep: boolean): Promise<void> => {
      if (keep) editor.keepEarlierText()
      else await editor.saveEmpty()
      await nextTick()
    },
    askingToLeave: computed(() => askingToLeave.value),
    leaveAnswered
  }
}
