import { onBeforeUnmount, onMounted } from 'vue'
import { registerFlush } from './flush'
import { createKeptText, type Kept, type KeptText, type KeptTextPorts } from './kept-text'

/** A kept text that is saved on leaving the window, hiding it, closing the app and leaving the screen. */
export const useKeptText = (start: Kept, save: KeptTextPorts['save']): KeptText => {
  const kept = createKeptText(start, {
    save,
    clock: () => Date.now(),
    setTimer: (run, ms) => window.setTimeout(run, ms),
    clearTimer: (timer) => window.clearTimeout(timer)
  })
  const saveNow = (): void => void kept.flush()
  const stopFlushing = registerFlush(async () => {
    if (!(await kept.flush())) throw new Error('The text could not be saved')
  })
  onMounted(() => {
    document.addEventListener('visibilitychange', saveNow)
    window.addEventListener('pagehide', saveNow)
    window.addEventListener('blur', saveNow)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', saveNow)
    window.removeEventListener('pagehide', saveNow)
    window.removeEventListener('blur', saveNow)
    stopFlushing()
    void kept.flush()
    kept.stop()
  })
  return kept
}
