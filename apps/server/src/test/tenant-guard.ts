import { readdirSync, readFileSync } from 'node:fs'
import { loadModule, parseSync } from 'libpg-query'
import { type Ast, inside, isAst, listOf, Scope, textOf } from './tenant-scopes.ts'

/**
 * Rules 2, 8 and 10 of the scale design, for one statement: every tenant table is held to one tenant by
 * `tenant_id = $n` or by an equality to something that is, at every level of the statement, also under row-level
 * security. Without it a cluster asks all its machines. A named exception carries `-- tenant-free: reason` in its text.
 */
export type TenantRelations = { readonly tables: ReadonlySet<string>; readonly views: ReadonlySet<string> }

const MIGRATIONS = new URL('../../db/migrations/', import.meta.url)
const EXCEPTION = /--\s*tenant-free:\s*(\S.*)/
const VOLATILE = new Set(['random', 'clock_timestamp', 'gen_random_uuid', 'timeofday', 'nextval', 'setval'])
await loadModule()

/** Tables declared `tenant` in the headers of the migrations, and the views over them. */
export function tenantRelations(folder: URL = MIGRATIONS): TenantRelations {
  const tables = new Set<string>()
  const views = new Set<string>()
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    const sql = readFileSync(new URL(file, folder), 'utf8')
    for (const [, name = ''] of (/^-- tables:(.*)$/m.exec(sql)?.[1] ?? '').matchAll(/(\w+) tenant\b/g)) tables.add(name)
    for (const { stmt } of parseSync(sql).stmts ?? []) {
      const view = inside(stmt, 'ViewStmt')
      const reads = new Set(relationsIn(view?.query))
      if (view && [...reads].some((name) => tables.has(name) || views.has(name)))
        views.add(String((view.view as Ast).relname))
    }
  }
  return { tables, views }
}

/** What is wrong with the statement, in words; empty when it may run. */
export function tenantFaultsOf(sql: string, relations: TenantRelations): string[] {
  if (EXCEPTION.test(sql)) return []
  const judge = new Judge(relations)
  for (const { stmt } of parseSync(sql).stmts ?? []) judge.statement(stmt as Ast, null, new Set())
  return judge.faults
}

let known: TenantRelations | null = null
const judged = new Set<string>()
/** Throws when the statement does not hold each tenant table to one tenant. Remembers each text it has passed. */
export function assertTenantBound(sql: string): void {
  if (judged.has(sql)) return
  known ??= tenantRelations()
  const faults = tenantFaultsOf(sql, known)
  if (faults.length > 0) throw new Error(`not bound to a tenant: ${faults.join('; ')}\n${sql}`)
  judged.add(sql)
}

function relationsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(relationsIn)
  if (!isAst(node)) return []
  const range = inside(node, 'RangeVar')
  return range ? [String(range.relname)] : Object.values(node).flatMap(relationsIn)
}

class Judge {
  readonly faults: string[] = []
  readonly #relations: TenantRelations
  constructor(relations: TenantRelations) {
    this.#relations = relations
  }

  /** Judges a statement with everything below it. `derived`: names of common table expressions in sight. */
  statement(node: Ast, outer: Scope | null, derived: ReadonlySet<string>): void {
    const [kind = '', body] = Object.entries(node)[0] ?? []
    if (!isAst(body)) return
    if (kind === 'SelectStmt') this.#select(body, outer, derived)
    else if (kind === 'InsertStmt') this.#insert(body, outer, derived)
    else if (kind === 'UpdateStmt' || kind === 'DeleteStmt') this.#change(body, outer, derived)
    else if (kind === 'MergeStmt') this.faults.push('MERGE is not used: ON CONFLICT is')
    else if (kind === 'ExplainStmt' || kind === 'DeclareCursorStmt') this.statement(body.query as Ast, outer, derived)
  }

