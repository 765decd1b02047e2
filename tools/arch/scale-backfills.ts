import type { Rule } from './scale.ts'
import { findAll, isAst, listOf } from './schema-model.ts'

/**
 * Migrations from before the rule: the year is counted anew every night, lists of statements no installation had yet, and
 * meetings missed are counted again by 20261128_0940.
 */
const EARLIER = new Set([
  '20261125_0300_meetings_year.sql',
  '20261126_0110_xapi_mentions.sql',
  '20261127_1301_meetings_missed.sql',
])
const WRITES = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt'])

/**
 * The owner, as whom migrations run, is bound by policies that are forced, and no tenant is set: such a statement reads
 * and writes no row at all, silently. Views that show rows with the rights of who asks are bound like their tables.
 */
export const BACKFILL_RULES: Readonly<Record<string, Rule>> = {
  *backfill({ migrations }) {
    const forced = new Set<string>()
    const views = new Map<string, readonly string[]>()
    const isForced = (name: string) => forced.has(name) || (views.get(name)?.some((base) => forced.has(base)) ?? false)
    for (const { file, statements } of migrations) {
      for (const { kind, node } of statements) {
        const named = () => findAll(node, 'RangeVar').map(({ relname }) => String(relname))
        const table = isAst(node.relation) ? String(node.relation.relname) : ''
        for (const { subtype } of findAll(listOf(node.cmds), 'AlterTableCmd')) {
          if (subtype === 'AT_ForceRowSecurity') forced.add(table)
          if (subtype === 'AT_NoForceRowSecurity') forced.delete(table)
        }
        if (kind === 'ViewStmt' && isAst(node.view)) views.set(String(node.view.relname), named())
        if (!WRITES.has(kind) || EARLIER.has(file)) continue
        for (const name of new Set([table, ...named()]))
          if (isForced(name)) yield { file, text: `${name} is read or written while its policies are forced` }
      }
    }
  },
}
