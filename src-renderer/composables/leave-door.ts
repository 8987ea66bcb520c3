import type { Router } from 'vue-router'

/**
 * From a visitor's screen to Home once somebody is signed in. The answer to a sign-in and the news of it come one after the other: whoever
 * comes second finds the person gone on already, and must not fetch them back.
 */
export const leaveDoor = async (router: Router): Promise<void> => {
  if (router.currentRoute.value.meta.visitor) await router.push({ name: 'home' })
}
