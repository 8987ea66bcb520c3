/** The two photos that stand under every letter of rel:print, and what they are called. */
export const photoFiles = ['chapel.jpg', 'candle.png'] as const
export const photoNames: readonly string[] = photoFiles.map((file) => `A "${file}" <photo>`)
