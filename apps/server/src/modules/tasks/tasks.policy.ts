/** Units and people that one task is for: what the largest committee has below it. */
export const MOST_PARTS = 6000
/** Parts written by one statement. */
export const BATCH = 500
/** Rows of an exported list. */
export const MOST_EXPORTED = 10_000
/** A part is nearly due from so many days before its day. */
export const SOON_DAYS = 3
/** Figures of a single unit are shown from so many ended stages on: one case says nothing. */
export const LEAST_STAGES = 3
/** Units in the table of times. */
export const MOST_UNITS = 50
/** The period of times where none is named, and the longest one. */
export const USUAL_DAYS = 90
export const LONGEST_DAYS = 366
/** How many levels deep a task is passed on: organisations have fewer. */
export const MOST_LEVELS = 12
/** Kinds of files that are pictures. */
export const PHOTOS: readonly (string | null)[] = ['jpeg', 'png', 'webp']
