import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import type { SignUpStart } from '@contract/views'
import { bridge } from '@/bridge'
import type { Failure } from '@/bridge'

export type Challenge = {
  readonly id: Readonly<Ref<string>>
  /** Address of the picture; empty while there is none. */
  readonly picture: Readonly<Ref<string>>
  readonly spoken: Readonly<Ref<string>>
  readonly loading: Readonly<Ref<boolean>>
  readonly failed: Readonly<Ref<Failure | null>>
  /** Asks for a picture unless there is one, and waits for one that is on its way. @returns whether there is one; if not, `failed` says why */
  readonly ensure: () => Promise<boolean>
  /** Asks for another picture; one that is on its way is waited for instead. */
  readonly renew: () => Promise<void>
}

/** The verification code of the sign-up. The picture is shown from a blob, because nothing else may be loaded here. */
export const useChallenge = (): Challenge => {
  const id = ref('')
  const picture = ref('')
  const spoken = ref('')
  const loading = ref(false)
  const failed = ref<Failure | null>(null)

  const take = (start: SignUpStart | null): void => {
    if (picture.value) URL.revokeObjectURL(picture.value)
    id.value = start?.challengeId ?? ''
    spoken.value = start?.spoken ?? ''
    picture.value = start ? URL.createObjectURL(new Blob([start.picture], { type: 'image/svg+xml' })) : ''
  }

  const fetchPicture = async (): Promise<void> => {
    loading.value = true
    const result = await bridge.accounts.signUpStart({})
    loading.value = false
    failed.value = result.ok ? null : result
    take(result.ok ? result.value : null)
  }
  let fetching: Promise<void> | null = null
  const renew = (): Promise<void> => (fetching ??= fetchPicture().finally(() => (fetching = null)))
  const ensure = async (): Promise<boolean> => {
    if (id.value === '' || fetching !== null) await renew()
    return id.value !== ''
  }

  onScopeDispose(() => take(null))

  return { id, picture, spoken, loading, failed, renew, ensure }
}
