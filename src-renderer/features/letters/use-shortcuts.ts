import { onBeforeUnmount, onMounted } from 'vue'

/** Ctrl+Enter asks to send, Ctrl+S saves now; not while a dialog has the word, and once however long the keys are held. */
export const useShortcuts = (acts: { readonly send: () => unknown; readonly save: () => unknown }): void => {
  const listen = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || document.querySelector('dialog:modal')) return
    const act = event.key === 'Enter' ? acts.send : event.key.toLowerCase() === 's' ? acts.save : null
    if (!act) return
    event.preventDefault()
    if (!event.repeat) act()
  }
  onMounted(() => window.addEventListener('keydown', listen))
  onBeforeUnmount(() => window.removeEventListener('keydown', listen))
}
