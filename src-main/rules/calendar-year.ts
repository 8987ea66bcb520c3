/**
 * A calendar year as it is lived where this PC stands: from its first moment until the first of the next.
 * @param year such as 2026
 * @returns ms UTC; `until` is not part of it
 */
export const yearSpan = (year: number): { readonly from: number; readonly until: number } => ({ from: new Date(year, 0, 1).getTime(), until: new Date(year + 1, 0, 1).getTime() })
