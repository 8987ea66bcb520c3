import { onMounted, onUnmounted } from 'vue'
import { useSessionStore } from '@/stores/session'

/** Main counts in minutes: telling it of every key would only be noise. */
const atMostEveryMs = 20_000
const signs = ['pointerdown', 'keydown', 'wheel'] as const

/** Tells main that somebody is there, whenever a hand moves. Nothing that a page does by itself counts. */
export const usePresence = (warned: () => boolean): void => {
  const session = useSessionStore()
  let told = Number.NEGATIVE_INFINITY

  const noticed = (event: Event): void => {
    const here = session.current
    // While the warning is up, its own buttons answer.
    if (!event.isTrusted || here === null || here.locked || warned()) return
    const now = performance.now()
    if (now - told < atMostEveryMs) return
    told = now
    void session.stay()
  }

  onMounted(() => signs.forEach((sign) => window.addEventListener(sign, noticed, { capture: true, passive: true })))
  onUnmounted(() => signs.forEach((sign) => window.removeEventListener(sign, noticed, { capture: true })))
}
