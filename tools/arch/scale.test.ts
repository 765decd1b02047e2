import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readMigrations, SCALE_RULES, scaleFaultsOf } from './scale.ts'
import { readMigration, schemaOf } from './schema-model.ts'

const PLANTED = resolve(import.meta.dirname, 'scale-violations')
const MIGRATIONS = resolve(import.meta.dirname, '../../apps/server/db/migrations')

/** The planted file as if it were a migration of the module that its header names. */
function faultsOfPlanted(rule: string) {
  const sql = readFileSync(`${PLANTED}/${rule}.sql`, 'utf8')
  const module = /^-- module: (\w+)/m.exec(sql)?.[1]
  return scaleFaultsOf(schemaOf([readMigration(`20260101_0000_${module}_planted.sql`, sql)]))
}

describe('the rules of scale', () => {
  it.each(Object.keys(SCALE_RULES))('%s fires on its planted violation, and no other rule does', (rule) => {
    const faults = faultsOfPlanted(rule)
    expect(new Set(faults.map((fault) => fault.rule))).toEqual(new Set([rule]))
  })

  it('have exactly one planted violation each', () => {
    expect(readdirSync(PLANTED).sort()).toEqual(
      Object.keys(SCALE_RULES)
        .map((rule) => `${rule}.sql`)
        .sort(),
    )
  })

  it('see what is written inside functions', () => {
    const body = 'create function f() returns uuid language sql as $$ select uuidv7() $$;'
    const header = '-- module: sample\n-- tables: none\n-- locks: none\n'
    const faults = scaleFaultsOf(schemaOf([readMigration('20260101_0000_sample_f.sql', header + body)]))
    expect(faults.map(({ rule }) => rule)).toEqual(['postgres-15'])
  })

  it('hold in every migration of the project', () => {
    const schema = readMigrations(MIGRATIONS)
    expect(schema.tables.size).toBeGreaterThan(10)
    expect(scaleFaultsOf(schema)).toEqual([])
  })
})
