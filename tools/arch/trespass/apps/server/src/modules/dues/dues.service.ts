import { dues } from './index.ts'
// sql-only-in-queries
import { sql } from 'kysely'

export const assess = (): unknown => [dues, sql]
