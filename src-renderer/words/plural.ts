const numbers = new Intl.NumberFormat('en-US')

/** "12,480" */
export const formatCount = (count: number): string => numbers.format(count)

/** "1 stamp", "2 stamps", "1,388 characters" */
export const counted = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`
