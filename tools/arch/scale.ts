import { readdirSync, readFileSync } from 'node:fs'
import { BACKFILL_RULES } from './scale-backfills.ts'
import { STATEMENT_RULES } from './scale-statements.ts'
import { TABLE_RULES } from './scale-tables.ts'
import { readMigration, type Schema, schemaOf } from './schema-model.ts'

export type Fault = { readonly rule: string; readonly file: string; readonly text: string }
/** A rule yields one line for each place that breaks it. */
export type Rule = (schema: Schema) => Iterable<{ file: string; text: string }>

/** All rules by name; `scale-violations/NAME.sql` breaks each of them once. */
export const SCALE_RULES: Readonly<Record<string, Rule>> = { ...TABLE_RULES, ...STATEMENT_RULES, ...BACKFILL_RULES }

/** The migrations of a folder in the order in which they run. */
export function readMigrations(folder: string): Schema {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return schemaOf(files.map((file) => readMigration(file, readFileSync(`${folder}/${file}`, 'utf8'))))
}

/** What in the schema would close a door to a cluster, to PostgreSQL 15, or to row-level security. */
export function scaleFaultsOf(schema: Schema): Fault[] {
  return Object.entries(SCALE_RULES).flatMap(([rule, find]) => [...find(schema)].map((place) => ({ rule, ...place })))
}
