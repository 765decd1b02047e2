import { sql } from 'kysely'
import { inScope } from '../../../platform/scope.ts'

/** An organisation that a list is narrowed to, with or without what is below it. */
export type Place = { readonly path: string; readonly below: boolean }

export const atPlace = (column: string, { path, below }: Place) =>
  below ? inScope(column, path) : sql<boolean>`${sql.ref(column)} = ${path}`
