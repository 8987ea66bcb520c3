import { computed, useAttrs, type ComputedRef } from 'vue'

/** Attributes of a field part: `class` belongs to the outside, everything else to the control within. */
export function useSplitAttrs(): {
  readonly outer: ComputedRef<Record<string, unknown>>
  readonly inner: ComputedRef<Record<string, unknown>>
} {
  const attrs = useAttrs()
  const pick = (wanted: boolean): Record<string, unknown> =>
    Object.fromEntries(Object.entries(attrs).filter(([name]) => (name === 'class') === wanted))
  return { outer: computed(() => pick(true)), inner: computed(() => pick(false)) }
}
