import { sql } from 'kysely'
import type { Actor } from './ctx.ts'

/**
 * The subtree range of a column with paths of organisations: the only form of the test that uses the path index. A path
 * is labels of `[0-9a-z]` joined by dots (`org_unit_path_check`), and `/` follows `.` in the collation "C": nothing else
 * sorts from a path up to itself with `/`.
 */
export function inScope(column: string, path: string) {
  const at = sql.ref(column)
  return sql<boolean>`(${at} >= ${path} and ${at} < ${`${path}/`})`
}

/** The same range as text, for statements written as text: both arguments are SQL, a column and a parameter or column. */
export const withinText = (column: string, path: string): string =>
  `(${column} >= ${path} and ${column} < ${path} || '/')`

/**
 * What the caller's grant reaches, as a condition on a path column: the subtree, the one unit, or (acting for oneself)
 * nothing of others. Every statement about rows of others asks for it; the bare scope would give a post of one unit
 * everything below that unit.
 */
export function inReach(column: string, actor: Pick<Actor, 'scope' | 'reach'>) {
  if (actor.reach === 'self') return sql<boolean>`false`
  if (actor.reach === 'node') return sql<boolean>`${sql.ref(column)} = ${actor.scope}`
  return inScope(column, actor.scope)
}

/** Whether a path is that of the unit or of one below it. */
export const isWithin = (path: string, unit: string): boolean => path === unit || path.startsWith(`${unit}.`)

/** The path itself and every path above it, the top first: `r00`, `r00.001`, `r00.001.002`. */
export const pathsAlong = (path: string): string[] =>
  path.split('.').map((_, at, labels) => labels.slice(0, at + 1).join('.'))

/** Whether the caller's grant reaches an organisation; statements ask the same with `inReach`. */
export function reaches(actor: Pick<Actor, 'scope' | 'reach'>, path: string): boolean {
  if (actor.reach === 'self') return false
  return actor.reach === 'node' ? path === actor.scope : isWithin(path, actor.scope)
}
