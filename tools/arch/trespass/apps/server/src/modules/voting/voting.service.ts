// peers-by-event-only
import { dues } from '../dues/index.ts'
// module-door
import { rows } from '../org/org.queries.ts'

export const vote = [dues, rows]
