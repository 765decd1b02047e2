// no-cycles
import { assess } from './dues.service.ts'

export type Dues = { assess: typeof assess }
export const dues = { assess }
