import { computed, onMounted, ref } from 'vue'
import type { Failure } from '../bridge'
import { useBackupsStore } from '../stores/backups'
import { runFlush } from './flush'

/** Choosing a copy and going back to it, wherever that is offered. */
export const useRestore = () => {
  const store = useBackupsStore()
  const failed = ref<Failure | null>(null)
  const looking = ref(false)
  const busy = ref(false)
  const asking = ref(false)
  const chosen = ref('')
  /** The chosen copy was locked with another password. */
  const sealed = ref(false)

  const chooseFirst = (): void => {
    const view = store.choices
    const ids = view?.copies.map(({ copyId }) => copyId) ?? []
    if (!ids.includes(chosen.value)) chosen.value = ids[0] ?? (view?.canSalvage ? 'damaged-file' : '')
  }

  onMounted(async () => {
    const result = await store.loadChoices()
    failed.value = result.ok ? null : result
    chooseFirst()
  })

  return {
    view: computed(() => store.choices),
    failed,
    looking,
    busy,
    asking,
    chosen,
    sealed,
    lookElsewhere: async (): Promise<void> => {
      if (looking.value) return
      looking.value = true
      const result = await store.lookElsewhere()
      looking.value = false
      failed.value = result.ok ? null : result
      if (!result.ok || result.value === null) return
      chosen.value = result.value.copies.find(({ place }) => place === 'found')?.copyId ?? chosen.value
      chooseFirst()
    },
    restore: async (secret: { readonly with: 'password' | 'recoveryCode'; readonly secret: string } | null): Promise<boolean> => {
      if (busy.value) return false
      busy.value = true
      await runFlush()
      const result = await store.restore({ copyId: chosen.value, ...(secret ?? {}) })
      busy.value = false
      asking.value = false
      failed.value = result.ok ? null : result
      if (!result.ok && result.code === 'COPY_SEALED') sealed.value = true
      return result.ok
    }
  }
}
