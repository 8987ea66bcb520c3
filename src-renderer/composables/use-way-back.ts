import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

const words = { sent: 'Back to Sent Messages', inbox: 'Back to Inbox', outbox: 'Back to Outbox' } as const

/**
 * From a letter back to the list it was found in: a list can show letters of the other one, and then says so in the address (`from`).
 * @param home where the letter belongs
 */
export const useWayBack = (home: () => keyof typeof words) => {
  const route = useRoute()
  const router = useRouter()
  const list = computed(() => {
    const { from } = route.query
    return from === 'sent' || from === 'inbox' ? from : home()
  })
  return { words: computed(() => words[list.value]), goBack: () => router.push({ name: list.value }) }
}
