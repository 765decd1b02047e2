const DAY_MS = 24 * 3600_000

/** Notices older than this are no news any more: whoever joins a unit does not find years of them unread. */
export const UNREAD_MS = 180 * DAY_MS
/** Unread notices are counted up to here. */
export const MOST_COUNTED = 100
/** 21:00 to 07:00, until the person sets his own. */
export const QUIET = { quietFrom: 21, quietUntil: 7 } as const
/** Whoever is missing is told again after this pause at the earliest. */
export const RESEND_PAUSE_MS = 10 * 60_000
/** Rows of an exported list. */
export const MOST_EXPORTED = 10_000
/** Letters of a text that lists show. */
export const GLANCE_LETTERS = 160
