import type { Rule } from './scale.ts'
import { type Ast, findAll, inside, isAst, listOf, type Schema, textOf } from './schema-model.ts'

const APPLICATION = 'tongxin_app'
const GRANTABLE = new Set(['select', 'insert', 'update', 'delete'])
const EXTENSIONS = new Set(['ltree', 'pg_trgm', 'btree_gin', 'btree_gist'])
const NAME_LIMIT = 50
/** Functions of PostgreSQL 16 to 18: Debian 12 has 15. */
const TOO_NEW = new Set([
  'uuidv7',
  'uuidv4',
  'uuid_extract_timestamp',
  'uuid_extract_version',
  'any_value',
  'array_shuffle',
  'array_sample',
  'array_reverse',
  'array_sort',
  'casefold',
  'crc32',
  'crc32c',
  'date_add',
  'date_subtract',
  'erf',
  'erfc',
  'gamma',
  'lgamma',
  'pg_input_is_valid',
  'random_normal',
  'to_bin',
  'to_oct',
  'unicode_assigned',
  'xmltext',
  'json_scalar',
  'json_serialize',
])
const TOO_NEW_NODES = [
  'JsonTable',
  'JsonFuncExpr',
  'JsonScalarExpr',
  'JsonSerializeExpr',
  'JsonParseExpr',
  'JsonIsPredicate',
]
const SERIALS = new Set(['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8'])

const relationOf = (node: Ast, key = 'relation'): string => (isAst(node[key]) ? String(node[key].relname) : '')
const isAudit = (table: string): boolean => table === 'platform_event' || table.startsWith('audit_')

function* each(schema: Schema, ...kinds: string[]): Generator<{ file: string; node: Ast }> {
  for (const { file, statements } of schema.migrations) {
    for (const { kind, node } of statements) if (kinds.includes(kind)) yield { file, node }
  }
}

function kindOf({ migrations }: Schema, table: string): string | undefined {
  return migrations.findLast(({ declared }) => declared.has(table))?.declared.get(table)
}

/** The source texts of the functions in the tree. */
function bodiesIn(tree: unknown): string[] {
  const source = findAll(tree, 'DefElem').filter(({ defname }) => defname === 'as')
  return source.flatMap(({ arg }) => findAll(arg, 'String').map(({ sval }) => String(sval)))
}

/** Names that a statement gives to tables, indexes, policies, views, functions, constraints and columns. */
function namesOf(kind: string, node: Ast): string[] {
  const constraints = findAll(node, 'Constraint').map(({ conname }) => conname)
  const columns = findAll(node, 'ColumnDef').map(({ colname }) => colname)
  const own = {
    CreateStmt: relationOf(node),
    IndexStmt: node.idxname,
    CreatePolicyStmt: node.policy_name,
    ViewStmt: relationOf(node, 'view'),
  }
  return [own[kind as keyof typeof own], ...constraints, ...columns].filter(Boolean).map(String)
}

/** Names that must differ in the whole schema, because errors are mapped by them; a dropped index frees its name. */
function* namesTaken({ migrations }: Schema): Generator<{ file: string; name: string; isFree: boolean }> {
  for (const { file, statements } of migrations) {
    for (const { kind, node } of statements) {
      const dropped = kind === 'DropStmt' ? findAll(node.objects, 'String').map(({ sval }) => String(sval)) : []
      const parted = findAll(node, 'AlterTableCmd').filter(({ subtype }) => subtype === 'AT_DropConstraint')
      for (const name of [...dropped, ...parted.map((command) => String(command.name))]) {
        yield { file, name, isFree: true }
      }
      if (kind === 'IndexStmt' && node.idxname) yield { file, name: String(node.idxname), isFree: false }
      for (const { conname } of findAll(node, 'Constraint')) {
        if (conname) yield { file, name: String(conname), isFree: false }
      }
    }
  }
}

