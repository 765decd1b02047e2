import { sql } from 'kysely'
import { inScope } from '../../../platform/scope.ts'

/** What a list is narrowed to: one unit, or it and everything below it. */
export type Place = { readonly path: string; readonly isBelow: boolean }

export const atPlace = (column: string, { path, isBelow }: Place) =>
  isBelow ? inScope(column, path) : sql<boolean>`${sql.ref(column)} = ${path}`
