import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { onChanged, onEvent } from '../bridge'
import type { Fact, Failure, Result } from '../bridge'

export type Mirror<T> = {
  readonly data: ShallowRef<T | null>
  readonly failed: Ref<Failure | null>
  readonly loading: Ref<boolean>
  /** Fetches now; from then on it is fetched again whenever main says that it changed. */
  readonly load: () => Promise<void>
}

/** The screen was covered, or something was owed first: not a failure of this list, only a wrong moment. */
const wrongMoment = (result: Result<unknown>): boolean => !result.ok && (result.code === 'LOCKED' || result.code === 'DUTY_FIRST')

/**
 * Something main knows, as this window last heard it. Forgotten at sign-out; a late answer never replaces a newer one.
 * What could not be asked while the screen was locked is asked when it is open again.
 */
export const mirror = <T>(facts: readonly Fact[], fetch: () => Promise<Result<T>>): Mirror<T> => {
  const data = shallowRef<T | null>(null)
  const failed = ref<Failure | null>(null)
  const loading = ref(false)
  let turn = 0
  let wanted = false
  let missed = false

  const load = async (): Promise<void> => {
    wanted = true
    const mine = ++turn
    loading.value = true
    const result = await fetch()
    if (mine !== turn) return
    loading.value = false
    missed = wrongMoment(result)
    if (missed) return
    if (result.ok) data.value = result.value
    failed.value = result.ok ? null : result
  }

  onChanged(facts, () => {
    if (wanted) void load()
  })
  onEvent((event) => {
    if (event.type !== 'sessionChanged') return
    if (event.session !== null) {
      if (missed && !event.session.locked && event.session.duties.length === 0) void load()
      return
    }
    turn += 1
    wanted = false
    missed = false
    loading.value = false
    data.value = null
    failed.value = null
  })

  return { data, failed, loading, load }
}
