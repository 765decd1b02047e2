/** Columns of one unit: more are no help for readers. */
export const MOST_COLUMNS = 60
/** Rows of an exported list. */
export const MOST_EXPORTED = 10_000
/** Comments of one person under one article on one day. */
export const COMMENTS_A_DAY = 10
/** The hour of a release lies within so many days. */
export const SCHEDULED_WITHIN_DAYS = 366
/** Days that a report of spread shows one by one. */
export const SPREAD_DAYS = 30
/** Kinds of files that are pictures, drawn by ourselves. */
export const PICTURES: readonly (string | null)[] = ['jpeg', 'png', 'webp']
