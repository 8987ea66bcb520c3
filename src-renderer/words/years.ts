/** The years letters may have been written in, newest first. @param now ms, for tests */
export const years = (now = Date.now()): readonly number[] => Array.from({ length: 30 }, (_, back) => new Date(now).getFullYear() - back)

/** A year in this PC's time: from its first moment until the first of the next. Empty: all of them. */
export const yearSpan = (year: string): { readonly from: number | null; readonly until: number | null } =>
  year === '' ? { from: null, until: null } : { from: new Date(Number(year), 0, 1).getTime(), until: new Date(Number(year) + 1, 0, 1).getTime() }
