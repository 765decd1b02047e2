/** Messages of one page where none is named. */
export const USUAL_PAGE = 50
/** Conversations in the list of one person: whoever belongs to more finds them by their groups. */
export const MOST_LISTED = 200
/** Messages that one search opens before it answers with what it found and where to go on. */
export const SCANNED = 1000
export const MOST_FOUND = 50
/** People offered for a talk or a team. */
export const MOST_PARTNERS = 50
/** Messages of one summary. */
export const MOST_SUMMARIZED = 5000
/** Units and groups that the keeping of groups looks at together; conversations that the removal looks at together. */
export const BATCH = 500
/** Characters of a message that stand above the answer to it. */
export const EXCERPT = 60
/** Calls by `@` are sought in so many of the newest messages. */
export const CALLED_WITHIN = 200
/** Reports of one person. */
export const MOST_REPORTS = 50
