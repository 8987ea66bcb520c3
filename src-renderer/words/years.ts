/** The years letters may have been written in, newest first. @param now ms, for tests */
export const years = (now = Date.now()): readonly number[] => Array.from({ length: 30 }, (_, back) => new Date(now).getFullYear() - back)