/** Rules of docs/decisions/0007-tenant-keys.md about statements of migrations. */
export const STATEMENT_RULES: Readonly<Record<string, Rule>> = {
  *'no-sequence'(schema) {
    for (const { file, node } of each(schema, 'CreateSeqStmt'))
      yield { file, text: `sequence ${relationOf(node, 'sequence')}` }
    for (const { file, node } of each(schema, 'CreateStmt', 'AlterTableStmt')) {
      for (const column of findAll(node, 'ColumnDef')) {
        const identity = findAll(column.constraints, 'Constraint').some(({ contype }) => contype === 'CONSTR_IDENTITY')
        const type = textOf(listOf((column.typeName as Ast | undefined)?.names).at(-1))
        if (identity || SERIALS.has(type))
          yield { file, text: `${relationOf(node)}.${String(column.colname)} counts in the database` }
      }
    }
  },
  *'no-trigger'(schema) {
    for (const { file, node } of each(schema, 'CreateTrigStmt')) {
      if (kindOf(schema, relationOf(node)) !== 'local')
        yield { file, text: `trigger ${String(node.trigname)} on ${relationOf(node)}` }
    }
    for (const { file, node } of each(schema, 'RuleStmt'))
      yield { file, text: `rule ${String(node.rulename)} on ${relationOf(node)}` }
  },
  *'no-merge'(schema) {
    for (const { file, node } of each(schema, 'CreateFunctionStmt')) {
      if (bodiesIn(node).some((body) => /\bmerge\s+into\b/i.test(body))) yield { file, text: 'MERGE in a function' }
    }
    for (const { file, node } of each(schema, 'MergeStmt'))
      yield { file, text: `MERGE into ${relationOf(node)}: use ON CONFLICT` }
  },
  *'postgres-15'(schema) {
    for (const { file, statements } of schema.migrations) {
      const constraints = findAll(statements, 'Constraint')
      const calls = [
        ...findAll(statements, 'FuncCall').map(({ funcname }) => textOf(listOf(funcname).at(-1))),
        // Bodies of functions are strings to the parser.
        ...bodiesIn(statements).flatMap((body) => [...body.matchAll(/\b(\w+)\s*\(/g)].map(([, name = '']) => name)),
      ]
      for (const name of calls) if (TOO_NEW.has(name)) yield { file, text: `${name}() is not in PostgreSQL 15` }
      for (const name of TOO_NEW_NODES)
        if (findAll(statements, name).length > 0) yield { file, text: `${name} is not in PostgreSQL 15` }
      if (constraints.some(({ generated_kind }) => generated_kind === 'v'))
        yield { file, text: 'a virtual generated column' }
      if (constraints.some((c) => c.without_overlaps || c.fk_with_period || c.pk_with_period))
        yield { file, text: 'WITHOUT OVERLAPS or PERIOD' }
      // The parse tree leaves out what is false.
      const checks = constraints.filter(({ contype }) => contype === 'CONSTR_CHECK')
      const loose = checks.some((check) => check.is_enforced !== true)
      if (loose || constraints.some(({ contype }) => contype === 'CONSTR_ATTR_NOT_ENFORCED'))
        yield { file, text: 'NOT ENFORCED' }
    }
  },
  *'name-length'({ migrations }) {
    for (const { file, statements } of migrations) {
      for (const { kind, node } of statements) {
        for (const name of namesOf(kind, node))
          if (name.length > NAME_LIMIT) yield { file, text: `${name} has more than ${NAME_LIMIT} characters` }
      }
    }
  },
  *'name-unique'(schema) {
    const taken = new Set<string>()
    for (const { file, name, isFree } of namesTaken(schema)) {
      if (isFree) taken.delete(name)
      else if (taken.has(name)) yield { file, text: `two constraints or indexes are named ${name}` }
      else taken.add(name)
    }
  },
  *grants(schema) {
    for (const { file, node } of each(schema, 'GrantStmt')) {
      if (!node.is_grant) continue
      const roles = findAll(node.grantees, 'RoleSpec').map((role) => String(role.rolename ?? role.roletype))
      const tables = findAll(node.objects, 'RangeVar').map(({ relname }) => String(relname))
      const rights = findAll(node.privileges, 'AccessPriv').map(({ priv_name }) => String(priv_name))
      if (roles.some((role) => role !== APPLICATION)) yield { file, text: `a grant to ${roles.join(', ')}` }
      if (node.objtype !== 'OBJECT_TABLE') continue
      if (
        node.targtype !== 'ACL_TARGET_OBJECT' ||
        rights.length === 0 ||
        rights.some((right) => !GRANTABLE.has(right))
      ) {
        yield { file, text: `a grant on ${tables.join(', ') || 'all tables'} beyond select, insert, update, delete` }
      }
    }
    for (const { file, node } of each(schema, 'AlterOwnerStmt'))
      yield { file, text: `ownership given to ${String((node.newowner as Ast).rolename)}` }
  },
  *'audit-append-only'(schema) {
    for (const { file, node } of each(schema, 'GrantStmt')) {
      const tables = findAll(node.objects, 'RangeVar').map(({ relname }) => String(relname))
      const rights = findAll(node.privileges, 'AccessPriv').map(({ priv_name }) => String(priv_name))
      const table = tables.find(isAudit)
      if (node.is_grant && table && rights.some((right) => right === 'update' || right === 'delete')) {
        yield { file, text: `${table} may be ${rights.join(', ')}: what happened is only added to` }
      }
    }
  },
  *'view-invoker'(schema) {
    for (const { file, node } of each(schema, 'ViewStmt')) {
      const isInvoker = findAll(node.options, 'DefElem').some(
        (option) => option.defname === 'security_invoker' && ['true', 'on', ''].includes(textOf(option.arg)),
      )
      if (!isInvoker)
        yield {
          file,
          text: `view ${relationOf(node, 'view')} is not security_invoker: it would read past row policies`,
        }
    }
    for (const { file } of each(schema, 'CreateTableAsStmt'))
      yield { file, text: 'a materialised view or CREATE TABLE AS' }
  },
  *extensions(schema) {
    for (const { file, node } of each(schema, 'CreateExtensionStmt')) {
      if (!EXTENSIONS.has(String(node.extname))) yield { file, text: `extension ${String(node.extname)}` }
    }
  },
  *collations(schema) {
    for (const { file, node } of each(schema, 'DefineStmt')) {
      if (
        node.kind === 'OBJECT_COLLATION' &&
        findAll(node.definition, 'DefElem').some(({ defname }) => defname === 'deterministic')
      ) {
        yield { file, text: 'a collation that is not deterministic' }
      }
    }
  },
  *'no-transaction'(schema) {
    for (const { file } of each(schema, 'TransactionStmt'))
      yield { file, text: 'the migrator opens and closes the transaction' }
    for (const { file, node } of each(schema, 'IndexStmt')) {
      if (node.concurrent) yield { file, text: `${String(node.idxname)}: CONCURRENTLY does not run in a transaction` }
    }
  },
  *'no-definer'(schema) {
    for (const { file, node } of each(schema, 'CreateFunctionStmt')) {
      const definer = listOf(node.options)
        .map((option) => inside(option, 'DefElem'))
        .find((option) => option?.defname === 'security' && JSON.stringify(option.arg).includes('true'))
      if (definer) yield { file, text: 'a function with the rights of its owner passes row level security' }
    }
  },
}
