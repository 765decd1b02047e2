import { loadModule, parseSync } from 'libpg-query'

/** A node of libpg-query's parse tree: its one key names the kind. */
export type Ast = { readonly [key: string]: unknown }
export const isAst = (value: unknown): value is Ast =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: unknown): readonly Ast[] => (Array.isArray(value) ? (value as Ast[]) : [])
export const inside = (node: unknown, kind: string): Ast | null =>
  isAst(node) && isAst(node[kind]) ? (node[kind] as Ast) : null
export const textOf = (node: unknown): string => String(inside(node, 'String')?.sval ?? '')
/** Every node of the kind in the tree, at any depth. */
export function findAll(node: unknown, kind: string): Ast[] {
  if (Array.isArray(node)) return node.flatMap((item) => findAll(item, kind))
  if (!isAst(node)) return []
  const own = inside(node, kind)
  return [...(own ? [own] : []), ...Object.values(node).flatMap((item) => findAll(item, kind))]
}

export type Kind = 'tenant' | 'reference' | 'local'
export type Key = {
  readonly name: string
  readonly type: 'primary' | 'unique' | 'exclusion'
  readonly columns: readonly string[]
}
export type ForeignKey = {
  readonly columns: readonly string[]
  readonly target: string
  readonly targetColumns: readonly string[]
  /** PostgreSQL's letters: a no action, r restrict, c cascade, n set null, d set default. */
  readonly onDelete: string
  readonly onUpdate: string
}
export type Table = {
  readonly name: string
  readonly file: string
  readonly columns: Map<string, { type: string; notNull: boolean }>
  readonly keys: Key[]
  readonly foreignKeys: ForeignKey[]
  readonly policies: { readonly name: string; readonly conditions: readonly unknown[] }[]
  shardedAs: string | null
  enabled: boolean
  forced: boolean
}
export type Migration = {
  readonly file: string
  readonly sql: string
  readonly module: string | null
  readonly declared: ReadonlyMap<string, string>
  readonly statements: readonly { readonly kind: string; readonly node: Ast }[]
}
export type Schema = { readonly migrations: readonly Migration[]; readonly tables: ReadonlyMap<string, Table> }

await loadModule()

/** Header and parse tree of one migration. Throws PostgreSQL's own message when the SQL is not SQL. */
export function readMigration(file: string, sql: string): Migration {
  const line = (name: string) => new RegExp(`^-- ${name}:(.*)$`, 'm').exec(sql)?.[1]?.trim() ?? null
  const declared = new Map(
    [...(line('tables') ?? '').matchAll(/(\w+) (\w+)/g)].map(([, name = '', kind = '']) => [name, kind]),
  )
  const statements = (parseSync(sql).stmts ?? []).map(({ stmt }) => {
    const [kind = '', node] = Object.entries(stmt as Ast)[0] ?? []
    return { kind, node: node as Ast }
  })
  return { file, sql, module: line('module'), declared, statements }
}

/** What the migrations, in this order, leave behind. */
export function schemaOf(migrations: readonly Migration[]): Schema {
  const tables = new Map<string, Table>()
  for (const { file, statements } of migrations) {
    for (const { kind, node } of statements) {
      if (kind === 'CreateStmt') addTable(tables, node, file)
      if (kind === 'AlterTableStmt') alterTable(tables, node)
      if (kind === 'DropStmt')
        for (const name of findAll(node.objects, 'List')) tables.delete(textOf(listOf(name.items).at(-1)))
      if (kind === 'IndexStmt' && node.unique) addIndex(tables, node)
      if (kind === 'CreatePolicyStmt') {
        tables.get(String((node.table as Ast).relname))?.policies.push({
          name: String(node.policy_name),
          conditions: [node.qual, node.with_check].filter((condition) => condition !== undefined),
        })
      }
      const sharded = shardCallOf(kind, node)
      const table = sharded && tables.get(sharded.table)
      if (table) table.shardedAs = sharded.kind
    }
  }
  return { migrations, tables }
}

