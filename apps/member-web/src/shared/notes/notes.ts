/** Queries that begin so are read anew when something was written down. */
export const ALL_STUDY = [['study']] as const

/** Seconds of a video as a clock shows them: 75 is 1:15. */
export const clockOf = (second: number): string => `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`
