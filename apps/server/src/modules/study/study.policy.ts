/** A note in the bin is kept so long. */
export const BIN_DAYS = 30
/** So long a day can be entered into the diary afterwards. */
export const MAKE_UP_DAYS = 60
/** From this resemblance on a work is shown to the reader as alike. */
export const ALIKE = 0.3
/** Works of the bank that are compared, and those that are shown. */
export const MOST_COMPARED = 200
export const MOST_ALIKE = 5
/** People who have not handed in, by name. */
export const MOST_MISSING = 100
/** Posts in a collection of views. */
export const MOST_VIEWS = 2000

export const LIVING = ['normal', 'suspended', 'retained', 'restored'] as const
/** Who is asked where only members are. */
export const MEMBERS = ['formal', 'probationary'] as const
