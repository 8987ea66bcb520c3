/** Chromium cannot draw a page higher than some 33 million pixels: longer lists are shown a stretch at a time. Even at 200 per cent a row stays below 110 rem-scaled pixels. */
export const segmentSize = 100_000

/** Where the stretch that shows this row begins. */
export const segmentAt = (index: number, length: number): number => (length <= segmentSize ? 0 : Math.floor(Math.min(index, length - 1) / segmentSize) * segmentSize)
