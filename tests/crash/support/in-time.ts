/** Real milliseconds after which a call that should take a few counts as never answered. */
const patienceMs = 20_000

/** @throws when the promise is not settled in time: something waits for what will not come */
export const inTime = async <T>(promise: Promise<T>, patience = patienceMs): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing for ${patience / 1_000} s`)), patience)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