  #withClause(body: Ast, outer: Scope | null, derived: ReadonlySet<string>): Set<string> {
    const seen = new Set(derived)
    const clause = isAst(body.withClause) ? body.withClause : null
    const tables = listOf(clause?.ctes).map((node) => inside(node, 'CommonTableExpr'))
    if (clause?.recursive) for (const table of tables) seen.add(String(table?.ctename))
    for (const table of tables) {
      if (table) this.statement(table.ctequery as Ast, outer, seen)
      seen.add(String(table?.ctename))
    }
    return seen
  }

  #select(body: Ast, outer: Scope | null, derived: ReadonlySet<string>): void {
    const seen = this.#withClause(body, outer, derived)
    if (isAst(body.larg) && isAst(body.rarg)) {
      this.#select(body.larg, outer, seen)
      this.#select(body.rarg, outer, seen)
      return
    }
    const scope = new Scope(outer)
    for (const item of listOf(body.fromClause)) this.#from(item, scope, outer, seen)
    this.#close(scope, body, seen, ['fromClause', 'withClause'])
  }

  #insert(body: Ast, outer: Scope | null, derived: ReadonlySet<string>): void {
    const seen = this.#withClause(body, outer, derived)
    const table = this.#written(body.relation)
    const names = listOf(body.cols).map((column) => inside(column, 'ResTarget')?.name)
    if (this.#relations.tables.has(table) && !names.includes('tenant_id'))
      this.faults.push(`insert into ${table} names no tenant_id`)
    const source = inside(body.selectStmt, 'SelectStmt')
    if (source && listOf(source.valuesLists).some((row) => sublinksIn(row).length > 0)) {
      this.faults.push(`insert into ${table}: a subquery in VALUES`)
    }
    if (source) this.#select(source, outer, seen)
    for (const link of [...sublinksIn(body.onConflictClause), ...sublinksIn(body.returningList)]) {
      this.statement(link.subselect as Ast, outer, seen)
    }
  }

  #change(body: Ast, outer: Scope | null, derived: ReadonlySet<string>): void {
    const seen = this.#withClause(body, outer, derived)
    const scope = new Scope(outer)
    const table = this.#written(body.relation)
    this.#range(body.relation as Ast, scope, new Set())
    for (const item of [...listOf(body.fromClause), ...listOf(body.usingClause)]) this.#from(item, scope, outer, seen)
    const targets = listOf(body.targetList)
    if (this.#relations.tables.has(table)) {
      if (targets.some((target) => inside(target, 'ResTarget')?.name === 'tenant_id')) {
        this.faults.push(`update of ${table}.tenant_id: a row never changes its tenant`)
      }
      const volatile = functionsIn(targets).find((name) => VOLATILE.has(name))
      if (volatile) this.faults.push(`update of ${table} calls the volatile ${volatile}()`)
    }
    this.#close(scope, body, seen, ['fromClause', 'usingClause', 'withClause', 'relation'])
  }

  #close(scope: Scope, body: Ast, seen: ReadonlySet<string>, done: readonly string[]): void {
    scope.demand(body.whereClause)
    scope.settle()
    for (const name of scope.unbound()) this.faults.push(`${name} has no tenant_id = $n`)
    const rest = Object.entries(body).filter(([key]) => !done.includes(key))
    for (const link of sublinksIn(rest.map(([, value]) => value))) this.statement(link.subselect as Ast, scope, seen)
  }

  #written(relation: unknown): string {
    const name = isAst(relation) ? String(relation.relname) : ''
    if (this.#relations.views.has(name)) this.faults.push(`writes through the view ${name}`)
    return name
  }

  #range(range: Ast, scope: Scope, seen: ReadonlySet<string>): string {
    const table = String(range.relname)
    const alias = isAst(range.alias) ? String(range.alias.aliasname) : table
    const isTenant = this.#relations.tables.has(table) || this.#relations.views.has(table)
    scope.relations.set(alias, {
      kind: seen.has(table) && !range.schemaname ? 'derived' : isTenant ? 'tenant' : 'other',
      table,
    })
    return alias
  }

  /** Adds what stands in FROM to the scope; returns the aliases added. */
  #from(item: Ast, scope: Scope, outer: Scope | null, seen: ReadonlySet<string>): Set<string> {
    const range = inside(item, 'RangeVar')
    if (range) return new Set([this.#range(range, scope, seen)])
    const select = inside(item, 'RangeSubselect')
    if (select) {
      if (select.lateral) scope.settle()
      this.statement(select.subquery as Ast, select.lateral ? scope : outer, seen)
      const alias = isAst(select.alias) ? String(select.alias.aliasname) : '?'
      scope.relations.set(alias, { kind: 'derived', table: alias })
      return new Set([alias])
    }
    const join = inside(item, 'JoinExpr')
    if (join) return this.#join(join, scope, outer, seen)
    const call = inside(item, 'RangeFunction')
    const alias = call && isAst(call.alias) ? String(call.alias.aliasname) : '?'
    scope.relations.set(alias, { kind: 'other', table: alias })
    for (const link of sublinksIn(item)) this.statement(link.subselect as Ast, scope, seen)
    return new Set([alias])
  }

  #join(join: Ast, scope: Scope, outer: Scope | null, seen: ReadonlySet<string>): Set<string> {
    const left = this.#from(join.larg as Ast, scope, outer, seen)
    const right = this.#from(join.rarg as Ast, scope, outer, seen)
    const both = new Set([...left, ...right])
    // The condition of an outer join restricts only the side that may be missing.
    const sides = { JOIN_INNER: both, JOIN_LEFT: right, JOIN_RIGHT: left } as Record<string, Set<string>>
    const only = sides[String(join.jointype)] ?? new Set<string>()
    scope.demand(join.quals, only)
    if (listOf(join.usingClause).some((name) => textOf(name) === 'tenant_id')) {
      const column = (alias: string): Ast => ({
        ColumnRef: { fields: [{ String: { sval: alias } }, { String: { sval: 'tenant_id' } }] },
      })
      for (const one of left)
        for (const other of right) scope.equalities.push({ left: column(one), right: column(other), only })
    }
    for (const link of sublinksIn(join.quals)) this.statement(link.subselect as Ast, scope, seen)
    return both
  }
}

/** The subqueries in an expression, outermost only. */
function sublinksIn(node: unknown): Ast[] {
  if (Array.isArray(node)) return node.flatMap(sublinksIn)
  if (!isAst(node)) return []
  const link = inside(node, 'SubLink')
  return link ? [link, ...sublinksIn(link.testexpr)] : Object.values(node).flatMap(sublinksIn)
}

function functionsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(functionsIn)
  if (!isAst(node)) return []
  const call = inside(node, 'FuncCall')
  return [...(call ? [textOf(listOf(call.funcname).at(-1))] : []), ...Object.values(node).flatMap(functionsIn)]
}
