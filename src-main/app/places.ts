import type { Grant } from '../contract/jobs'

/** A person looks at one dialog at a time; what was chosen and not used is forgotten. */
const most = 8

/**
 * Files chosen in the system's dialog, each good for one use by whoever was at the desk when it was chosen. So no window
 * can name a file by itself.
 */
export const createPlaces = <Holder extends object>() => {
  let granted: readonly (Grant & { readonly holder: Holder })[] = []
  return {
    /** @param holder who is at the desk; a file chosen by nobody is forgotten at once */
    grant: (holder: Holder | null, grant: Grant): void => {
      if (holder !== null) granted = [...granted, { ...grant, holder }].slice(-most)
    },
    /** @returns the path, once; null for a place that is not this person's, not for this purpose, or used already */
    redeem: (holder: Holder, placeId: string, purpose: Grant['purpose']): string | null => {
      const found = granted.find((one) => one.placeId === placeId && one.holder === holder && one.purpose === purpose)
      if (found === undefined) return null
      granted = granted.filter((one) => one !== found)
      return found.path
    }
  }
}

export type Places<Holder extends object> = ReturnType<typeof createPlaces<Holder>>
