import { describe, expect, it } from 'vitest'
import { projectTexts, ROOT } from './project-files.ts'
import { readMigrations } from './scale.ts'

/** Views made for joining by everyone. Reads of the event stream are what the audit is. */
const SHARED = new Set(['org_path', 'member_card'])

type Use = { readonly file: string; readonly table: string }

/** Table names in the statements of a file: in raw SQL after a keyword, in Kysely as the start of a string. */
export function tablesNamedIn(text: string, tables: ReadonlySet<string>): string[] {
  const raw = [...text.matchAll(/\b(?:from|join|into|update|table|only)\s+([a-z_]+)\b/gi)].map(([, name = '']) => name)
  // A name elsewhere in a string (a type, the kind of a subject, what a ciphertext is bound to) reads nothing.
  const calls =
    /\b(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|using|table|\w*[jJ]oin)\(\s*\[?\s*['"`]([a-z_]+)/g
  const quoted = [...text.matchAll(calls)].map(([, name = '']) => name)
  return [...new Set([...raw, ...quoted])].filter((name) => tables.has(name))
}

const schema = readMigrations(`${ROOT}/apps/server/db/migrations`)
const owners = new Map(
  schema.migrations.flatMap(({ module, declared }) =>
    [...declared.keys()].map((table) => [table, module ?? ''] as const),
  ),
)
const tables = new Set(owners.keys())

const uses: Use[] = projectTexts('apps/server/src/modules/**/*.ts', 'apps/server/src/platform/**/*.ts')
  .filter(({ file }) => !/\.test\.ts$|db-types\.ts$/.test(file))
  .flatMap(({ file, text }) => tablesNamedIn(text, tables).map((table) => ({ file, table })))

/**
 * Doors run in the transaction of another module. The statements that prove a session travel in one batch with each
 * request, outside Kysely.
 */
const QUERY_FILES = /\.(queries|doors)\.ts$|\/queries\/|modules\/access\/(preamble|session-port)\.ts$/

describe('a table', () => {
  it('is recognised in raw SQL and in Kysely', () => {
    const known = new Set(['dues_payment', 'org_unit'])
    expect(tablesNamedIn("db.selectFrom('dues_payment as p')", known)).toEqual(['dues_payment'])
    expect(tablesNamedIn('sql`select 1 from org_unit u`', known)).toEqual(['org_unit'])
  })

  it('is named by the module that owns it only', () => {
    const trespassers = uses.filter(({ file, table }) => {
      const module = /modules\/([^/]+)\//.exec(file)?.[1] ?? 'platform'
      const owner = owners.get(table)
      // A new tenant begins with its first organisation.
      if (module === 'org' && table === 'platform_tenant') return false
      return owner !== module && !SHARED.has(table)
    })
    expect(trespassers).toEqual([])
  })

  it('is asked for what the caller reaches, never for the bare scope of the grant', () => {
    const bare = projectTexts('apps/server/src/modules/**/*.ts').filter(({ file, text }) =>
      /\binScope\([^)]*\bactor\.scope\)/.test(text),
    )
    expect(bare.map(({ file }) => file)).toEqual([])
  })

  it('is named in the queries of its module, nowhere else in it', () => {
    const misplaced = uses.filter(({ file }) => /modules\//.test(file) && !QUERY_FILES.test(file))
    expect(misplaced).toEqual([])
  })
})
