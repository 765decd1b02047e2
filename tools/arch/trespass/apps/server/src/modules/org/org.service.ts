// kernel-is-lowest
import { dues } from '../dues/index.ts'

export const org = dues
