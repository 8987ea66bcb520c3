import { ref } from 'vue'
import { useSessionStore } from '@/stores/session'

export type Leaving = 'lock' | 'handOver' | 'signOut'

/** What could not be done, because something typed could not be saved: told by a dialog in the header. */
const refused = ref<Leaving | null>(null)
const busy = ref<Leaving | null>(null)

/** Leaving the desk, from a button or a key: everything typed is saved first, and once is enough. */
export const useLeaving = () => {
  const session = useSessionStore()

  const leave = async (how: Leaving): Promise<void> => {
    if (busy.value !== null) return
    busy.value = how
    const left = await session[how]()
    busy.value = null
    refused.value = left ? null : how
  }

  return { refused, busy, lock: () => leave('lock'), handOver: () => leave('handOver'), signOut: () => leave('signOut') }
}
