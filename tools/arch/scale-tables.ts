import type { Rule } from './scale.ts'
import { inside, listOf, type Schema, shardCallOf, type Table, textOf } from './schema-model.ts'

const KINDS = new Set(['tenant', 'reference', 'local'])
const kindOf = ({ migrations }: Schema, name: string): string | undefined =>
  migrations.findLast(({ declared }) => declared.has(name))?.declared.get(name)
const tenantTables = (schema: Schema): Table[] =>
  [...schema.tables.values()].filter(({ name }) => kindOf(schema, name) === 'tenant')
const createdIn = (schema: Schema, file: string) => [...schema.tables.values()].filter((table) => table.file === file)

/** The call itself, or the call as a subquery of nothing else, which PostgreSQL makes once for a statement. */
function callOf(side: unknown): unknown {
  const select = inside(inside(side, 'SubLink')?.subselect, 'SelectStmt')
  if (!select || select.fromClause || select.whereClause) return side
  return inside(listOf(select.targetList)[0], 'ResTarget')?.val
}

/** Calls `app_tenant()` against `tenant_id`, as a conjunct: what stands under OR protects nothing. */
function demandsTenant(condition: unknown): boolean {
  const bool = inside(condition, 'BoolExpr')
  if (bool?.boolop === 'AND_EXPR') return listOf(bool.args).some(demandsTenant)
  const expression = inside(condition, 'A_Expr')
  if (!expression || textOf(listOf(expression.name)[0]) !== '=') return false
  const sides = [expression.lexpr, expression.rexpr]
  const isColumn = (side: unknown) => textOf(listOf(inside(side, 'ColumnRef')?.fields).at(-1)) === 'tenant_id'
  const isSetting = (side: unknown) =>
    textOf(listOf(inside(callOf(side), 'FuncCall')?.funcname).at(-1)) === 'app_tenant'
  return sides.some(isColumn) && sides.some(isSetting)
}

/** Rules of docs/decisions/0007-tenant-keys.md about tables, keys and row-level security. */
export const TABLE_RULES: Readonly<Record<string, Rule>> = {
  *header({ migrations }) {
    for (const { file, sql, module } of migrations) {
      for (const name of ['module', 'tables', 'locks']) {
        if (!new RegExp(`^-- ${name}: ?\\S`, 'm').test(sql))
          yield { file, text: `the header has no line "-- ${name}: …"` }
      }
      if (module && !new RegExp(`^\\d{8}_\\d{4}_${module}_\\w+\\.sql$`).test(file)) {
        yield { file, text: `the name is not YYYYMMDD_HHMM_${module}_what.sql` }
      }
    }
  },
  *declared(schema) {
    for (const { file, declared } of schema.migrations) {
      for (const [name, kind] of declared)
        if (!KINDS.has(kind)) yield { file, text: `${name}: "${kind}" is no kind of table` }
      for (const { name } of createdIn(schema, file)) {
        if (!declared.has(name)) yield { file, text: `${name} is not declared tenant, reference or local` }
      }
    }
  },
  *sharded(schema) {
    for (const { file, statements, declared } of schema.migrations) {
      for (const [at, { kind, node }] of statements.entries()) {
        if (kind !== 'CreateStmt') continue
        const name = String((node.relation as { relname?: string }).relname)
        const next = statements[at + 1]
        const call = next ? shardCallOf(next.kind, next.node) : null
        if (call?.table !== name || (declared.has(name) && call.kind !== declared.get(name))) {
          yield {
            file,
            text: `${name} is not followed at once by select app_shard('${name}', '${declared.get(name)}')`,
          }
        }
      }
    }
  },
  *prefix({ migrations, tables }) {
    for (const { file, module } of migrations) {
      for (const { name, file: home } of tables.values()) {
        if (home === file && module && !name.startsWith(`${module}_`))
          yield { file, text: `${name} does not begin with ${module}_` }
      }
    }
  },
  *'tenant-id'(schema) {
    for (const { name, file, columns } of tenantTables(schema)) {
      const column = columns.get('tenant_id')
      if (column?.type !== 'uuid' || !column.notNull)
        yield { file, text: `${name} has no column tenant_id uuid not null` }
    }
  },
  *'tenant-primary-key'(schema) {
    for (const { name, file, keys } of tenantTables(schema)) {
      const primary = keys.find(({ type }) => type === 'primary')
      if (primary?.columns[0] !== 'tenant_id' || primary.columns.length < 2) {
        yield { file, text: `${name}: the primary key is not (tenant_id, id …)` }
      }
    }
  },
  *'tenant-unique'(schema) {
    for (const { name, file, keys } of tenantTables(schema)) {
      for (const key of keys) {
        if (key.type !== 'primary' && !key.columns.includes('tenant_id'))
          yield { file, text: `${name}: ${key.name} lacks tenant_id` }
      }
    }
  },
  *'tenant-foreign-key'(schema) {
    for (const { name, file, foreignKeys } of tenantTables(schema)) {
      for (const { target, columns, targetColumns } of foreignKeys) {
        if (kindOf(schema, target) !== 'tenant') continue
        if (columns[0] !== 'tenant_id' || targetColumns[0] !== 'tenant_id') {
          yield { file, text: `${name}: the key to ${target} is not (tenant_id, x_id) -> (tenant_id, id)` }
        }
      }
    }
  },
  *'foreign-key-kinds'(schema) {
    const allowed: Readonly<Record<string, readonly string[]>> = {
      tenant: ['tenant', 'reference'],
      reference: ['reference'],
      local: ['local'],
    }
    for (const { name, file, foreignKeys } of schema.tables.values()) {
      for (const { target } of foreignKeys) {
        const [from = '', to = ''] = [kindOf(schema, name), kindOf(schema, target)]
        if (!allowed[from]?.includes(to))
          yield { file, text: `${name} (${from}) must not refer to ${target} (${to || 'unknown'})` }
      }
    }
  },
  *'foreign-key-action'(schema) {
    for (const { name, file, foreignKeys } of schema.tables.values()) {
      for (const { target, onDelete, onUpdate } of foreignKeys) {
        if ('nd'.includes(onDelete) || 'cnd'.includes(onUpdate)) {
          yield { file, text: `${name}: the key to ${target} sets null, sets a default or cascades an update` }
        }
      }
    }
  },
  *'row-security'(schema) {
    for (const { name, file, enabled, forced, policies } of tenantTables(schema)) {
      if (!enabled || !forced) yield { file, text: `${name}: row level security is not enabled and forced` }
      if (policies.length === 0) yield { file, text: `${name} has no policy` }
    }
  },
  *'policy-shape'(schema) {
    for (const { name, file, policies } of tenantTables(schema)) {
      for (const policy of policies) {
        if (!policy.conditions.every(demandsTenant)) {
          yield { file, text: `${name}: a condition of ${policy.name} does not demand tenant_id = app_tenant()` }
        }
      }
    }
  },
}
