import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { PostItem } from '@contract/views'
import { bridge, onChanged } from '../bridge'

/** The e-mails and text messages the simulated service "sent". What was there when the window opened counts as seen. */
export const usePostStore = defineStore('post', () => {
  const items = ref<readonly PostItem[]>([])
  const seen = ref<ReadonlySet<string>>(new Set())
  const unseen = computed(() => items.value.filter((item) => !seen.value.has(item.postId)).length)

  const load = async (): Promise<boolean> => {
    const result = await bridge.post.list({})
    if (result.ok) items.value = result.value
    return result.ok
  }
  const markSeen = (...postIds: readonly string[]): void => {
    seen.value = new Set([...seen.value, ...postIds])
  }
  const markAllSeen = (): void => markSeen(...items.value.map((item) => item.postId))

  const loaded = load().then(markAllSeen)
  onChanged(['post'], () => void load())

  return { items, unseen, loaded, load, markSeen, isNew: (item: PostItem): boolean => !seen.value.has(item.postId) }
})
