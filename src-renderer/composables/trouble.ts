import { ref } from 'vue'

/** A bug of ours was caught. The screen stays as it is, so that nothing typed is lost; a calm banner says so. */
export const trouble = ref(false)

export const reportTrouble = (): void => {
  trouble.value = true
}

export const dismissTrouble = (): void => {
  trouble.value = false
}
