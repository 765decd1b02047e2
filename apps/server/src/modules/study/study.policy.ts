/** A note in the bin is kept so long. */
export const BIN_DAYS = 30
/** Notes in one file. */
export const MOST_NOTES = 5000
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
/** Up to so many people each has the last day of an assignment among the own deadlines; of larger ones a notice tells. */
export const MOST_CLOCKED = 2000
/** So long after the last day somebody is reminded of what is missing; then it rests. */
export const OVERDUE_DAYS = 7
/** What came back is due again after so many days, or on the last day where that is later. */
export const AGAIN_DAYS = 7
