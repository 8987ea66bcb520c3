import type { RouteLocationNormalized } from 'vue-router'

/**
 * A new letter that only learns its own id: no new screen, so the focus stays with the typing and the page where it is.
 * @param to where the router went; @param from where it was
 */
export const gainsItsId = (to: RouteLocationNormalized, from: RouteLocationNormalized): boolean =>
  to.name === 'compose' && from.name === 'compose' && Object.values(from.params).every((value) => value === '')
