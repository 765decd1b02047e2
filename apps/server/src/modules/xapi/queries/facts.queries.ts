import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { keyOf } from '../xapi.keys.ts'

type FactRow = {
  readonly id: string
  readonly home: { readonly orgPath: string }
  readonly fact: { readonly memberId: string; readonly registration?: string }
  readonly raw: object
  readonly actorKey: string
  readonly verbKey: string
  readonly activityKey: string
}

/** Inserts statements of our own authority; returns the ids of those that had not been stated. */
export async function insertFacts(
  tx: Tx,
  at: { readonly tenantId: string; readonly now: Date },
  rows: readonly FactRow[],
): Promise<Set<string>> {
  const inserted = await tx
    .insertInto('xapi_statement')
    .values(
      rows.map((row) => ({
        tenant_id: at.tenantId,
        id: row.id,
        seq: row.id,
        stored: at.now,
        org_path: row.home.orgPath,
        member_id: row.fact.memberId,
        actor_key: row.actorKey,
        verb_key: row.verbKey,
        activity_key: row.activityKey,
        registration: row.fact.registration ?? null,
        digest: keyOf(row.id),
        raw: JSON.stringify(row.raw),
      })),
    )
    .onConflict((c) => c.doNothing())
    .returning('id')
    .execute()
  return new Set(inserted.map(({ id }) => id))
}

type KnownActivity = { readonly activityKey: string; readonly activityIri: string; readonly definition: object }

/** Keeps the newest name and type of our own activities. In the order of keys, so that two transactions never cross. */
export async function knowActivities(tx: Tx, tenantId: string, rows: readonly KnownActivity[]): Promise<void> {
  const byKey = new Map(rows.map((row) => [row.activityKey, row]))
  if (byKey.size === 0) return
  const sorted = [...byKey.values()].sort((a, b) => (a.activityKey < b.activityKey ? -1 : 1))
  await tx
    .insertInto('xapi_activity')
    .values(
      sorted.map(({ activityKey, activityIri, definition }) => ({
        tenant_id: tenantId,
        key: activityKey,
        iri: activityIri,
        definition: JSON.stringify(definition),
      })),
    )
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'key'])
        .doUpdateSet({ definition: sql`excluded.definition` })
        .where(sql<boolean>`xapi_activity.definition is distinct from excluded.definition`),
    )
    .execute()
}

export async function findOwnStatement(db: Db, tenantId: string, id: string): Promise<unknown> {
  const row = await db
    .selectFrom('xapi_statement')
    .select('raw')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('credential_id', 'is', null)
    .where('voided', '=', false)
    .executeTakeFirst()
  return row?.raw
}
