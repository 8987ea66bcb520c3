import { nextTick, watch } from 'vue'
import { coverScreenTitle, focusHeading } from '@/composables/screen-title'

const mainArea = (): HTMLElement | null => document.getElementById('main')

/**
 * What has to happen around a locked screen: while `covered`, the page is taken out of the document whole (App.vue keeps
 * it alive, with every word typed in it), and the window's title says nothing. Afterwards the person is back where they were.
 */
export const useCover = (covered: () => boolean): void => {
  let returnTo: Element | null = null
  let scrolled = 0

  watch(
    covered,
    (now) => {
      coverScreenTitle(now ? 'Locked' : null)
      if (!now) return
      returnTo = document.activeElement
      scrolled = mainArea()?.scrollTop ?? 0
    },
    { immediate: true }
  )
  watch(
    covered,
    async (now) => {
      if (now) return
      await nextTick()
      mainArea()?.scrollTo({ top: scrolled })
      if (returnTo instanceof HTMLElement && returnTo.isConnected && returnTo !== document.body) returnTo.focus({ preventScroll: true })
      else focusHeading()
      returnTo = null
    },
    { flush: 'post' }
  )
}
