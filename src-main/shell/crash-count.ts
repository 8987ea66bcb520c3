/** Crashes within this time belong together. */
const togetherMs = 60_000
const tooMany = 3

/**
 * Tells a window that failed once from one that keeps failing: the first is opened again without a question, the second
 * would go round in circles.
 * @param now milliseconds from a steady clock
 */
export const createCrashCount = (now: () => number) => {
  let times: readonly number[] = []
  return {
    /** Another crash. @returns whether it is the third within a minute */
    note: (): boolean => {
      const at = now()
      times = [...times, at].filter((one) => at - one < togetherMs)
      return times.length >= tooMany
    },
    /** The person decided what to do: counting starts anew. */
    forget: (): void => {
      times = []
    }
  }
}
