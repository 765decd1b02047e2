import type { Judge } from './judge.ts'
import { postgres15 } from './postgres-15.ts'
import { signatures } from './signatures.ts'

/** All judges that need more than npm packages and a browser. To add one: a file, a row. */
export const JUDGES: readonly Judge[] = [postgres15, signatures]
