/** A node of libpg-query's parse tree: its one key names the kind. */
export type Ast = { readonly [key: string]: unknown }
export const isAst = (value: unknown): value is Ast =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: unknown): readonly Ast[] => (Array.isArray(value) ? (value as Ast[]) : [])
/** The inside of a wrapped node: `inside({ RangeVar: {…} }, 'RangeVar')`. */
export const inside = (node: unknown, kind: string): Ast | null =>
  isAst(node) && isAst(node[kind]) ? (node[kind] as Ast) : null
export const textOf = (node: unknown): string => String(inside(node, 'String')?.sval ?? '')

/** One equality that must hold for every row. `only`: the aliases that it may bind (an outer join binds one side). */
type Equality = { readonly left: Ast; readonly right: Ast; readonly only: ReadonlySet<string> | null }
type Relation = { readonly kind: 'tenant' | 'derived' | 'other'; readonly table: string }

/** The relations of one query level and which of their columns are fixed to one value by the statement. */
export class Scope {
  readonly relations = new Map<string, Relation>()
  readonly equalities: Equality[] = []
  readonly #fixed = new Set<string>()
  readonly #outer: Scope | null

  constructor(outer: Scope | null) {
    this.#outer = outer
  }

  /** Adds the conjuncts of a condition; what stands under OR or NOT binds nothing. */
  demand(condition: unknown, only: ReadonlySet<string> | null = null): void {
    const bool = inside(condition, 'BoolExpr')
    if (bool?.boolop === 'AND_EXPR') for (const arg of listOf(bool.args)) this.demand(arg, only)
    const expression = inside(condition, 'A_Expr')
    if (expression?.kind !== 'AEXPR_OP' || textOf(listOf(expression.name)[0]) !== '=') return
    const left = expression.lexpr as Ast
    const right = expression.rexpr as Ast
    const leftRow = inside(left, 'RowExpr')
    const rightRow = inside(right, 'RowExpr')
    if (leftRow && rightRow) {
      const others = listOf(rightRow.args)
      for (const [at, item] of listOf(leftRow.args).entries()) {
        const other = others[at]
        if (other) this.equalities.push({ left: item, right: other, only })
      }
    } else this.equalities.push({ left, right, only })
  }

  /** Follows the equalities until nothing new is fixed. */
  settle(): void {
    for (let before = -1; before !== this.#fixed.size; ) {
      before = this.#fixed.size
      for (const { left, right, only } of this.equalities) {
        this.#fix(left, right, only)
        this.#fix(right, left, only)
      }
    }
  }

  /** Aliases of tenant tables of this level whose `tenant_id` is not fixed. */
  unbound(): string[] {
    return [...this.relations]
      .filter(([alias, { kind }]) => kind === 'tenant' && !this.#fixed.has(`${alias}.tenant_id`))
      .map(([alias, { table }]) => (alias === table ? table : `${table} ${alias}`))
  }

  #fix(target: Ast, source: Ast, only: ReadonlySet<string> | null): void {
    const column = this.#columnOf(target)
    if (!column || (only && !only.has(column.alias))) return
    if (isConstant(source) || this.#isFixed(source)) this.#fixed.add(`${column.alias}.${column.name}`)
  }

  #isFixed(expression: Ast): boolean {
    const bare = uncast(expression)
    const column = this.#columnOf(bare)
    if (!column) return this.#outer !== null && this.#outer.#isFixed(bare)
    if (this.relations.get(column.alias)?.kind === 'derived') return true // its own tables are judged on their own
    return this.#fixed.has(`${column.alias}.${column.name}`)
  }

  /** The column of this level that the expression names, else null. */
  #columnOf(expression: Ast): { alias: string; name: string } | null {
    const fields = listOf(inside(uncast(expression), 'ColumnRef')?.fields).map(textOf)
    const name = fields.at(-1) ?? ''
    if (fields.length >= 2) {
      const alias = fields.at(-2) ?? ''
      return this.relations.has(alias) ? { alias, name } : null
    }
    // PostgreSQL refuses an ambiguous bare name, so at most one relation of the level can be meant.
    const tenants = [...this.relations].filter(([, { kind }]) => kind === 'tenant')
    const [alias] =
      tenants.length === 1 ? (tenants[0] ?? []) : this.relations.size === 1 ? [...this.relations.keys()] : []
    return alias && name ? { alias, name } : null
  }
}

/** `$1::uuid` is `$1`. */
export function uncast(expression: Ast): Ast {
  const cast = inside(expression, 'TypeCast')
  return cast ? uncast(cast.arg as Ast) : expression
}

function isConstant(expression: Ast): boolean {
  const bare = uncast(expression)
  return (
    inside(bare, 'ParamRef') !== null || (inside(bare, 'A_Const') !== null && inside(bare, 'A_Const')?.isnull !== true)
  )
}
