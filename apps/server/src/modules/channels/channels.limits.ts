/** Persons of one request to send. */
export const CHUNK = 500
/** Requests to send that are taken apart in one transaction. */
export const ASKED_AT_ONCE = 10
/** Messages that one turn takes at once, and how many of them are on their way together. */
export const DUE_AT_ONCE = 50
export const TOGETHER = 8
/** So long a turn may be silent before another one takes its messages up. */
export const LEASE_MS = 300_000
/** Pauses after each failed try, in minutes; after the last one the message is parked. */
export const PAUSES = [1, 5, 15, 60, 240] as const
/** The log is kept for half a year, for questions about what was told when. */
export const KEPT_DAYS = 180
/** A telephone or mail address is shown to be one's own within so many minutes, by so many tries. */
export const CODE_MINUTES = 10
export const CODE_TRIES = 5
export const CODE_PAUSE_MS = 60_000
/** Codes that one person may ask for in an hour: each costs the house a message. */
export const CODES_AN_HOUR = 5
/** Browsers and phones of one person. */
export const MOST_DEVICES = 10
/** A call of WeChat is taken for so long after its time. */
export const CALLBACK_MS = 300_000
