import { effectScope } from 'vue'
import type { EffectScope } from 'vue'

/** Somebody who comes back from Help or the Service post finds everything as it was; whoever walks away leaves nothing for the next person. */
const keptForMs = 10 * 60_000

const forgetAll = new Set<() => void>()

/** Somebody has signed in: nothing typed before belongs to them. */
export const forgetEverythingTyped = (): void => forgetAll.forEach((forget) => forget())

/** What is being typed on several pages: in memory only, it outlasts a look elsewhere, and is forgotten in time. */
export const keepForms = <T>(make: () => T) => {
  let kept: { readonly scope: EffectScope; readonly forms: T } | null = null
  let forgetting: ReturnType<typeof setTimeout> | undefined

  const forget = (): void => {
    clearTimeout(forgetting)
    kept?.scope.stop()
    kept = null
  }
  forgetAll.add(forget)

  return {
    use: (): T => {
      clearTimeout(forgetting)
      if (!kept) {
        const scope = effectScope(true)
        const forms = scope.run(make)
        if (forms === undefined) throw new Error('The forms could not be made.')
        kept = { scope, forms }
      }
      return kept.forms
    },
    forget,
    forgetLater: (): void => {
      clearTimeout(forgetting)
      forgetting = setTimeout(forget, keptForMs)
    }
  }
}