/** `select app_shard('table', 'kind')`, else null. */
export function shardCallOf(kind: string, node: Ast): { table: string; kind: string } | null {
  if (kind !== 'SelectStmt') return null
  const call = inside(inside(listOf(node.targetList)[0], 'ResTarget')?.val, 'FuncCall')
  if (!call || textOf(listOf(call.funcname).at(-1)) !== 'app_shard') return null
  const [table = '', as = ''] = findAll(call.args, 'A_Const').map((constant) =>
    String((constant.sval as Ast | undefined)?.sval),
  )
  return { table, kind: as }
}

function addTable(tables: Map<string, Table>, node: Ast, file: string): void {
  const name = String((node.relation as Ast).relname)
  const table: Table = {
    name,
    file,
    columns: new Map(),
    keys: [],
    foreignKeys: [],
    policies: [],
    shardedAs: null,
    enabled: false,
    forced: false,
  }
  tables.set(name, table)
  for (const element of listOf(node.tableElts)) {
    const column = inside(element, 'ColumnDef')
    if (column) addColumn(table, column)
    const constraint = inside(element, 'Constraint')
    if (constraint) addConstraint(table, constraint, [])
  }
}

function addColumn(table: Table, node: Ast): void {
  const name = String(node.colname)
  const constraints = listOf(node.constraints).map((item) => inside(item, 'Constraint') as Ast)
  const type = textOf(listOf((node.typeName as Ast).names).at(-1))
  const notNull = constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY')
  table.columns.set(name, { type, notNull })
  for (const constraint of constraints) addConstraint(table, constraint, [name])
}

const KEY_TYPES = { CONSTR_PRIMARY: 'primary', CONSTR_UNIQUE: 'unique', CONSTR_EXCLUSION: 'exclusion' } as const

function addConstraint(table: Table, node: Ast, own: readonly string[]): void {
  const type = KEY_TYPES[node.contype as keyof typeof KEY_TYPES]
  const names = (list: unknown) => listOf(list).map(textOf)
  if (type) {
    const excluded = findAll(node.exclusions, 'IndexElem').map(({ name }) => String(name))
    const columns = [...own, ...names(node.keys), ...excluded]
    table.keys.push({ name: String(node.conname ?? `${table.name}_${type}`), type, columns })
  } else if (node.contype === 'CONSTR_FOREIGN') {
    table.foreignKeys.push({
      columns: [...own, ...names(node.fk_attrs)],
      target: String((node.pktable as Ast).relname),
      targetColumns: names(node.pk_attrs),
      onDelete: String(node.fk_del_action),
      onUpdate: String(node.fk_upd_action),
    })
  }
}

function addIndex(tables: Map<string, Table>, node: Ast): void {
  const columns = listOf(node.indexParams).map((item) => String(inside(item, 'IndexElem')?.name ?? '(expression)'))
  tables.get(String((node.relation as Ast).relname))?.keys.push({ name: String(node.idxname), type: 'unique', columns })
}

function alterTable(tables: Map<string, Table>, node: Ast): void {
  const table = tables.get(String((node.relation as Ast).relname))
  if (!table) return
  for (const item of listOf(node.cmds)) {
    const command = inside(item, 'AlterTableCmd') as Ast
    const name = String(command.name ?? '')
    const column = inside(command.def, 'ColumnDef')
    const constraint = inside(command.def, 'Constraint')
    const change: Record<string, () => void> = {
      AT_AddColumn: () => column && addColumn(table, column),
      AT_AddConstraint: () => constraint && addConstraint(table, constraint, []),
      AT_DropColumn: () => table.columns.delete(name),
      AT_DropConstraint: () =>
        table.keys.splice(0, table.keys.length, ...table.keys.filter((key) => key.name !== name)),
      AT_SetNotNull: () => Object.assign(table.columns.get(name) ?? {}, { notNull: true }),
      AT_DropNotNull: () => Object.assign(table.columns.get(name) ?? {}, { notNull: false }),
      AT_EnableRowSecurity: () => Object.assign(table, { enabled: true }),
      AT_DisableRowSecurity: () => Object.assign(table, { enabled: false }),
      AT_ForceRowSecurity: () => Object.assign(table, { forced: true }),
      AT_NoForceRowSecurity: () => Object.assign(table, { forced: false }),
    }
    change[String(command.subtype)]?.()
  }
}
